using OneStep.Attacks;
using OneStep.Numerics;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>One attacked input, of the network and of its limit.</summary>
/// <param name="Network">What became of it at the network.</param>
/// <param name="Kernel">What became of it at the limit.</param>
/// <param name="GradientDifference">‖∇f_m(x) − ∇f_∞(x)‖.</param>
/// <param name="GradientCosine">The cosine of the angle between the two gradients; null where one is zero.</param>
public sealed record LimitRow(AttackedExample Network, AttackedExample Kernel, double GradientDifference, double? GradientCosine)
{
    /// <summary>The names of the columns of <see cref="Fields"/>.</summary>
    internal static readonly IReadOnlyList<string> Columns =
    [
        "index", "label", "networkStatus", "networkScore", "networkGradientNorm", "networkPerturbationNorm", "kernelStatus", "kernelScore",
        "kernelGradientNorm", "kernelPerturbationNorm", "perturbationRatio", "gradientDifference", "gradientCosine",
    ];

    /// <summary>‖δ_m‖/‖δ_∞‖; null unless both fell, confirmed in float64.</summary>
    public double? PerturbationRatio => Network.Status == ExampleStatus.Flipped && Kernel.Status == ExampleStatus.Flipped
        ? Network.PerturbationNorm / Kernel.PerturbationNorm
        : null;

    /// <summary>The row as text.</summary>
    internal IReadOnlyList<string> Fields =>
    [
        ExampleFields.Text(Network.Index), ExampleFields.Text(Network.Label), ExampleFields.Text(Network.Status), ExampleFields.Text(Network.Score),
        ExampleFields.Text(Network.GradientNorm), ExampleFields.Text(Network.PerturbationNorm), ExampleFields.Text(Kernel.Status),
        ExampleFields.Text(Kernel.Score), ExampleFields.Text(Kernel.GradientNorm), ExampleFields.Text(Kernel.PerturbationNorm),
        ExampleFields.Text(PerturbationRatio), ExampleFields.Text(GradientDifference), ExampleFields.Text(GradientCosine),
    ];

    /// <summary>The row of an input.</summary>
    internal static LimitRow Of(int index, FunctionAttack network, FunctionAttack kernel)
    {
        ReadOnlySpan<float> own = network.Classification.Gradients.Row(index);
        ReadOnlySpan<float> limit = kernel.Classification.Gradients.Row(index);
        double square = 0;
        for (int k = 0; k < own.Length; k++)
        {
            double difference = (double)own[k] - limit[k];
            square += difference * difference;
        }

        double norms = Vectors.Norm(own) * Vectors.Norm(limit);
        return new(network.Rows[index], kernel.Rows[index], Math.Sqrt(square), norms > 0 ? Vectors.Dot(own, limit) / norms : null);
    }
}
