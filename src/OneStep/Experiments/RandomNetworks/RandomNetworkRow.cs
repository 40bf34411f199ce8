using OneStep.Attacks;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>What one step does to one random network at one random input, verified in float64.</summary>
/// <param name="Index">Which network, from 0.</param>
/// <param name="Dimension">d.</param>
/// <param name="Status">What became of the input. There is no true label: the prediction counts as right.</param>
/// <param name="InputNorm">‖x‖.</param>
/// <param name="Margin">|f(x)|.</param>
/// <param name="GradientNorm">‖∇f(x)‖.</param>
/// <param name="PerturbationNorm">‖δ‖; null where the prediction was not flipped.</param>
public sealed record RandomNetworkRow(
    int Index, int Dimension, ExampleStatus Status, double InputNorm, double Margin, double GradientNorm, double? PerturbationNorm)
{
    /// <summary>‖δ‖√d/‖x‖, which the theorems say not to depend on d.</summary>
    public double? ScaledPerturbationNorm => PerturbationNorm * Math.Sqrt(Dimension) / InputNorm;

    /// <summary>|η| = ‖δ‖/‖∇f(x)‖.</summary>
    public double? StepSize => PerturbationNorm / GradientNorm;

    /// <summary>‖δ‖ over the step |f(x)|/‖∇f(x)‖ that would flip a linear function: how far f is from one.</summary>
    public double? Overshoot => PerturbationNorm * GradientNorm / Margin;

    /// <summary>The step's lengths; null where the prediction was not flipped.</summary>
    public StepMeasurement? Step => PerturbationNorm is double length ? new(length, GradientNorm, length / GradientNorm) : null;

    /// <summary>The row of an attacked input.</summary>
    /// <param name="index">Which network.</param>
    /// <param name="dimension">d.</param>
    /// <param name="example">What became of its only input.</param>
    internal static RandomNetworkRow Of(int index, int dimension, AttackedExample example) => new(
        index,
        dimension,
        example.Status,
        example.InputNorm,
        Math.Abs(example.Score),
        example.GradientNorm,
        example.Status == ExampleStatus.Flipped ? example.PerturbationNorm : null);
}
