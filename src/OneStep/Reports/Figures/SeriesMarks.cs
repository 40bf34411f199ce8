using System.Text.Json.Nodes;

namespace OneStep.Reports.Figures;

/// <summary>
/// Channels that tell the curves of a panel apart: by colour and by shape, and what a line means by its dashes. With six
/// colours and eight shapes no two of 24 curves look alike.
/// </summary>
/// <param name="labels">The curves' names, in the order of the legend.</param>
/// <param name="kinds">What lines mean, the first of them solid.</param>
internal sealed class SeriesMarks(IReadOnlyList<string> labels, IReadOnlyList<string> kinds)
{
    /// <summary>The field with a curve's name.</summary>
    public const string Series = "series";

    /// <summary>The field with a line's meaning.</summary>
    public const string Kind = "line";

    private static readonly string[] Shapes = ["circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left"];

    /// <summary>Letters of the longest name of which a legend has two side by side; 12 fit into the narrowest panel, one of three side by side.</summary>
    public int MostInTwoColumns { get; init; } = 12;

    /// <summary>Marks of the curves: each its colour and shape.</summary>
    public void Points(JsonObject encoding)
    {
        Colour(encoding);
        JsonObject shape = Nominal(Series, labels);
        shape["scale"]!["range"] = new JsonArray([.. labels.Select((_, i) => JsonValue.Create(Shapes[i % Shapes.Length]))]);
        encoding["shape"] = shape;
    }

    /// <summary>Lines of the curves: each its colour, the meaning by dashes.</summary>
    public void Lines(JsonObject encoding)
    {
        Colour(encoding);
        Meaning(encoding);
    }

    /// <summary>Lines that belong to no curve: dashes alone.</summary>
    public void Meaning(JsonObject encoding) => encoding["strokeDash"] = VegaLite.Dashes(Kind, kinds);

    /// <summary>The curves' colours.</summary>
    public void Colour(JsonObject encoding) => encoding["color"] = Nominal(Series, labels);

    // What fits into the narrowest panel, one of three side by side; Vega cuts off what does not.
    private int Columns(IReadOnlyList<string> names)
    {
        int longest = names.Max(name => name.Length);
        return longest <= 7 ? 3 : longest <= MostInTwoColumns ? 2 : 1;
    }

    private JsonObject Nominal(string field, IReadOnlyList<string> names) => new()
    {
        ["field"] = field,
        ["type"] = "nominal",
        ["scale"] = new JsonObject { ["domain"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) },

        // A curve that is alone has no name to look up.
        ["legend"] = names is [""] ? null : VegaLite.Legend(Columns(names)),
    };
}
