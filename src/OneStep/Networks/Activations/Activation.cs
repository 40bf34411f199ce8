namespace OneStep.Networks.Activations;

/// <summary>
/// A smooth activation σ, Lipschitz with constant 1 and linear at both ends, as the first theorem of [BCGT21] asks for
/// (docs/mathematics.md §19). Values are bitwise the same on every machine.
/// </summary>
public abstract class Activation
{
    private protected Activation(string name) => Name = name;

    /// <summary>σ(z) = tanh z.</summary>
    public static Activation Tanh { get; } = new TanhActivation();

    /// <summary>σ(z) = log(1 + eᶻ), the smooth relu.</summary>
    public static Activation Softplus { get; } = new SoftplusActivation();

    /// <summary>The name as users type it.</summary>
    public string Name { get; }

    /// <summary>σ(z).</summary>
    public abstract double Value(double z);

    /// <summary>σ'(z).</summary>
    public abstract double Slope(double z);

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Beyond this magnitude of z float64 cannot tell σ from its line at infinity.</summary>
    internal abstract double SettledFrom { get; }

    /// <summary>σ' at −∞ or at +∞.</summary>
    /// <param name="side">Negative or positive.</param>
    internal abstract double SlopeAtInfinity(int side);

    /// <summary>A bound on the error of a computed value.</summary>
    /// <param name="value">The computed σ(z).</param>
    internal abstract double ErrorOf(double value);
}
