using OneStep.Claims;
using OneStep.Statistics;
using OneStep.Tests.References;

namespace OneStep.Tests.Claims;

/// <summary>Networks that never were, with numbers of which the truth is known.</summary>
internal static class ClaimScenes
{
    public static readonly int[] Dimensions = [25, 49, 100, 196, 400, 784];

    public static readonly SeedBootstrap Bootstrap = new();

    /// <summary>A network whose every image is flipped by the same length, 100 images of which <paramref name="misclassified"/> are wrong.</summary>
    public static AttackedNetwork Attacked(
        int dimension, double norm, ulong seed = 0, int width = 1000, double c0 = 10, int misclassified = 0, int notFlipped = 0, double gradient = 1) => new()
    {
        Dimension = dimension,
        Width = width,
        C0 = c0,
        Seed = seed,
        Deviation = c0 / Math.Sqrt(width),
        Total = 100,
        Misclassified = misclassified,
        PerturbationNorms = [.. Enumerable.Repeat(norm, 100 - misclassified - notFlipped)],
        GradientNorm = gradient,
        StepSize = norm / gradient,
    };

    /// <summary>Networks over all dimensions whose flips follow a power law, with noise of so much from seed to seed.</summary>
    public static AttackedNetwork[] PowerLaw(
        double perturbation, double gradient = 0.5, int seeds = 3, double noise = 0.01, int width = 1000, double c0 = 10, int[]? dimensions = null)
    {
        var random = new RandomInputs(width);
        return
        [
            .. from d in dimensions ?? Dimensions
               from seed in Enumerable.Range(0, seeds)
               let z = random.Gaussian(2)
               select Attacked(d, 2 * Math.Pow(d, perturbation) * Math.Exp(noise * z[0]), (ulong)seed, width, c0, gradient: Math.Pow(d, gradient) * Math.Exp(noise * z[1])),
        ];
    }

    /// <summary>An adversarially trained network with so many robust images of 1000.</summary>
    public static AdversarialNetwork Adversarial(int dimension, double budget, double accuracy, ulong seed = 0, int width = 1000, double c0 = 10) => new()
    {
        Dimension = dimension,
        Width = width,
        C0 = c0,
        Seed = seed,
        Deviation = c0 / Math.Sqrt(width),
        Budget = budget,
        Total = 1000,
        Robust = (int)Math.Round(1000 * accuracy),
    };

    /// <summary>Robust accuracy that falls from 1 at a threshold 3 d^slope, the steeper the larger the power.</summary>
    public static AdversarialNetwork[] BudgetSweep(double slope, double power = 6, double c0 = 10, int seeds = 2, int[]? dimensions = null)
    {
        double[] budgets = [.. Enumerable.Range(0, 16).Select(i => 0.02 * Math.Pow(1.3, i))];
        var random = new RandomInputs(9);
        return
        [
            .. from d in dimensions ?? Dimensions
               from seed in Enumerable.Range(0, seeds)
               let half = 3 * Math.Pow(d, slope) * Math.Exp(0.02 * random.Gaussian(1)[0])
               from budget in budgets
               select Adversarial(d, budget, 1 / (1 + Math.Pow(budget / half, power)), (ulong)seed, c0: c0),
        ];
    }

    /// <summary>Robust accuracy over widths and radii with a threshold V* = 8 m^slope at m = 1.</summary>
    public static AdversarialNetwork[] PhaseGrid(double slope, double budget = 0.3, int seeds = 2, double scale = 8, int[]? widths = null)
    {
        double[] radii = [0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2];
        var random = new RandomInputs(10);
        return
        [
            .. from m in widths ?? [50, 100, 200, 400, 800, 1600, 3200, 6400]
               from seed in Enumerable.Range(0, seeds)
               let half = scale * Math.Pow(m, slope) * Math.Exp(0.02 * random.Gaussian(1)[0])
               from v in radii
               select Adversarial(100, budget, 0.93 / (1 + Math.Pow(v / half, -4)), (ulong)seed, m, v * Math.Sqrt(m)),
        ];
    }
}
