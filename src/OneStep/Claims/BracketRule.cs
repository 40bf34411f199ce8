using OneStep.Experiments;
using OneStep.Experiments.Certification;

namespace OneStep.Claims;

/// <summary>How claims about the distance between what flips a network and what provably does not are judged: by the networks of the largest
/// dimension, since it is there that theory speaks.</summary>
internal static class BracketRule
{
    /// <summary>The smallest dimension that is judged.</summary>
    public const int LeastDimension = 400;

    private static readonly BracketedNetwork[] Required = [BracketedNetwork.Initialized, BracketedNetwork.Trained];

    /// <summary>What is judged, in words.</summary>
    public static string Judged { get; } = "Judged are networks as drawn, trained and, where there are any, trained against attacks, from standard initialisation, at the largest dimension. "
        + "Measured is the smallest mean over seeds, of these and of all widths, of the median over images of ";

    /// <summary>When there is no verdict.</summary>
    public static string Otherwise { get; } = $"; fails otherwise; not-measured with fewer than {LeastDimension} dimensions, or where networks as drawn or trained are missing."
        + FlatRule.ShareSentence("on every judged network");

    /// <summary>Judges a claim.</summary>
    /// <param name="unmeasured">The claim without a verdict.</param>
    /// <param name="networks">The networks.</param>
    /// <param name="number">The part that is proved; null where there is none.</param>
    /// <param name="sufficient">The part from which on the claim holds.</param>
    /// <param name="near">The part from which on it holds within.</param>
    public static Claim Judge(
        Claim unmeasured, IReadOnlyCollection<NetworkBracket> networks, Func<NetworkBracket, double?> number, double sufficient, double near)
    {
        ArgumentNullException.ThrowIfNull(networks);
        NetworkBracket[] large = [.. networks.Where(network => network.Dimension >= LeastDimension && network.Images > 0)];
        NetworkBracket[] largest = [.. large.Where(network => network.Dimension == large.Max(other => other.Dimension))];
        Mean[] means =
        [
            .. from network in largest
               group network by (network.Network, network.Width) into same
               select new Mean(same.Key.Network, same.Key.Width, same.Average(network => number(network) ?? 0)),
        ];
        if (!Array.TrueForAll(Required, name => Array.Exists(means, mean => mean.Network == name)))
        {
            return unmeasured;
        }

        // Without a random initial function theory does not expect short steps: such networks are shown beside the others.
        double measured = means.Where(mean => mean.Network != BracketedNetwork.Antisymmetric).Min(mean => mean.Part);
        double share = largest.Where(network => network.Network != BracketedNetwork.Antisymmetric).Min(network => network.FlippedShare);
        return unmeasured with
        {
            Measured = measured,
            Verdict = FlatRule.All(measured >= sufficient ? Verdict.Holds : measured >= near ? Verdict.HoldsWithin : Verdict.Fails, FlatRule.JudgeShare(share)),
            Basis = Basis(largest, means, share),
        };
    }

    private static string Basis(NetworkBracket[] largest, Mean[] means, double share)
    {
        string parts = string.Join("; ", means.GroupBy(mean => mean.Network).Select(same => $"{MetadataEntries.NameOf(same.Key)} {string.Join(", ", same.OrderBy(mean => mean.Width).Select(mean => ClaimText.Percent(mean.Part)))}"));
        string widths = string.Join(", ", means.Select(mean => mean.Width).Distinct().Order().Select(width => ClaimText.Exact(width)));
        int seeds = largest.Select(network => network.Seed).Distinct().Count();
        return $"d = {largest[0].Dimension}, m = {widths}, {ClaimText.Count(seeds, "seed", "seeds")}, {largest.Sum(network => network.Images)} images: {parts}; at least {ClaimText.Percent(share)} flip.";
    }

    private sealed record Mean(BracketedNetwork Network, int Width, double Part);
}
