using OneStep.TangentKernel;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>An experiment on a predictor of infinite width: the kernel, how it is fitted, what is attacked (docs/mathematics.md §18).</summary>
public sealed record KernelParameters : InfiniteWidthParameters
{
    // Of matrices in float64: the kernel's, the one that is factored, and the copy it is made of.
    private const long Matrices = 3;

    /// <summary>Every default; images of 28 × 28 pixels, all test inputs.</summary>
    public KernelParameters() => Side = 28;

    /// <summary>How it is fitted. Default ridge regression.</summary>
    public KernelFitting Predictor { get; init; } = KernelFitting.Ridge;

    /// <summary>λ of ridge and logistic regression; finite, not negative, for logistic regression positive. Default 10⁻³.</summary>
    public double Regularization { get; init; } = 1e-3;

    /// <summary>L, the hidden layers of the network whose kernel it is, 1 to 100. Default 1.</summary>
    public int HiddenLayers { get; init; } = 1;

    /// <summary>Which of its layers are trained. Default the first.</summary>
    public TrainedLayers Layers { get; init; } = TrainedLayers.First;

    /// <summary>The mean logistic loss that theorem 2.2 of [JT19] is asked for, between 0 and 1. Default 0.1.</summary>
    public double Risk { get; init; } = 0.1;

    /// <inheritdoc/>
    public override double Flops
    {
        get
        {
            double n = TrainLimit;
            return PredictorFlops + Predictor switch
            {
                KernelFitting.Ridge => n * n * n / 3,
                KernelFitting.Logistic => 10 * n * n * n,
                _ => DescentFlops,
            };
        }
    }

    /// <inheritdoc/>
    public override long NeededBytes => PredictorBytes(Predictor == KernelFitting.Descent ? 1 : Matrices);

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        InvalidParameterException.Require(Enum.IsDefined(Predictor), "predictor", Predictor, "ridge, logistic or descent");
        new KernelRidgeOptions { Regularization = Regularization }.Validate();
        if (Predictor == KernelFitting.Logistic)
        {
            new KernelLogisticOptions { Regularization = Regularization }.Validate();
        }

        InvalidParameterException.Require(
            HiddenLayers is >= 1 and <= ReluTangentKernel.LargestDepth, "hidden-layers", HiddenLayers, $"an integer from 1 to {ReluTangentKernel.LargestDepth}");
        InvalidParameterException.Require(Enum.IsDefined(Layers), "layers", Layers, "first or all");
        InvalidParameterException.Require(
            MarginSamples == 0 || (HiddenLayers == 1 && Layers == TrainedLayers.First),
            "margin-samples",
            MarginSamples,
            "0 unless there is one hidden layer and the first is trained");
        InvalidParameterException.Require(Risk is > 0 and < 1, "risk", Risk, "a number between 0 and 1");
    }
}
