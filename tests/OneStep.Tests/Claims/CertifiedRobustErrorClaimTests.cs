using OneStep.Claims;

namespace OneStep.Tests.Claims;

public class CertifiedRobustErrorClaimTests
{
    [Theory]
    [InlineData(0.05, Verdict.Holds)]
    [InlineData(0.1, Verdict.Holds)]
    [InlineData(0.6, Verdict.HoldsWithin)]
    [InlineData(0.8, Verdict.HoldsWithin)]
    [InlineData(0.85, Verdict.Fails)]
    public void Is_judged_by_the_largest_error_that_is_proved_of_a_ball(double lowest, Verdict verdict)
    {
        Claim claim = CertifiedRobustErrorClaim.Judge(CertifiedScenes.Frontier(lowest), []);
        Assert.Equal(ClaimIds.CertifiedRobustError, claim.Id);
        Assert.Equal(ClaimGroup.Own, claim.Group);
        Assert.Equal(verdict, claim.Verdict);
        Assert.Equal(1 - lowest, claim.Measured!.Value, 12);
    }

    [Fact]
    public void Larger_budgets_do_not_count()
    {
        CertifiedBall[] large = CertifiedScenes.Frontier(0.1, budget: 0.31);
        Assert.Equal(Verdict.NotMeasured, CertifiedRobustErrorClaim.Judge(large, []).Verdict);
        Assert.Equal(0.4, CertifiedRobustErrorClaim.Judge([.. large, .. CertifiedScenes.Frontier()], []).Measured!.Value, 12);
    }

    [Fact]
    public void Seeds_are_averaged()
    {
        CertifiedBall[] balls = CertifiedScenes.Frontier();
        balls[0] = balls[0] with { UpperBound = 0.5 };
        Assert.Equal(0.45, CertifiedRobustErrorClaim.Judge(balls, []).Measured!.Value, 12);
    }

    [Theory]
    [InlineData(140, Verdict.HoldsWithin)]
    [InlineData(141, Verdict.Fails)]
    public void A_trained_network_that_attacks_leave_above_its_bound_contradicts_the_claim(int robust, Verdict verdict) =>
        Assert.Equal(verdict, CertifiedRobustErrorClaim.Judge(CertifiedScenes.Frontier(), [CertifiedScenes.Trained(robust)]).Verdict);

    [Fact]
    public void A_bound_speaks_of_networks_of_its_ball_at_its_budget_or_more()
    {
        AdversarialNetwork network = CertifiedScenes.Trained(200);
        Assert.Equal(Verdict.Fails, Judge(network with { Budget = 0.4 }));

        // The balls of C0 = 4 and 8 hold it, too; that of C0 = 2 does not hold what went further.
        Assert.Equal(Verdict.Fails, Judge(network with { C0 = 8 }));
        Assert.Equal(Verdict.Fails, Judge(network with { Deviation = 0.101 }));
        Assert.Equal(Verdict.HoldsWithin, Judge(network with { Deviation = 0.101, Robust = 160 }));
        AdversarialNetwork[] others =
        [
            network with { Budget = 0.29 },
            network with { Deviation = 0.401 },
            network with { Seed = 5 },
            network with { Total = 199 },
            network with { Width = 800 },
            network with { Dimension = 25 },
        ];
        Assert.All(others, other => Assert.Equal(Verdict.HoldsWithin, Judge(other)));
    }

    [Fact]
    public void The_basis_tells_what_a_network_of_the_ball_keeps()
    {
        const string Ball = "ε = 0.3, which is 3/√d; d = 100, m = 400, C0 = 1, 2 seeds; of larger balls 0.3 at C0 = 2, 0.2 at C0 = 4, 0.1 at C0 = 8; a network of the ball that was written down keeps 45 %. ";
        Assert.Equal(Ball + "No adversarially trained network to compare with.", CertifiedRobustErrorClaim.Judge(CertifiedScenes.Frontier(), []).Basis);
        Assert.Equal(
            Ball + "None of 1 adversarially trained network is above its bound.",
            CertifiedRobustErrorClaim.Judge(CertifiedScenes.Frontier(), [CertifiedScenes.Trained(100)]).Basis);
        Assert.Equal(
            Ball + "1 of 2 adversarially trained networks are above the bound.",
            CertifiedRobustErrorClaim.Judge(CertifiedScenes.Frontier(), [CertifiedScenes.Trained(100), CertifiedScenes.Trained(190)]).Basis);
    }

    private static Verdict Judge(AdversarialNetwork network) => CertifiedRobustErrorClaim.Judge(CertifiedScenes.Frontier(), [network]).Verdict;
}
