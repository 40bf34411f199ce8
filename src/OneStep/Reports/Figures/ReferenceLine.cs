using OneStep.Statistics;

namespace OneStep.Reports.Figures;

/// <summary>A line beside the measured curves that belongs to none of them.</summary>
/// <param name="Name">What it is, in the legend.</param>
/// <param name="Points">Its points, ascending in x.</param>
internal sealed record ReferenceLine(string Name, IReadOnlyList<CurvePoint> Points)
{
    /// <summary>A level that does not depend on the abscissa, from end to end of some points.</summary>
    public static ReferenceLine Level(string name, double level, IEnumerable<SeriesPoint> points)
    {
        double[] x = [.. points.Select(point => point.X)];
        return new(name, [.. new[] { x.Min(), x.Max() }.Distinct().Select(end => new CurvePoint(end, level))]);
    }

    /// <summary>A power law through the middle of a curve on logarithmic axes, from end to end; nothing where the curve has no points.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="exponent">Its slope.</param>
    /// <param name="curve">The curve, positive.</param>
    public static IReadOnlyList<ReferenceLine> Slope(string name, double exponent, MeasuredCurve curve)
    {
        if (curve.Points.Count == 0)
        {
            return [];
        }

        double middleX = Math.Exp(curve.Points.Average(point => Math.Log(point.X)));
        double middleY = Math.Exp(curve.Points.Average(point => Math.Log(point.Mean.Mean)));
        return [new(name, [.. new[] { curve.Points[0].X, curve.Points[^1].X }.Distinct().Select(end => new CurvePoint(end, middleY * Math.Pow(end / middleX, exponent)))])];
    }
}
