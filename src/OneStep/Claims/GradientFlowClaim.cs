using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// Gradient flow flips random networks whose widths vanish from layer to layer, on a path whose length is of order ‖x‖/√d [DS21].
/// </summary>
/// <remarks>The mean length of the exact flow's path times √d/‖x‖ over the networks that flip, then over seeds, against d, for each
/// depth and ratio of widths. Judged as <see cref="FlatRule"/> says.</remarks>
public static class GradientFlowClaim
{
    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.GradientFlowFlips,
        Group = ClaimGroup.Earlier,
        Statement = "Gradient flow flips random networks whose widths vanish from layer to layer, on a path of a length of order one over the square root of the input dimension.",
        ExpectedText = "path length · √d/‖x‖ ∝ d^0",
        Expected = 0,
        Verdict = Verdict.NotMeasured,
        Rule = FlatRule.Sentence("the slope", string.Empty, "the flow flips", "every dimension", "dimensions")
            + " Of several depths and ratios of widths the worst verdict counts, of equal ones the steepest slope.",
        Basis = "No random networks of vanishing widths over two dimensions.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="ensembles">Random networks over dimensions, those of one dimension, depth, ratio and seed once.</param>
    /// <param name="bootstrap">How intervals are made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<FlowEnsemble> ensembles, SeedBootstrap bootstrap, CancellationToken cancellation = default) => EnsembleSeries.Judge(
        Unmeasured,
        [
            .. from shape in ensembles.GroupBy(e => (e.Depth, e.Ratio)).OrderBy(same => same.Key)
               let name = $"{ClaimText.Count(shape.Key.Depth, "hidden layer", "hidden layers")}, each {ClaimText.Exact(shape.Key.Ratio)} times narrower than the one before"
               select EnsembleSeries.Of(name, [.. shape], e => e.MeanScaledLength, atLargest: false, bootstrap, cancellation),
        ],
        "means");
}
