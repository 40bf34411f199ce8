using OneStep.Networks;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>A network without a ball beside the predictor that it becomes at infinite width (docs/mathematics.md §18).</summary>
public sealed record KernelLimitParameters : InfiniteWidthParameters
{
    // Multiply-adds count twice: four products of float32 and two of float64 an attacked image.
    private const double FlopsAnAttackedWeight = 16;

    /// <summary>Every default; images of 10 × 10 pixels, 200 test inputs.</summary>
    public KernelLimitParameters()
    {
        Side = 10;
        Limit = 200;
    }

    /// <summary>The width m of the network, 1 to 10 000 000; even for antisymmetric initialisation. Default 1000.</summary>
    public int Width { get; init; } = 1000;

    /// <summary>How W0 is drawn. Default antisymmetric: the limit starts at f = 0, as only this network does.</summary>
    public InitializationKind Initialization { get; init; } = InitializationKind.Antisymmetric;

    /// <inheritdoc/>
    public override double Flops
    {
        get
        {
            double attacked = Limit ?? (double)TrainLimit;
            double network = Network.WeightCount * (((double)TrainLimit * Training.Epochs * TrainingCost.FlopsAStep) + (attacked * FlopsAnAttackedWeight));
            return network + PredictorFlops + DescentFlops;
        }
    }

    /// <inheritdoc/>
    /// <remarks>That of the network and that of the predictor.</remarks>
    public override long NeededBytes => ExperimentMemory.NeededBytes(Network, trainingExamples: TrainLimit) + KernelBytes;

    /// <summary>The memory of the predictor alone, in bytes.</summary>
    internal long KernelBytes => PredictorBytes(matrices: 1);

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

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Network.Validate();
    }
}
