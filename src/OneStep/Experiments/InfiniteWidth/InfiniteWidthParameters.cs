using OneStep.Data;
using OneStep.Training;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>What every experiment on a predictor of infinite width is asked: what is learned, how, and what is attacked.</summary>
public abstract record InfiniteWidthParameters
{
    // Bytes of a training example beside the matrices: its inputs twice for the products and once as they were read, in float32.
    private const double CopiesOfInputs = 4;

    /// <summary>The two classes. Default digit 0 (y = −1) against digit 1 (y = +1).</summary>
    public ClassSplit Digits { get; init; } = ClassSplit.ZeroVersusOne;

    /// <summary>The side s of the images after resizing, in pixels, 1 to 100; d = s².</summary>
    public int Side { get; init; }

    /// <summary>n, the first so many training inputs of the classes are trained on, 1 to 46340. Default 1000.</summary>
    public int TrainLimit { get; init; } = 1000;

    /// <summary>How SGD trains, always without a ball. Default a learning rate of 1, minibatches of 64, 10 epochs.</summary>
    public TrainingOptions Training { get; init; } = new() { Ball = BallMode.None, Epochs = ExperimentParameters.DefaultEpochs(BallMode.None) };

    /// <summary>Attack only the first so many test inputs; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>How many sampled weights the margin of [JT19] is estimated with, up to 100000; 0, the default, for not at all. Only
    /// of one hidden layer, the first trained.</summary>
    public int MarginSamples { get; init; }

    /// <summary>The seed: of weights, of the order of examples in SGD, and of the weights that the margin is estimated with.</summary>
    public ulong Seed { get; init; }

    /// <summary>The input dimension d.</summary>
    public int Dimension => Side * Side;

    /// <summary>Floating-point operations, estimated.</summary>
    public abstract double Flops { get; }

    /// <summary>The memory it needs, in bytes, estimated from above.</summary>
    public abstract long NeededBytes { get; }

    /// <summary>Floating-point operations of the Gram matrix, of the attacks on the predictor, and of the margin.</summary>
    private protected double PredictorFlops
    {
        get
        {
            double n = TrainLimit;
            return (2 * n * n * Dimension) + InfiniteWidthCost.AttackFlops(n, Side, Limit) + InfiniteWidthCost.MarginFlops(n, MarginSamples);
        }
    }

    /// <summary>Floating-point operations of SGD in function space.</summary>
    private protected double DescentFlops => 2.0 * TrainLimit * TrainLimit * Training.Epochs;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public virtual void Validate()
    {
        InfiniteWidthCost.ValidateTask(Digits, Side, TrainLimit, Limit);
        Training.Validate();
        InfiniteWidthCost.ValidateSamples(MarginSamples);
    }

    /// <summary>The memory of the predictor, in bytes.</summary>
    /// <param name="matrices">How many matrices of n² numbers in float64 there are at once.</param>
    private protected long PredictorBytes(long matrices) => InfiniteWidthCost.KernelBytes(TrainLimit, Side, matrices, CopiesOfInputs, MarginSamples);
}
