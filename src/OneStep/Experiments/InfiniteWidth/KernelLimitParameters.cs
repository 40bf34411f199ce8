using OneStep.Data;
using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>A network without a ball beside the predictor that it becomes at infinite width (docs/mathematics.md §18).</summary>
public sealed record KernelLimitParameters
{
    private const double CopiesOfInputs = 4;

    // Multiply-adds count twice: two products a step of SGD, four of float32 and two of float64 an attacked image.
    private const double FlopsATrainedWeight = 4;
    private const double FlopsAnAttackedWeight = 16;

    /// <summary>The two classes. Default digit 0 (y = −1) against digit 1 (y = +1).</summary>
    public ClassSplit Digits { get; init; } = ClassSplit.ZeroVersusOne;

    /// <summary>The side s of the images after resizing, in pixels, 1 to 100; d = s². Default 10.</summary>
    public int Side { get; init; } = 10;

    /// <summary>n, both are trained on the first so many training inputs of the classes, 1 to 46340. Default 1000.</summary>
    public int TrainLimit { get; init; } = 1000;

    /// <summary>The width m of the network, 1 to 10 000 000; even for antisymmetric initialisation. Default 1000.</summary>
    public int Width { get; init; } = 1000;

    /// <summary>How W0 is drawn. Default antisymmetric: the limit starts at f = 0, as only this network does.</summary>
    public InitializationKind Initialization { get; init; } = InitializationKind.Antisymmetric;

    /// <summary>How both are trained, always without a ball. Default a learning rate of 1, minibatches of 64, 10 epochs.</summary>
    public TrainingOptions Training { get; init; } = new() { Ball = BallMode.None, Epochs = ExperimentParameters.DefaultEpochs(BallMode.None) };

    /// <summary>Attack only the first so many test inputs; null for all. Default 200.</summary>
    public int? Limit { get; init; } = 200;

    /// <summary>How many sampled weights the margin of [JT19] is estimated with, up to 100000; 0, the default, for not at all.</summary>
    public int MarginSamples { get; init; }

    /// <summary>The seed: of W0, of the order of examples, and of the weights that the margin is estimated with.</summary>
    public ulong Seed { get; init; }

    /// <summary>Floating-point operations, estimated.</summary>
    public double Flops
    {
        get
        {
            double n = TrainLimit;
            double attacked = Network.Limit ?? n;
            double network = Network.WeightCount * ((n * Training.Epochs * FlopsATrainedWeight) + (attacked * FlopsAnAttackedWeight));
            double kernel = n * n * ((2.0 * Side * Side) + (2.0 * Training.Epochs));
            return network + kernel + InfiniteWidthCost.AttackFlops(n, Side, Limit) + InfiniteWidthCost.MarginFlops(n, MarginSamples);
        }
    }

    /// <summary>The memory it needs, in bytes, estimated from above: that of the network and that of the predictor.</summary>
    public long NeededBytes => ExperimentMemory.NeededBytes(Network, trainingExamples: TrainLimit) + KernelBytes;

    /// <summary>The memory of the predictor alone, in bytes.</summary>
    internal long KernelBytes => InfiniteWidthCost.KernelBytes(TrainLimit, Side, matrices: 1, CopiesOfInputs, MarginSamples);

    /// <summary>The network.</summary>
    internal ExperimentParameters Network => new()
    {
        Digits = Digits,
        Side = Side,
        Width = Width,
        Initialization = Initialization,
        Seed = Seed,
        Training = Training,
        TrainLimit = TrainLimit,
        Limit = Limit,
    };

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InfiniteWidthCost.ValidateTask(Digits, Side, TrainLimit, Limit);
        Network.Validate();
        InfiniteWidthCost.ValidateSamples(MarginSamples);
    }
}
