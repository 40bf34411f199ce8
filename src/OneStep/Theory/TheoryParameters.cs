namespace OneStep.Theory;

/// <summary>What theory is asked about.</summary>
public sealed record TheoryParameters
{
    /// <summary>The range of <see cref="InputDimension"/>, to be read after "must be".</summary>
    public const string DimensionRange = "an integer from 2 to 2147483647";

    /// <summary>The range of <see cref="Width"/>.</summary>
    public const string WidthRange = "a whole number from 1 to 1e18";

    /// <summary>The range of <see cref="C0"/>.</summary>
    public const string C0Range = "a number from 0 to 1000000";

    /// <summary>The range of <see cref="FailureProbability"/>.</summary>
    public const string FailureProbabilityRange = "a number above 0 and below 1";

    /// <summary>d.</summary>
    public int InputDimension { get; init; } = 784;

    /// <summary>m; a whole number, larger than any network's if need be.</summary>
    public double Width { get; init; } = 10_000;

    /// <summary>C0 of the lazy ball, V = C0/√m.</summary>
    public double C0 { get; init; } = 10;

    /// <summary>γ, the probability with which the theorem may fail.</summary>
    public double FailureProbability { get; init; } = 0.05;

    /// <summary>V = C0/√m.</summary>
    public double Radius => C0 / Math.Sqrt(Width);

    /// <summary>Throws unless every value is in its range.</summary>
    /// <exception cref="InvalidParameterException">One is not.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(InputDimension >= 2, "dimension", InputDimension, DimensionRange);
        InvalidParameterException.Require(Width is >= 1 and <= 1e18 && Math.Floor(Width) == Width, "width", Width, WidthRange);
        InvalidParameterException.Require(C0 is >= 0 and <= 1e6, "c0", C0, C0Range);
        InvalidParameterException.Require(FailureProbability is > 0 and < 1, "gamma", FailureProbability, FailureProbabilityRange);
    }
}
