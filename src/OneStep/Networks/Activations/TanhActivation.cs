using OneStep.Numerics;
using OneStep.Numerics.Elementary;

namespace OneStep.Networks.Activations;

/// <summary>σ(z) = tanh z, bounded: far along a ray nothing changes any more.</summary>
internal sealed class TanhActivation() : Activation("tanh")
{
    // 2 e^{−2 · 20} is below 2⁻⁵⁶.
    internal override double SettledFrom => 20;

    /// <inheritdoc/>
    public override double Value(double z) => ElementaryFunctions.Tanh(z);

    /// <inheritdoc/>
    public override double Slope(double z)
    {
        // 1 − tanh² without the cancellation: 4e/(1 + e)² with e = e^{−2|z|}.
        double e = ElementaryFunctions.Exp(-2 * Math.Abs(z));
        double one = 1 + e;
        return 4 * e / (one * one);
    }

    /// <inheritdoc/>
    internal override double SlopeAtInfinity(int side) => 0;

    /// <inheritdoc/>
    internal override double ErrorOf(double value) => 6 * RoundingError.Unit;
}
