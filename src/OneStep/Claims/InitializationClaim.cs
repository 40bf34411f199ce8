using OneStep.Networks;
using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// ‖δ‖ ∝ d^(−1/2) comes from the random initial function: networks from antisymmetric initialisation, which begin from f = 0, do
/// not fall to ever shorter steps as the dimension grows.
/// </summary>
/// <remarks>The median of ‖δ‖/‖x‖ over test images, then the mean over seeds, against d, at the widest width with three dimensions from
/// both initialisations. The slope from antisymmetric initialisation is to lie on the far side of the middle between −1/2 and 0;
/// that from standard initialisation is judged as <see cref="SlopeRule"/> says.</remarks>
public static class InitializationClaim
{
    // Half way between the law and no law.
    private const double Shrinking = -0.25;

    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.InitializationMatters,
        Group = ClaimGroup.Own,
        Statement = "That the step shrinks with the input dimension comes from the random initial function: networks trained from zero do not fall to ever shorter steps.",
        ExpectedText = "no shrinking from f = 0, ‖δ‖ ∝ d^(−1/2) from standard initialisation",
        Expected = 0,
        Verdict = Verdict.NotMeasured,
        Rule = $"Holds if the interval of the slope from antisymmetric initialisation lies above {ClaimText.Number(Shrinking)} and the slope from standard initialisation holds or holds-within "
            + $"by the rule of {ClaimIds.PerturbationSlope}; not-measured with fewer than three dimensions at one width for both, where that rule says so, or with an interval that contains −1/2 and "
            + $"reaches above {ClaimText.Number(Shrinking)}; otherwise holds-within if the first slope lies above {ClaimText.Number(Shrinking)} and the second is as before; fails otherwise."
            + FlatRule.ShareSentence("in every dimension, from both initialisations"),
        Basis = "No two dimensions at one width from both initialisations.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks from both initialisations, those of one dimension, width, initialisation and seed once.</param>
    /// <param name="bootstrap">How intervals are made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<InitializedNetwork> networks, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(networks);
        var judged = (from width in networks.GroupBy(network => network.Width)
                      let own = LawOf(width, InitializationKind.Antisymmetric, bootstrap, cancellation)
                      let standard = LawOf(width, InitializationKind.Standard, bootstrap, cancellation)
                      where own is not null && standard is not null
                      let share = width.Min(network => network.FlippedShare)!.Value
                      let points = Math.Min(own.Points.Count, standard.Points.Count)
                      orderby Math.Min(points, SlopeRule.MinimumPoints), width.Key
                      select (Width: width.Key, Own: own, Standard: standard, Share: share)).LastOrDefault();
        if (judged is not (int m, { } law, { } reference, double smallest))
        {
            return Unmeasured;
        }

        return Unmeasured with
        {
            Measured = law.Slope,
            Interval = law.SlopeInterval,
            IntervalKind = law.IntervalKind,
            Verdict = FlatRule.All(
                JudgeLaws(law, SlopeRule.Judge(-0.5, reference.Slope, reference.SlopeInterval, reference.Points.Count)), FlatRule.JudgeShare(smallest)),
            Basis = $"{law.Points.Count} dimensions ({ClaimText.Range(law.Points, point => point.X)}) × {ClaimText.Count(law.Seeds, "seed", "seeds")}, m = {m}, medians "
                + $"{ClaimText.Number(law.Points[0].Y)} to {ClaimText.Number(law.Points[^1].Y)}{ClaimText.Interval(law.SlopeInterval, law.IntervalKind)}; from standard initialisation "
                + $"{ClaimText.Number(reference.Points[0].Y)} to {ClaimText.Number(reference.Points[^1].Y)} with a slope of {ClaimText.Number(reference.Slope)}{ClaimText.Ends(reference.SlopeInterval)}; at least {ClaimText.Percent(smallest)} flip.",
        };
    }

    private static SeededPowerLaw? LawOf(IEnumerable<InitializedNetwork> networks, InitializationKind initialization, SeedBootstrap bootstrap, CancellationToken cancellation) =>
        SeededPowerLaw.OfMeans(
            from network in networks
            let median = network.MedianPerturbationNorm
            where network.Initialization == initialization && median is not null
            select new SeededValue(network.Dimension, network.Seed, median.Value),
            bootstrap,
            cancellation);

    private static Verdict JudgeLaws(SeededPowerLaw law, Verdict standard)
    {
        ConfidenceInterval? interval = law.SlopeInterval;
        return law.Points.Count < SlopeRule.MinimumPoints || standard == Verdict.NotMeasured || interval is null or { Low: <= -0.5, High: > Shrinking } ? Verdict.NotMeasured
            : law.Slope <= Shrinking || standard == Verdict.Fails ? Verdict.Fails
            : interval.Low > Shrinking ? Verdict.Holds
            : Verdict.HoldsWithin;
    }
}
