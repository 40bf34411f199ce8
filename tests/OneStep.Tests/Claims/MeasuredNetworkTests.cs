using OneStep.Claims;
using OneStep.Experiments;
using OneStep.Tests.Cli;

namespace OneStep.Tests.Claims;

/// <summary>What the claims take from a finished experiment.</summary>
public class MeasuredNetworkTests
{
    [Fact]
    public void An_attacked_network_holds_the_verified_flips_of_its_experiment()
    {
        ExperimentResult result = SyntheticExperiment.Run(new() { Side = 7, Width = 400, C0 = 5, Seed = 3 }).Result;
        AttackedNetwork network = AttackedNetwork.From(result with { Examples = result.Examples with { NoLabel = 1, NotFlipped = 0 } });
        Assert.Equal((49, 400, 5.0, 3ul), (network.Dimension, network.Width, network.C0, network.Seed));
        Assert.Equal(0.25, network.Radius);
        Assert.Equal(0.25, network.Deviation);
        Assert.Equal((7, 2, 5), (network.Total, network.Misclassified, network.Correct));
        Assert.Equal([0.075, 0.08, 0.09, 0.095, 0.105], network.PerturbationNorms.Select(norm => Math.Round(norm, 12)));
        Assert.Equal(result.RelativePerturbationNorm.Mean!.Value, network.PerturbationNorm!.Value, 14);
        Assert.Equal(result.GradientNorm.Mean, network.GradientNorm);
        Assert.Equal(result.StepSize.Mean, network.StepSize);
        Assert.Equal(1, network.FlippedShare);
    }

    [Fact]
    public void An_adversarially_trained_network_holds_what_is_robust_at_its_own_budget()
    {
        AdversarialNetwork network = AdversarialNetwork.From(Robust(new() { Width = 400, C0 = 5, Seed = 3, Adversarial = new() { Budget = 0.2 } }));
        Assert.Equal((784, 400, 5.0, 3ul), (network.Dimension, network.Width, network.C0, network.Seed));
        Assert.Equal(0.2, network.Budget);
        Assert.Equal((7, 3), (network.Total, network.Robust));
        Assert.Equal(3 / 7.0, network.RobustAccuracy);
        Assert.Equal(0.25, network.Radius);
    }

    [Fact]
    public void A_network_without_that_number_is_refused()
    {
        Assert.Throws<ArgumentException>(() => AdversarialNetwork.From(SyntheticExperiment.Run().Result));
        Assert.Throws<ArgumentException>(() => AdversarialNetwork.From(Robust(new())));
        Assert.Throws<ArgumentException>(() => AdversarialNetwork.From(Robust(new() { Adversarial = new() { Budget = 0.25 } })));
    }

    [Fact]
    public void A_network_without_a_ball_holds_its_deviation()
    {
        ExperimentResult result = SyntheticExperiment.Run(new() { Side = 7, Width = 400, Seed = 3 }).Result;
        Assert.Equal(new FreeNetwork(49, 400, 3, 0.75), FreeNetwork.From(result with { Deviation = 0.75 }));
    }

    private static ExperimentResult Robust(ExperimentParameters parameters) => SyntheticExperiment.Run(parameters).Result with
    {
        RobustAccuracy = new() { Budgets = [0.1, 0.2, 0.3], Value = [5 / 7.0, 3 / 7.0, 0], Attacks = [], Warnings = [] },
    };
}
