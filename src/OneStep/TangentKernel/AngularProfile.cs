namespace OneStep.TangentKernel;

/// <summary>The kernel of two unit vectors as a function of the angle θ between them, at one angle.</summary>
/// <param name="Angle">θ, 0 to π.</param>
/// <param name="Sine">sin θ.</param>
/// <param name="Cosine">cos θ.</param>
/// <param name="Value">φ, the kernel.</param>
/// <param name="Slope">dφ/dθ, which is finite everywhere, unlike dφ/d(cos θ).</param>
public readonly record struct AngularProfile(double Angle, double Sine, double Cosine, double Value, double Slope)
{
    /// <summary>φ'(ρ) = dφ/d(cos θ) = −Slope/sin θ; infinite at θ = 0 and where φ has a kink at θ = π.</summary>
    public double CosineSlope => -Slope / Sine;
}
