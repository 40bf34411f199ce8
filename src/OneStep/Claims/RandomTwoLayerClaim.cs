using OneStep.Experiments.RandomNetworks;
using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// A single gradient step flips random two-layer networks, and ‖δ‖√d/‖x‖ depends neither on the dimension nor on the width
/// [BCGT21].
/// </summary>
/// <remarks>
/// The mean over networks, then over seeds: against d at the widest width with three dimensions, which is the measured number, and
/// against m in the largest dimension with three widths. Judged as <see cref="FlatRule"/> says. Of several activations the worst
/// verdict decides, of equals relu.
/// </remarks>
public static class RandomTwoLayerClaim
{
    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.RandomTwoLayerFlat,
        Group = ClaimGroup.Earlier,
        Statement = "One gradient step flips random two-layer networks, by a length of order one over the square root of the input dimension, whatever the width.",
        ExpectedText = "‖δ‖√d/‖x‖ ∝ d^0 m^0",
        Expected = 0,
        Verdict = Verdict.NotMeasured,
        Rule = FlatRule.Sentence("each slope", ", against the dimension and against the width,", "one step flips", "every dimension and width", "dimensions or widths")
            + " Of several activations the worst verdict counts.",
        Basis = "No random two-layer networks over two dimensions.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="ensembles">Random networks over dimensions and widths, those of one dimension, width, activation and seed once.</param>
    /// <param name="bootstrap">How intervals are made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<TwoLayerEnsemble> ensembles, SeedBootstrap bootstrap, CancellationToken cancellation = default) => WorstVerdict.Of(
        Unmeasured,
        [
            .. from activation in ensembles.GroupBy(ensemble => ensemble.Activation).OrderByDescending(same => same.Key)
               let claim = JudgeActivation(activation.Key, [.. activation], bootstrap, cancellation)
               where claim is not null
               select claim,
        ]);

    private static Claim? JudgeActivation(HiddenActivation activation, TwoLayerEnsemble[] ensembles, SeedBootstrap bootstrap, CancellationToken cancellation)
    {
        static SeededValue? Value(TwoLayerEnsemble ensemble, int abscissa) =>
            ensemble.MeanScaledLength is double mean ? new(abscissa, ensemble.Seed, mean) : null;
        HeldLaw? overDimensions = HeldLaw.AtLargest(ensembles, e => e.Width, e => Value(e, e.Dimension), bootstrap, cancellation);
        HeldLaw? overWidths = HeldLaw.AtLargest(ensembles, e => e.Dimension, e => Value(e, e.Width), bootstrap, cancellation);
        if (overDimensions is null)
        {
            return null;
        }

        SeededPowerLaw law = overDimensions.Law;
        double smallest = ensembles.GroupBy(e => (e.Dimension, e.Width)).Min(RandomEnsemble.FlippedShare)!.Value;
        string widths = overWidths is null
            ? "one width"
            : $"{ClaimText.Count(overWidths.Law.Points.Count, "width", "widths")} ({ClaimText.Range(overWidths.Law.Points, point => point.X)}) at d = {overWidths.Held} "
                + $"with a slope of {ClaimText.Number(overWidths.Law.Slope)}{ClaimText.Ends(overWidths.Law.SlopeInterval)}";
        return Unmeasured with
        {
            Measured = law.Slope,
            Interval = law.SlopeInterval,
            IntervalKind = law.IntervalKind,
            Verdict = FlatRule.All(FlatRule.Judge(law), FlatRule.Judge(overWidths?.Law), FlatRule.JudgeShare(smallest)),
            Basis = $"{activation.ToString().ToLowerInvariant()}: {ClaimText.Count(law.Points.Count, "dimension", "dimensions")} ({ClaimText.Range(law.Points, point => point.X)}) × "
                + $"{ClaimText.Count(law.Seeds, "seed", "seeds")}, m = {overDimensions.Held}, means {ClaimText.Range(law.Points, point => point.Y)}{ClaimText.Interval(law.SlopeInterval, law.IntervalKind)}; "
                + $"{widths}; of {ensembles.Sum(e => (long)e.Networks)} networks {ClaimText.Percent(RandomEnsemble.FlippedShare(ensembles)!.Value)} flip, at one dimension and width at least {ClaimText.Percent(smallest)}.",
        };
    }
}
