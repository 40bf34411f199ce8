using OneStep.Claims;
using OneStep.Experiments.RandomNetworks;
using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.Claims;

/// <summary>Random networks, kernels and initialisations that never were, with numbers of which the truth is known.</summary>
internal static class EarlierScenes
{
    public static readonly int[] Dimensions = [100, 200, 400, 800];

    /// <summary>Two-layer networks whose scaled length is .8 (d/100)^dimensionSlope (m/1000)^widthSlope, so many of 100 flipped.</summary>
    public static TwoLayerEnsemble[] TwoLayer(
        double dimensionSlope = 0,
        double widthSlope = 0,
        int flipped = 100,
        HiddenActivation activation = HiddenActivation.Relu,
        double noise = 0.01,
        int seeds = 4,
        int[]? dimensions = null,
        int[]? widths = null)
    {
        var random = new RandomInputs(3);
        return
        [
            .. from d in dimensions ?? Dimensions
               from m in widths ?? [1000, 4000, 16_000]
               from seed in Enumerable.Range(0, seeds)
               let length = 0.8 * Math.Pow(d / 100.0, dimensionSlope) * Math.Pow(m / 1000.0, widthSlope) * Math.Exp(noise * random.Gaussian(1)[0])
               select new TwoLayerEnsemble
               {
                   Dimension = d,
                   Width = m,
                   Activation = activation,
                   Seed = (ulong)seed,
                   Networks = 100,
                   ScaledLengths = Around(length, flipped),
               },
        ];
    }

    /// <summary>Deep networks whose median scaled length is .7 (d/100)^slope, so many of 100 flipped.</summary>
    public static DeepEnsemble[] Deep(
        double slope = 0, WidthProfile profile = WidthProfile.Constant, int depth = 2, int flipped = 100, double noise = 0.01, int[]? dimensions = null)
    {
        var random = new RandomInputs(4 + depth);
        return
        [
            .. from d in dimensions ?? Dimensions
               from seed in Enumerable.Range(0, 4)
               select new DeepEnsemble
               {
                   Dimension = d,
                   Depth = depth,
                   Width = 400,
                   Profile = profile,
                   Ratio = 4,
                   Seed = (ulong)seed,
                   Networks = 100,
                   ScaledLengths = [.. Enumerable.Repeat(0.7 * Math.Pow(d / 100.0, slope) * Math.Exp(noise * random.Gaussian(1)[0]), flipped)],
               },
        ];
    }

    /// <summary>Networks of vanishing widths whose flow has a scaled length of .9 (d/100)^slope, so many of 100 flipped.</summary>
    public static FlowEnsemble[] Flow(double slope = 0, double ratio = 4, int depth = 2, Func<int, int>? flipped = null, int[]? dimensions = null)
    {
        var random = new RandomInputs(5);
        return
        [
            .. from d in dimensions ?? Dimensions
               from seed in Enumerable.Range(0, 4)
               select new FlowEnsemble
               {
                   Dimension = d,
                   Depth = depth,
                   Ratio = ratio,
                   Seed = (ulong)seed,
                   Networks = 100,
                   ScaledLengths = Around(0.9 * Math.Pow(d / 100.0, slope) * Math.Exp(0.01 * random.Gaussian(1)[0]), flipped?.Invoke(d) ?? 100),
               },
        ];
    }

    /// <summary>Networks whose flip differs from the kernel's, .4, by a part of (m/100)^slope times the difference at m = 100; every other one
    /// is shorter.</summary>
    public static LimitNetwork[] Limit(
        double slope = -0.5,
        double difference = 0.4,
        InitializationKind initialization = InitializationKind.Antisymmetric,
        int dimension = 100,
        double noise = 0.02,
        int[]? widths = null)
    {
        var random = new RandomInputs(6);
        return
        [
            .. from m in widths ?? [100, 400, 1600, 6400]
               from seed in Enumerable.Range(0, 4)
               let part = difference * Math.Pow(m / 100.0, slope) * Math.Exp(noise * random.Gaussian(1)[0])
               select new LimitNetwork
               {
                   Dimension = dimension,
                   Width = m,
                   Initialization = initialization,
                   Seed = (ulong)seed,
                   PerturbationNorm = 0.4 * (1 + (seed % 2 == 0 ? part : -part)),
                   LimitNorm = 0.4,
                   FlippedShare = 1,
               },
        ];
    }

    /// <summary>Networks whose median flip is .5 (d/49)^slope.</summary>
    public static InitializedNetwork[] Initialized(
        double slope, InitializationKind initialization, double noise = 0.01, int width = 1000, int seeds = 4, int[]? dimensions = null)
    {
        var random = new RandomInputs(7);
        return
        [
            .. from d in dimensions ?? [49, 100, 196, 400, 784]
               from seed in Enumerable.Range(0, seeds)
               select new InitializedNetwork(d, width, initialization, (ulong)seed, 0.5 * Math.Pow(d / 49.0, slope) * Math.Exp(noise * random.Gaussian(1)[0]), FlippedShare: 1),
        ];
    }

    // Half of them by a fifth shorter, half by a fifth longer, the middle one as it is: the mean is the length.
    private static double[] Around(double length, int count) =>
        [.. Enumerable.Range(0, count).Select(i => length * (1 + (0.2 * Math.Sign((2 * i) + 1 - count))))];
}
