namespace OneStep.Claims;

/// <summary>
/// Every network of the lazy ball, however it was trained, provably has a robust error at a budget ε = c/√d: the corollary's
/// statement, proved at a finite size, beside the 0.9 that the poster promises for large d.
/// </summary>
/// <remarks>
/// Measured is the largest robust error that is proved of a ball, the mean over seeds, among budgets of at most
/// <see cref="LargestConstant"/>/√d. It falls as balls grow, until nothing is proved: the basis says how fast, and what networks
/// of the ball keep that were made to resist. Adversarially trained networks and the bounds are found by different code from the same W0.
/// Attacks may miss what flips a network, so that the accuracy they leave is at least the true one: a network that they leave above its
/// bound refutes a proof or shows them weak, and the claim does not stand either way.
/// </remarks>
public static class CertifiedRobustErrorClaim
{
    /// <summary>ε√d up to which a budget counts.</summary>
    public const double LargestConstant = 3;

    /// <summary>The robust error that has to be proved for the claim to hold within.</summary>
    public const double ConsiderableError = 0.2;

    // A budget is typed with few digits, and an error is one minus a share of images.
    private const double Rounding = 1e-9;

    private static readonly Claim Unmeasured = new()
    {
        Id = ClaimIds.CertifiedRobustError,
        Group = ClaimGroup.Own,
        Statement = "Every network of a lazy ball, however it was trained, provably has a robust error within a perturbation budget ε = c/√d.",
        ExpectedText = $"proved robust error ≥ {ClaimText.Number(RobustErrorClaim.PromisedError)} at ε = c/√d",
        Expected = RobustErrorClaim.PromisedError,
        Verdict = Verdict.NotMeasured,
        Rule = $"Measured is the largest error that is proved of a ball at a budget of at most {ClaimText.Number(LargestConstant)}/√d, the mean over seeds. Holds if it is at least {ClaimText.Number(RobustErrorClaim.PromisedError)}; "
            + $"holds-within if at least {ClaimText.Number(ConsiderableError)}; fails otherwise, or where attacks leave a trained network more robust than is proved possible; not-measured without a bound at such a budget.",
        Basis = $"No ball at a budget of at most {ClaimText.Number(LargestConstant)}/√d.",
    };

    /// <summary>Judges the claim.</summary>
    /// <param name="balls">What is proved, over widths, radii and budgets.</param>
    /// <param name="networks">Adversarially trained networks; those of which no bound speaks do not count.</param>
    public static Claim Judge(IReadOnlyCollection<CertifiedBall> balls, IReadOnlyCollection<AdversarialNetwork> networks)
    {
        ArgumentNullException.ThrowIfNull(balls);
        ArgumentNullException.ThrowIfNull(networks);
        var best = (from ball in balls
                    where ball.Budget * Math.Sqrt(ball.Dimension) <= LargestConstant + Rounding
                    group ball by (ball.Dimension, ball.Width, ball.C0, ball.Budget) into same
                    let error = same.Average(ball => ball.RobustError)
                    orderby error, same.Key.C0
                    select (Balls: same, Error: error)).LastOrDefault();
        if (best.Balls is not { } proved)
        {
            return Unmeasured;
        }

        // Bound and accuracy count the same images: both are whole numbers of them.
        (AdversarialNetwork Network, double Bound)[] bounded =
        [
            .. from network in networks
               let bounds = balls.Where(ball => ball.SpeaksOf(network)).Select(ball => ball.UpperBound).ToArray()
               where bounds.Length > 0
               select (network, bounds.Min()),
        ];
        int above = bounded.Count(pair => pair.Network.Robust > Math.Floor((pair.Bound * pair.Network.Total) + Rounding));
        double? kept = proved.Max(ball => ball.Explicit);
        (int dimension, int width, double c0, double budget) = proved.Key;
        return Unmeasured with
        {
            Measured = best.Error,
            Verdict = above > 0 ? Verdict.Fails
                : best.Error >= RobustErrorClaim.PromisedError - Rounding ? Verdict.Holds
                : best.Error >= ConsiderableError - Rounding ? Verdict.HoldsWithin
                : Verdict.Fails,
            Basis = $"ε = {ClaimText.Exact(budget)}, which is {ClaimText.Number(budget * Math.Sqrt(dimension))}/√d; d = {dimension}, m = {width}, C0 = {ClaimText.Exact(c0)}, "
                + $"{ClaimText.Count(proved.Count(), "seed", "seeds")}{Larger(balls, proved)}{(kept is double accuracy ? $"; a network of the ball that was written down keeps {ClaimText.Percent(accuracy)}" : string.Empty)}. "
                + (bounded.Length == 0 ? "No adversarially trained network to compare with."
                    : above > 0 ? $"{above} of {ClaimText.Count(bounded.Length, "adversarially trained network is", "adversarially trained networks are")} above the bound."
                    : $"None of {ClaimText.Count(bounded.Length, "adversarially trained network is", "adversarially trained networks is")} above its bound."),
        };
    }

    // The errors that are proved of the larger balls around the same W0 at the same budget.
    private static string Larger(IEnumerable<CertifiedBall> balls, IEnumerable<CertifiedBall> proved)
    {
        CertifiedBall first = proved.First();
        string[] errors =
        [
            .. from ball in balls
               where ball.Dimension == first.Dimension && ball.Width == first.Width && ball.Budget == first.Budget && ball.C0 > first.C0
               group ball.RobustError by ball.C0 into same
               orderby same.Key
               select $"{ClaimText.Number(same.Average())} at C0 = {ClaimText.Exact(same.Key)}",
        ];
        return errors.Length == 0 ? string.Empty : $"; of larger balls {string.Join(", ", errors)}";
    }
}
