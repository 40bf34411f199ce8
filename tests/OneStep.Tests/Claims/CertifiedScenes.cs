using OneStep.Claims;
using OneStep.Experiments.Certification;

namespace OneStep.Tests.Claims;

/// <summary>Certificates that never were, of which the truth is known.</summary>
internal static class CertifiedScenes
{
    /// <summary>Networks of which so many of 100 images have a certificate, all of which flip the network.</summary>
    public static CertifiedNetwork[] BallWide(int found = 100, double c0 = 5, int[]? dimensions = null) =>
    [
        .. from d in dimensions ?? [400, 784]
           from seed in Enumerable.Range(0, 2)
           select new CertifiedNetwork
           {
               Dimension = d,
               Width = 10_000,
               C0 = c0,
               Seed = (ulong)seed,
               Images = 100,
               Found = found,
               IsInBall = true,
               Flipped = found,
               Norm = found == 0 ? null : 2 / Math.Sqrt(d),
               OverPrediction = found == 0 ? null : 1.1,
           },
    ];

    /// <summary>Balls in d = 100 at m = 400: the bound grows with C0, from .6 at C0 = 1 by .1 for every doubling.</summary>
    public static CertifiedBall[] Frontier(double lowest = 0.6, double budget = 0.3) =>
    [
        .. from doublings in Enumerable.Range(0, 4)
           from seed in Enumerable.Range(0, 2)
           select new CertifiedBall
           {
               Dimension = 100,
               Width = 400,
               C0 = Math.Pow(2, doublings),
               Seed = (ulong)seed,
               Total = 200,
               Budget = budget,
               UpperBound = lowest + (0.1 * doublings),
               Explicit = 0.45,
           },
    ];

    /// <summary>A network trained in the ball of C0 = 2 around the W0 of seed 0, so many of 200 images robust.</summary>
    public static AdversarialNetwork Trained(int robust) => new()
    {
        Dimension = 100,
        Width = 400,
        C0 = 2,
        Seed = 0,
        Deviation = 0.0999,
        Budget = 0.3,
        Total = 200,
        Robust = robust,
    };

    /// <summary>The four networks at d = 400 with so much of the shortest perturbation proved and of one step; half of both from f = 0.</summary>
    public static NetworkBracket[] Bracketed(double overBest = 0.97, double overOneStep = 0.93, int dimension = 400) =>
    [
        .. from network in Enum.GetValues<BracketedNetwork>()
           from width in (int[])[1000, 3000]
           from seed in Enumerable.Range(0, 2)
           let part = network == BracketedNetwork.Antisymmetric ? 0.5 : 1
           select new NetworkBracket
           {
               Network = network,
               Dimension = dimension,
               Width = width,
               Seed = (ulong)seed,
               Images = 10,
               FlippedShare = 1,
               ProvedOverBest = part * overBest,
               ProvedOverOneStep = part * overOneStep,
           },
    ];

    /// <summary>Multiples from a hundredth to a hundredfold of a network with C0 = 5.</summary>
    public static ScaledNetwork[] Multiples(int flipped = 50, double c0 = 5.0001) =>
    [
        .. from scale in (double[])[0.01, 1, 100]
           select new ScaledNetwork
           {
               Dimension = 784,
               Width = 1000,
               Seed = 0,
               Scale = scale,
               NetworkC0 = 5,
               C0 = scale == 1 ? 5 : c0,
               IsInCone = true,
               Found = 50,
               Flipped = scale == 100 ? flipped : 50,
           },
    ];
}
