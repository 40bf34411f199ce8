using System.Text.Json.Nodes;

namespace OneStep.Reports.Figures;

/// <summary>How numbers lie along an axis.</summary>
internal enum CurveScale
{
    /// <summary>Equal steps around the numbers.</summary>
    Linear,

    /// <summary>Equal steps from zero on: what is flat looks flat.</summary>
    FromZero,

    /// <summary>Equal factors; the numbers are positive.</summary>
    Logarithmic,

    /// <summary>Parts of a whole, up to the whole.</summary>
    Share,
}

/// <summary>The ordinate of a figure.</summary>
/// <param name="Symbol">What stands for it in tooltips.</param>
/// <param name="Title">What the axis is called.</param>
/// <param name="Scale">How numbers lie along it.</param>
internal sealed record CurveAxis(string Symbol, string Title, CurveScale Scale)
{
    // From this ratio on equal steps are better seen as equal factors.
    private const double WideRatio = 5;

    /// <summary>The channel <c>y</c>.</summary>
    /// <param name="values">All that is drawn.</param>
    public JsonObject Channel(IReadOnlyCollection<double> values) => Scale switch
    {
        CurveScale.Linear => VegaLite.Quantitative("y", Title),
        CurveScale.FromZero => VegaLite.FromZero("y", Title),
        CurveScale.Logarithmic => LogAxis.Round("y", Title, values),
        _ => Share("y", Title, values),
    };

    /// <summary>Between which numbers it makes sense at all; bars end there. Null for anywhere.</summary>
    public (double Low, double High)? Bounds { get; init; }

    /// <summary>The channel of an abscissa: logarithmic where its values are far apart.</summary>
    /// <param name="title">What the axis is called.</param>
    /// <param name="values">The abscissae.</param>
    public static JsonObject Abscissa(string title, IReadOnlyCollection<double> values) =>
        IsWide(values) ? LogAxis.AtValues("x", title, values) : VegaLite.Quantitative("x", title);

    /// <summary>The channel of dimensions, widths and depths, with a tick at each; of layers, which begin at 0, with whole numbers.</summary>
    /// <param name="title">What the axis is called.</param>
    /// <param name="values">The abscissae, positive or whole.</param>
    public static JsonObject Sizes(string title, IReadOnlyCollection<double> values)
    {
        if (values.Min() > 0)
        {
            return LogAxis.AtValues("x", title, values);
        }

        JsonObject channel = VegaLite.Quantitative("x", title);
        channel["axis"] = new JsonObject { ["tickMinStep"] = 1, ["format"] = "d" };
        return channel;
    }

    /// <summary>Whether positive numbers are so far apart that a logarithmic axis shows them better.</summary>
    public static bool IsWide(IReadOnlyCollection<double> values) => values.Min() > 0 && values.Max() / values.Min() >= WideRatio;

    /// <summary>A channel of parts of a whole: up to the whole, and no farther down than the numbers with a little room.</summary>
    public static JsonObject Share(string field, string title, IEnumerable<double> values)
    {
        double smallest = values.Min();
        JsonObject channel = VegaLite.Quantitative(field, title);
        channel["scale"] = new JsonObject { ["domain"] = new JsonArray(Math.Max(0, smallest - Math.Max(0.01, (1 - smallest) / 4)), 1), ["nice"] = false };
        channel["axis"] = new JsonObject { ["format"] = smallest > 0.95 ? ".1%" : ".0%" };
        return channel;
    }
}
