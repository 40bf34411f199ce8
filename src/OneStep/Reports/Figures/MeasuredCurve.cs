using OneStep.Statistics;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>A point of a curve.</summary>
/// <param name="X">The abscissa.</param>
/// <param name="Mean">The number, over seeds.</param>
internal sealed record MeasuredPoint(double X, SeedMean Mean);

/// <summary>A number against an abscissa, as a <see cref="CurvesFigure"/> draws it.</summary>
/// <param name="Name">The curve's name; empty where there is only one.</param>
/// <param name="Points">Its points, ascending in x; none where no cell has the number.</param>
internal sealed record MeasuredCurve(string Name, IReadOnlyList<MeasuredPoint> Points)
{
    /// <summary>The power law through the means; null where none was asked for or there are fewer than two of them.</summary>
    public SeededPowerLaw? Law { get; private init; }

    /// <summary>What theory says of the same cells; empty where it says nothing.</summary>
    public IReadOnlyList<CurvePoint> Predicted { get; init; } = [];

    /// <summary>Another number of the same cells, to be compared; empty for none.</summary>
    public IReadOnlyList<CurvePoint> Beside { get; init; } = [];

    /// <summary>The name in the legend, with the slope where there is a law.</summary>
    public string Label => SlopeText.Of(Name, Law);

    /// <summary>The means over seeds of a number.</summary>
    public static MeasuredCurve Of(string name, IEnumerable<SeriesPoint> points, Func<CellResult, double?> number) =>
        new(name, [.. points.SelectMany(point => point.Group.Mean(number) is { } mean ? new[] { new MeasuredPoint(point.X, mean) } : [])]);

    /// <summary>The means over seeds of a number, a curve a series of a panel.</summary>
    public static IReadOnlyList<MeasuredCurve> Of(FigurePanel panel, Func<CellResult, double?> number) =>
        [.. panel.Series.Select(series => Of(series.Label, series.Points, number))];

    /// <summary>The same with another number of the same cells beside each curve.</summary>
    public static IReadOnlyList<MeasuredCurve> Of(FigurePanel panel, Func<CellResult, double?> number, Func<CellResult, double?> beside) =>
        [.. panel.Series.Select(series => Of(series.Label, series.Points, number) with { Beside = Means(series.Points, beside) })];

    /// <summary>The means over seeds of a number of which only the positive have a logarithm, with the power law through them.</summary>
    public static MeasuredCurve WithSlope(string name, IReadOnlyList<SeriesPoint> points, Func<CellResult, double?> number, CancellationToken cancellation)
    {
        double? Positive(CellResult cell) => number(cell) is > 0 and double value ? value : null;
        return Of(name, points, Positive) with
        {
            Law = SeededPowerLaw.OfMeans(points.SelectMany(point => point.Group.Values(Positive, point.X)), new SeedBootstrap(), cancellation),
        };
    }

    /// <summary>The curve with the means over seeds of what theory says of the cells that it is made of.</summary>
    public MeasuredCurve WithPrediction(IEnumerable<SeriesPoint> points, Func<CellResult, double?> predicted) =>
        this with { Predicted = Means(points, predicted) };

    private static CurvePoint[] Means(IEnumerable<SeriesPoint> points, Func<CellResult, double?> number) =>
        [.. Of(string.Empty, points, number).Points.Select(point => new CurvePoint(point.X, point.Mean.Mean))];
}
