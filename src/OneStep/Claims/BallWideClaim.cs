using OneStep.Theory;

namespace OneStep.Claims;

/// <summary>
/// For every image there is one perturbation, found from W0 alone, that provably flips every network of the lazy ball, as far as
/// theory expects one: our own sharpening of the theorem.
/// </summary>
/// <remarks>
/// Such certificates end at a radius C0 of the order of √d. Near that end a finite network may have none where an infinite one has, so
/// that balls up to half of it are judged. A trained network of the ball that keeps its prediction would refute a proof.
/// </remarks>
public static class BallWideClaim
{
    /// <summary>The share of images from which on the claim holds.</summary>
    public const double SufficientShare = 0.99;

    /// <summary>The share from which on it holds within.</summary>
    public const double NearShare = 0.9;

    // Of the radius at which certificates end, for all margins but the largest twentieth.
    private const double JudgedPart = 0.5;
    private const double Margins = 0.95;

    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.BallWideCertificate,
        Group = ClaimGroup.Own,
        Statement = "For nearly every image one perturbation, found from the initial weights alone, provably flips every network of the lazy ball.",
        ExpectedText = "proved for every image where theory expects it",
        Expected = 1,
        Verdict = Verdict.NotMeasured,
        Rule = $"Judged are balls up to half of the C0 at which theory expects such certificates to end. Holds if in each of them at least {ClaimText.Percent(SufficientShare)} of the correctly classified images "
            + $"have one; holds-within if at least {ClaimText.Percent(NearShare)}; fails otherwise, or where a network trained in any ball withstands a perturbation that is proved to flip it; not-measured without such a ball.",
        Basis = "No ball in which theory expects certificates.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="networks">Networks over dimensions, widths and radii.</param>
    public static Claim Judge(IReadOnlyCollection<CertifiedNetwork> networks)
    {
        ArgumentNullException.ThrowIfNull(networks);
        int withstood = networks.Where(network => network.IsInBall).Sum(network => network.Found - network.Flipped);
        CertifiedNetwork[] judged = [.. networks.Where(network => network.FoundShare is not null && network.C0 <= JudgedPart * LargestC0(network.Dimension))];
        if (judged.Length == 0 && withstood == 0)
        {
            return Unmeasured;
        }

        double? share = judged.Min(network => network.FoundShare);
        return Unmeasured with
        {
            Measured = share,
            Verdict = withstood > 0 ? Verdict.Fails
                : share >= SufficientShare ? Verdict.Holds
                : share >= NearShare ? Verdict.HoldsWithin
                : Verdict.Fails,
            Basis = (withstood == 0 ? string.Empty : $"{ClaimText.Count(withstood, "proved perturbation does", "proved perturbations do")} not flip the trained network. ")
                + (judged.Length == 0 ? Unmeasured.Basis : Found(judged)),
        };
    }

    private static string Found(CertifiedNetwork[] judged)
    {
        CertifiedNetwork[] some = [.. judged.Where(network => network.Norm is not null)];
        CertifiedNetwork[] predicted = [.. some.Where(network => network.OverPrediction is not null)];
        string sizes = some.Length == 0 ? string.Empty : $"; medians of ‖δ‖ {ClaimText.Range(some, network => network.Norm!.Value)}";
        string ratios = predicted.Length == 0 ? string.Empty : $", {ClaimText.Range(predicted, network => network.OverPrediction!.Value)} times theory's";
        return $"{ClaimText.Count(judged.Sum(network => network.Found), "image", "images")} proved of {judged.Sum(network => network.Images)}, "
            + $"d = {Values(judged, network => network.Dimension)}, m = {Values(judged, network => network.Width)}, C0 = {Values(judged, network => network.C0)}{sizes}{ratios}.";
    }

    private static string Values(CertifiedNetwork[] networks, Func<CertifiedNetwork, double> value) =>
        string.Join(", ", networks.Select(value).Distinct().Order().Select(ClaimText.Exact));

    private static double LargestC0(int dimension) =>
        dimension < 2 ? 0 : BallWidePrediction.LargestC0AlongGradient(dimension, RandomMargin.Quantile(Margins));
}
