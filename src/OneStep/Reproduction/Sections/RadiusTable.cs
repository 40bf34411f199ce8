using OneStep.Reports;
using OneStep.Statistics;

namespace OneStep.Reproduction.Sections;

/// <summary>The slope of ‖δ‖ at every radius beside the one that follows from ‖δ‖ ≈ .18 C0/√(d/2 + C0²/8) over the same
/// dimensions (docs/protocol.md §5): why curves flatten.</summary>
internal static class RadiusTable
{
    /// <summary>The table; nothing where no radius has a slope.</summary>
    public static Html Of(ReproductionResult result)
    {
        IReadOnlyList<(double C0, int Width, SeededPowerLaw Law)> laws = ReproductionFits.ByRadius(result.Evidence, network => network.PerturbationNorm);
        return laws.Count == 0 ? Html.Empty : Html.Of($"""
            <div class="scroll" tabindex="0" role="region" aria-label="Slopes of the size of the flip at every radius">
            <table class="numbers">
              <caption>Slope of ‖δ‖/‖x‖ against d at m = {NumberText.Count(laws[0].Width)}, over the seeds of all studies</caption>
              <thead><tr><th scope="col">C₀</th><th scope="col">measured</th><th scope="col">95 % interval</th><th scope="col">of the formula</th><th scope="col">C₀²/4</th></tr></thead>
              <tbody>{laws.Select(law => Row(law.C0, law.Law))}</tbody>
            </table>
            </div>
            """);
    }

    /// <summary>The slope of .18 C0/√(d/2 + C0²/8) over the dimensions: .18 C0 does not matter to it.</summary>
    /// <param name="dimensions">d, at least two.</param>
    /// <param name="c0">C0.</param>
    internal static double FormulaSlope(IReadOnlyList<double> dimensions, double c0) =>
        LogLogFit.Of(dimensions, [.. dimensions.Select(d => 1 / Math.Sqrt((d / 2) + (c0 * c0 / 8)))], level: 0.95).Slope;

    private static Html Row(double c0, SeededPowerLaw law) => Html.Of($"""
        <tr><th scope="row">{NumberText.Exact(c0)}</th><td>{NumberText.Significant(law.Slope)}</td><td>{Interval(law.SlopeInterval)}</td>
        <td>{NumberText.Significant(FormulaSlope([.. law.Points.Select(point => point.X)], c0))}</td><td>{NumberText.Significant(c0 * c0 / 4)}</td></tr>
        """);

    private static string Interval(ConfidenceInterval? interval) =>
        interval is null ? NumberText.None : $"{NumberText.Significant(interval.Low)} to {NumberText.Significant(interval.High)}";
}
