using OneStep.Data;
using OneStep.TangentKernel;
using OneStep.Training;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>An experiment on a predictor of infinite width: the kernel, how it is fitted, what is attacked (docs/mathematics.md §18).</summary>
public sealed record KernelParameters
{
    // Bytes of a training example beside the matrices: its inputs twice for the products and once as they were read, in float32.
    private const double CopiesOfInputs = 4;

    // Of matrices in float64: the kernel's, the one that is factored, and the copy it is made of.
    private const long Matrices = 3;

    /// <summary>The two classes. Default digit 0 (y = −1) against digit 1 (y = +1).</summary>
    public ClassSplit Digits { get; init; } = ClassSplit.ZeroVersusOne;

    /// <summary>The side s of the images after resizing, in pixels, 1 to 100; d = s². Default 28.</summary>
    public int Side { get; init; } = 28;

    /// <summary>n, the predictor takes the first so many training inputs of the classes, 1 to 46340. Default 1000.</summary>
    public int TrainLimit { get; init; } = 1000;

    /// <summary>How it is fitted. Default ridge regression.</summary>
    public KernelFitting Predictor { get; init; } = KernelFitting.Ridge;

    /// <summary>λ of ridge and logistic regression; finite, not negative, for logistic regression positive. Default 10⁻³.</summary>
    public double Regularization { get; init; } = 1e-3;

    /// <summary>L, the hidden layers of the network whose kernel it is, 1 to 100. Default 1.</summary>
    public int HiddenLayers { get; init; } = 1;

    /// <summary>Which of its layers are trained. Default the first.</summary>
    public TrainedLayers Layers { get; init; } = TrainedLayers.First;

    /// <summary>How SGD goes where it fits the predictor; always without a ball. Default a learning rate of 1, minibatches of 64, 10
    /// epochs.</summary>
    public TrainingOptions Training { get; init; } = new() { Ball = BallMode.None, Epochs = ExperimentParameters.DefaultEpochs(BallMode.None) };

    /// <summary>Attack only the first so many test inputs; null, the default, for all.</summary>
    public int? Limit { get; init; }

    /// <summary>How many sampled weights the margin of [JT19] is estimated with, up to 100000; 0, the default, for not at all. Only
    /// of one hidden layer, the first trained.</summary>
    public int MarginSamples { get; init; }

    /// <summary>The mean logistic loss that theorem 2.2 of [JT19] is asked for, between 0 and 1. Default 0.1.</summary>
    public double Risk { get; init; } = 0.1;

    /// <summary>The seed: of the order of examples in SGD, and of the weights that the margin is estimated with.</summary>
    public ulong Seed { get; init; }

    /// <summary>Floating-point operations, estimated.</summary>
    public double Flops
    {
        get
        {
            double n = TrainLimit;
            double fit = Predictor switch
            {
                KernelFitting.Ridge => n * n * n / 3,
                KernelFitting.Logistic => 10 * n * n * n,
                _ => 2 * n * n * Training.Epochs,
            };
            return (n * n * 2 * Side * Side) + fit + InfiniteWidthCost.AttackFlops(n, Side, Limit) + InfiniteWidthCost.MarginFlops(n, MarginSamples);
        }
    }

    /// <summary>The memory it needs, in bytes, estimated.</summary>
    public long NeededBytes => InfiniteWidthCost.KernelBytes(TrainLimit, Side, Predictor == KernelFitting.Descent ? 1 : Matrices, CopiesOfInputs, MarginSamples);

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InfiniteWidthCost.ValidateTask(Digits, Side, TrainLimit, Limit);
        InvalidParameterException.Require(Enum.IsDefined(Predictor), "predictor", Predictor, "ridge, logistic or descent");
        new KernelRidgeOptions { Regularization = Regularization }.Validate();
        if (Predictor == KernelFitting.Logistic)
        {
            new KernelLogisticOptions { Regularization = Regularization }.Validate();
        }

        InvalidParameterException.Require(
            HiddenLayers is >= 1 and <= ReluTangentKernel.LargestDepth, "hidden-layers", HiddenLayers, $"an integer from 1 to {ReluTangentKernel.LargestDepth}");
        InvalidParameterException.Require(Enum.IsDefined(Layers), "layers", Layers, "first or all");
        Training.Validate();
        InfiniteWidthCost.ValidateSamples(MarginSamples);
        InvalidParameterException.Require(
            MarginSamples == 0 || (HiddenLayers == 1 && Layers == TrainedLayers.First),
            "margin-samples",
            MarginSamples,
            "0 unless there is one hidden layer and the first is trained");
        InvalidParameterException.Require(Risk is > 0 and < 1, "risk", Risk, "a number between 0 and 1");
    }
}
