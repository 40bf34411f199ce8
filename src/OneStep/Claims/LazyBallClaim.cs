namespace OneStep.Claims;

/// <summary>
/// No network left its lazy ball: the largest deviation max_s ‖w_s − w_{s,0}‖ of any network the other claims are about, over
/// its radius V = C0/√m.
/// </summary>
/// <remarks>
/// Stored float32 weights are kept within V by more than their rounding, so that the deviation, judged in float64, is at most
/// V (docs/mathematics.md §1). What is left is the float64 rounding of the deviation, of V and of their quotient, of order
/// 10⁻¹³; were rows rounded to float32 beyond the boundary, the quotient would exceed 1 by 10⁻⁸ to 10⁻⁴. The limit of
/// 1 + 10⁻⁹ lies between.
/// </remarks>
public static class LazyBallClaim
{
    /// <summary>The largest quotient that counts as inside.</summary>
    public const double Limit = 1 + 1e-9;

    /// <summary>Judges the claim.</summary>
    /// <param name="evidence">All networks; those trained without a ball do not count.</param>
    public static Claim Judge(ClaimEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        double[] quotients =
        [
            .. evidence.Attacked.Select(network => network.Deviation / network.Radius),
            .. evidence.BudgetSweep.Concat(evidence.PhaseGrid).Select(network => network.Deviation / network.Radius),
        ];
        return new()
        {
            Id = ClaimIds.LazyBallRespected,
            Statement = "Every network that was measured lies in its lazy ball.",
            ExpectedText = "deviation ≤ V = C0/√m",
            Expected = 1,
            Measured = quotients.Length == 0 || !Array.TrueForAll(quotients, double.IsFinite) ? null : quotients.Max(),

            // Written so that a deviation that is not a number lies outside.
            Verdict = quotients.Length == 0 ? Verdict.NotMeasured
                : Array.TrueForAll(quotients, quotient => quotient <= Limit) ? Verdict.Holds
                : Verdict.Fails,
            Rule = "Holds if the largest deviation of any neuron of any network is at most V (1 + 10⁻⁹), in float64; fails otherwise; not-measured without a network.",
            Basis = quotients.Length == 0 ? "No network." : $"{ClaimText.Count(quotients.Length, "network", "networks")}, trained plainly and adversarially.",
        };
    }
}
