using OneStep.Data;
using OneStep.TangentKernel;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>What experiments at infinite width allow and cost.</summary>
internal static class InfiniteWidthCost
{
    /// <summary>How many training inputs there may be, to be read after "must be": n² numbers are in one array.</summary>
    public const string TrainLimitRange = "an integer from 1 to 46340";

    private const int LargestTrainLimit = 46340;

    // Points along the ray of an attacked input, at each of which every training input takes part in an angle; a round number.
    private const double FlopsARayOfAnInput = 10_000;

    // Newton steps of the margin, each with three products of matrices.
    private const double MarginSteps = 30;

    // Test inputs of two digits of MNIST, where no limit says how many.
    private const int UsualTests = 2000;

    /// <summary>Attacking a predictor of n training inputs.</summary>
    public static double AttackFlops(double n, int side, int? limit) =>
        (double)(limit ?? UsualTests) * n * ((16.0 * side * side) + FlopsARayOfAnInput);

    /// <summary>Estimating the margin of n examples.</summary>
    public static double MarginFlops(double n, int samples) => samples == 0 ? 0 : MarginSteps * n * n * ((6.0 * samples) + (n / 3));

    /// <summary>The memory of a predictor of n training inputs, and of its margin.</summary>
    public static long KernelBytes(int n, int side, long matrices, double copiesOfInputs, int samples)
    {
        double margin = samples == 0 ? 0 : sizeof(double) * (double)n * ((5.0 * samples) + (4.0 * n));
        double kernel = (sizeof(double) * (double)matrices * n * n) + (copiesOfInputs * sizeof(float) * n * side * side);
        return (long)Math.Max(margin, kernel);
    }

    /// <summary>Checks what every such experiment is asked about its images.</summary>
    public static void ValidateTask(ClassSplit digits, int side, int trainLimit, int? limit)
    {
        InvalidParameterException.Require(digits.IsBinary, "digits", $"'{digits}'", ClassSplit.BinaryRange);
        InvalidParameterException.Require(side is >= 1 and <= 100, "side", side, "an integer from 1 to 100");
        InvalidParameterException.Require(trainLimit is >= 1 and <= LargestTrainLimit, "train-limit", trainLimit, TrainLimitRange);
        InvalidParameterException.Require(limit is null or >= 1, "limit", limit, "an integer from 1 on, or none");
    }

    /// <summary>Checks how many weights a margin is estimated with; 0 stands for none.</summary>
    public static void ValidateSamples(int samples)
    {
        if (samples != 0)
        {
            InvalidParameterException.Require(samples is >= 1 and <= 100_000, "margin-samples", samples, "an integer from 0 to 100000");
            new SeparationMarginOptions { Samples = samples }.Validate();
        }
    }
}
