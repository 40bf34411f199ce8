namespace OneStep.Numerics;

/// <summary>Bounds on the rounding error of float64 evaluations (docs/mathematics.md §13).</summary>
internal static class RoundingError
{
    /// <summary>u = 2⁻⁵³, the unit roundoff of float64.</summary>
    public const double Unit = 1.1102230246251565e-16;

    // Covers the rounding of the bound itself.
    private const double Slack = 1.01;

    /// <summary>γ_n = nu/(1 − nu), which bounds the relative error of n roundings in any order.</summary>
    public static double Gamma(long n) => n * Unit / (1 - (n * Unit));

    /// <summary>
    /// A bound on the error of Σ_s a_s relu(w_s·x), before the factor m^{-1/2}: the pre-activations' errors, each at most
    /// γ_d ‖w_s‖‖x‖, add up since relu is 1-Lipschitz; then comes the error of the sum itself.
    /// </summary>
    /// <param name="columns">The length of a dot product.</param>
    /// <param name="rows">The number of summands.</param>
    /// <param name="inputNorm">‖x‖, or ‖(x, 1)‖ with biases.</param>
    /// <param name="normSum">Σ_s ‖w_s‖.</param>
    /// <param name="magnitudeSum">Σ_s |summand|.</param>
    public static double OfScore(int columns, int rows, double inputNorm, double normSum, double magnitudeSum) =>
        Slack * ((Gamma(columns + 4L) * inputNorm * normSum) + (Gamma(rows + 3L) * magnitudeSum));
}
