using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>
/// The same for deep random networks of constant depth, whatever the profile of their widths [BBC21].
/// </summary>
/// <remarks>
/// The median of ‖δ‖√d/‖x‖ over all networks, those that do not flip counted as longest, then the mean over seeds, against d: only
/// steps up to a part of ‖x‖ are looked at, and a mean of those found would be the smaller the smaller d is. The networks of
/// the largest dimension are counted, since the theorem takes d as large. Networks of up to four hidden layers are judged, by
/// <see cref="FlatRule"/>, at each depth, profile, ratio and width; at larger depth networks are nearly constant in
/// direction (docs/mathematics.md §19), and the basis says how many still flip.
/// </remarks>
public static class RandomDeepClaim
{
    /// <summary>The largest depth that counts.</summary>
    public const int MaximumDepth = 4;

    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.RandomDeepFlat,
        Group = ClaimGroup.Earlier,
        Statement = "One gradient step flips deep random networks of constant depth, by a length of order one over the square root of the input dimension.",
        ExpectedText = "‖δ‖√d/‖x‖ ∝ d^0",
        Expected = 0,
        Verdict = Verdict.NotMeasured,
        Rule = FlatRule.Sentence("the slope", string.Empty, "one step flips", "the largest dimension", "dimensions")
            + " Of several profiles, depths up to four hidden layers and widths the worst verdict counts, of equal ones the steepest slope.",
        Basis = "No deep random networks of up to four hidden layers over two dimensions.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="ensembles">Random networks over dimensions, those of one dimension, shape and seed once.</param>
    /// <param name="bootstrap">How intervals are made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static Claim Judge(IEnumerable<DeepEnsemble> ensembles, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(ensembles);
        ILookup<bool, DeepEnsemble> isJudged = ensembles.ToLookup(e => e.Depth <= MaximumDepth);
        EnsembleSeries[] series =
        [
            .. from shape in isJudged[true].GroupBy(e => (e.Profile, e.Depth, e.Width, e.Ratio)).OrderBy(same => same.Key)
               let name = $"{shape.Key.Profile.ToString().ToLowerInvariant()}, {ClaimText.Count(shape.Key.Depth, "hidden layer", "hidden layers")}, the first {shape.Key.Width} wide"
               select EnsembleSeries.Of(name, [.. shape], e => e.MedianScaledLength, atLargest: true, bootstrap, cancellation),
        ];
        Claim claim = EnsembleSeries.Judge(Unmeasured, series, "medians");
        string[] deeper =
        [
            .. from depth in isJudged[false].GroupBy(e => e.Depth).OrderBy(same => same.Key)
               select $"{ClaimText.Percent(RandomEnsemble.FlippedShare(depth)!.Value)} with {depth.Key} hidden layers",
        ];
        return deeper.Length == 0 ? claim : claim with { Basis = $"{claim.Basis} Deeper networks, not judged: {string.Join(", ", deeper)} flip." };
    }
}
