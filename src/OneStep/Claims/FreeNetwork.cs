using OneStep.Experiments;

namespace OneStep.Claims;

/// <summary>A network trained by SGD without a ball.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Width">m.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Deviation">max_s ‖w_s − w_{s,0}‖ at the end of training.</param>
public sealed record FreeNetwork(int Dimension, int Width, ulong Seed, double Deviation)
{
    /// <summary>Takes from an experiment what the claims are about.</summary>
    public static FreeNetwork From(ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new(result.Parameters.Dimension, result.Parameters.Width, result.Parameters.Seed, result.Deviation ?? double.NaN);
    }
}
