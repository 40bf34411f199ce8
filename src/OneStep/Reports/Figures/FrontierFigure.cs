using System.Globalization;
using OneStep.Statistics;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>The certified frontier: the largest radius V for every width at which no network of the ball is robust, in the form in
/// which the phase transition is drawn.</summary>
internal static class FrontierFigure
{
    // Below the first, little is left of robustness; below the last, anything is proved at all.
    private static readonly (double Level, string Name)[] Levels = [(0.8, "80 %"), (0.9, "90 %"), (0.99, "99 %")];

    // The middle one is what the constant is told of.
    private const int Told = 1;

    /// <summary>The figure; null where fewer than two widths have a radius.</summary>
    /// <param name="panel">A series a width, along C0.</param>
    /// <param name="width">The width.</param>
    public static Figure? Of(FigurePanel panel, FigureAxis width)
    {
        MeasuredCurve[] curves = [.. Levels.Select(level => new MeasuredCurve($"below {level.Name}", [.. panel.Series.SelectMany(series => Point(series, width, level.Level)).OrderBy(point => point.X)]))];
        return new CurvesFigure(
            "certified-frontier" + panel.Name,
            panel.Titled("The largest ball without a robust network"),
            "For every width the largest radius V at which the proved bound on the accuracy under attack of every network of the ball stays below a level, by interpolation in log V: what is proved is that no training whatever makes a network that robust at the radii of the grid below a curve. A width at which a seed does not pass the level within the grid has no point. "
                + Constant(panel, curves[Told].Points))
        {
            X = (width.Symbol, width.Title),
            Y = new("V", "radius V of the lazy ball", CurveScale.Logarithmic),
            Curves = curves,
            References = ReferenceLine.Slope("V = c/√m", -0.5, curves[Told]),
        }.Draw();
    }

    private static IEnumerable<MeasuredPoint> Point(FigureSeries series, FigureAxis width, double level)
    {
        double m = width.Number(series.Points[0].Group)!.Value;
        IEnumerable<(ulong Seed, CurvePoint Point)> bounds = series.Points
            .SelectMany(point => point.Group.Values(cell => cell.Number(CorollaryFigures.UpperBound), point.X))
            .Select(value => (value.Seed, new CurvePoint(value.X / Math.Sqrt(m), value.Y)));
        return SeedCrossings.Of(bounds, level) is { } radius ? [new(m, radius)] : [];
    }

    private static string Constant(FigurePanel panel, IReadOnlyList<MeasuredPoint> points)
    {
        CellResult cell = panel.Groups.First().Cells[0];
        double budget = double.Parse(cell.Parameter(FigureAxis.AttackBudget), CultureInfo.InvariantCulture);
        if (points.Count == 0 || budget == 0 || cell.Number("d") is not double dimension)
        {
            return string.Empty;
        }

        double[] constants = [.. points.Select(point => point.Mean.Mean * Math.Sqrt(point.X) / (budget * Math.Sqrt(dimension)))];
        return $"At {Levels[Told].Name} V√m is {NumberText.Significant(constants.Min(), 2)} to {NumberText.Significant(constants.Max(), 2)} times ε√d.";
    }
}
