using OneStep.Claims;
using OneStep.Experiments;
using OneStep.Tests.Experiments;
using OneStep.Training;

namespace OneStep.Tests.Claims;

/// <summary>
/// The claims on real networks of width 1000, at the dimensions and numbers of docs/protocol.md §5: slopes of about −.46, +.41 and
/// −.88 that scatter by some hundredths with three seeds.
/// </summary>
[Trait("Category", "Oracle")]
public class PosterClaimsOracleTests
{
    [Fact]
    public void Real_networks_fall_to_one_step_with_the_slopes_of_the_protocol()
    {
        AttackedNetwork[] attacked =
        [
            .. from side in new[] { 5, 10, 20 }
               from seed in new ulong[] { 0, 1, 2 }
               select AttackedNetwork.From(Run(new() { Side = side, Width = 1000, Seed = seed })),
        ];
        FreeNetwork[] free =
        [
            .. from width in new[] { 100, 400, 1600 }
               from seed in new ulong[] { 0, 1, 2 }
               select FreeNetwork.From(Run(new() { Side = 10, Width = width, Seed = seed, Limit = 50, Training = new() { Ball = BallMode.None, Epochs = 2 } })),
        ];
        Dictionary<string, Claim> claims = PosterClaims.Judge(new() { Attacked = attacked, Free = free }, new()).ToDictionary(claim => claim.Id);

        Assert.Equal(Verdict.Holds, claims[ClaimIds.SingleStepSuffices].Verdict);
        Assert.Equal(Verdict.Holds, claims[ClaimIds.LazyBallRespected].Verdict);
        AssertSlope(claims[ClaimIds.PerturbationSlope], -0.45);
        AssertSlope(claims[ClaimIds.GradientSlope], 0.38);
        AssertSlope(claims[ClaimIds.StepSlope], -0.84);
        AssertSlope(claims[ClaimIds.DeviationSlope], -0.5);
        Assert.InRange(claims[ClaimIds.RobustErrorCorollary].Measured!.Value, 0.6, 1);
        Assert.Equal(Verdict.NotMeasured, claims[ClaimIds.SharpDrop].Verdict);
        Assert.Equal(Verdict.NotMeasured, claims[ClaimIds.PhaseThresholdSlope].Verdict);
    }

    // The tables' means at d = 25, 100 and 400 have slopes of −.451, .380 and −.839.
    private static void AssertSlope(Claim claim, double slope)
    {
        Assert.Equal(slope, claim.Measured!.Value, 0.1);
        Assert.Contains(claim.Verdict, new[] { Verdict.Holds, Verdict.HoldsWithin });
    }

    private static ExperimentResult Run(ExperimentParameters parameters)
    {
        ExperimentRun run = Experiment.Run(parameters, MnistData.All, new() { Threads = 2 });
        run.Model.Dispose();
        return run.Result;
    }
}
