using OneStep.Numerics;
using OneStep.Numerics.Elementary;

namespace OneStep.Networks.Activations;

/// <summary>σ(z) = log(1 + eᶻ): 0 at −∞, z at +∞.</summary>
internal sealed class SoftplusActivation() : Activation("softplus")
{
    // What is left out where the exponential is taken to be zero.
    private const double Vanishing = 1e-300;

    // e^{−40} is below 2⁻⁵⁷.
    internal override double SettledFrom => 40;

    /// <inheritdoc/>
    public override double Value(double z) => ElementaryFunctions.Softplus(z);

    /// <inheritdoc/>
    public override double Slope(double z) => ElementaryFunctions.Logistic(z);

    /// <inheritdoc/>
    internal override double SlopeAtInfinity(int side) => side > 0 ? 1 : 0;

    /// <inheritdoc/>
    internal override double ErrorOf(double value) => (9 * RoundingError.Unit * value) + Vanishing;
}
