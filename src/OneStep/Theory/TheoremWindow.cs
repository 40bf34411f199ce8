namespace OneStep.Theory;

/// <summary>
/// The widths of which the theorem on the single step speaks, max{d^2.4, log(1/γ)} ≤ m ≤ exp(d^0.24), with all its unpublished
/// constants taken as 1 (docs/mathematics.md §12, [WUMA22]). The theorem is about d → ∞: with these constants the window is empty
/// for every d from 2 to about 2.97 million, so no network of this program lies inside it, and none outside contradicts it.
/// </summary>
/// <param name="InputDimension">d.</param>
/// <param name="FailureProbability">γ, with which the theorem may fail.</param>
/// <param name="SmallestWidth">max{d^2.4, log(1/γ)}.</param>
/// <param name="LargestWidth">exp(d^0.24).</param>
public sealed record TheoremWindow(int InputDimension, double FailureProbability, double SmallestWidth, double LargestWidth)
{
    private const double SmallestExponent = 2.4;
    private const double LargestExponent = 0.24;

    // The upper end grows more slowly than the lower one up to d = e^{ln 10/0.24}, where d^0.24 = 10, and faster from there on.
    private const int TurningDimension = 14_678;

    /// <summary>Whether no width lies in the window.</summary>
    public bool IsEmpty => !(SmallestWidth <= LargestWidth);

    /// <summary>The window of a dimension.</summary>
    /// <param name="inputDimension">d, at least 1.</param>
    /// <param name="failureProbability">γ, above 0 and below 1.</param>
    /// <exception cref="InvalidParameterException">A value is out of its range.</exception>
    public static TheoremWindow Of(int inputDimension, double failureProbability)
    {
        InvalidParameterException.Require(inputDimension >= 1, "dimension", inputDimension, "an integer from 1 to 2147483647");
        InvalidParameterException.Require(failureProbability is > 0 and < 1, "gamma", failureProbability, "a number above 0 and below 1");
        return new(
            inputDimension,
            failureProbability,
            Math.Max(Math.Pow(inputDimension, SmallestExponent), -Math.Log(failureProbability)),
            Math.Exp(Math.Pow(inputDimension, LargestExponent)));
    }

    /// <summary>Whether a width lies in the window.</summary>
    public bool Contains(double width) => width >= SmallestWidth && width <= LargestWidth;

    /// <summary>The smallest d of at least 2 whose window is not empty, about 2.97·10⁶ whatever γ is.</summary>
    /// <param name="failureProbability">γ, above 0 and below 1.</param>
    public static int SmallestDimension(double failureProbability)
    {
        int empty = TurningDimension;
        int open = int.MaxValue;
        while (open - empty > 1)
        {
            int middle = empty + ((open - empty) / 2);
            (empty, open) = Of(middle, failureProbability).IsEmpty ? (middle, open) : (empty, middle);
        }

        return open;
    }
}
