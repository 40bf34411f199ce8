using OneStep.Experiments;
using OneStep.Experiments.Certification;
using OneStep.Training;

namespace OneStep.Tests.Experiments.Certification;

public class ConeExperimentTests
{
    private static readonly ExperimentParameters Small = new() { Side = 7, Width = 200, C0 = 1.5, TrainLimit = 500 };

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void A_multiple_is_found_in_the_cone_and_falls_to_what_is_certified_for_the_ball(double scale)
    {
        ConeResult result = Locate(Small, scale);
        Assert.True(result.IsInCone);
        Assert.True(result.Multiple.IsAttained);
        Assert.Equal(1, result.Multiple.Scale / result.TrueScale, 1e-6);
        Assert.Equal(1, result.Multiple.C0 / result.Trained.C0, 1e-5);
        Assert.InRange(result.Trained.C0, 0.1, Small.C0);
        Assert.InRange(result.Trained.Scale, 0.9, 1.1);
        Assert.Empty(result.Violations);
        Assert.Equal([PerturbationKind.OneStep, PerturbationKind.BallWide, PerturbationKind.Universal], result.Sizes.Select(size => size.Kind));
        Assert.All(result.Sizes, size => Assert.Equal((20, 20, 1.0, 1.0), (size.Found, size.Flipped, size.FoundShare, size.FlippedShare)));
    }

    [Fact]
    public void A_multiple_has_the_labels_and_perturbations_of_the_network_and_its_margins_times_the_scale()
    {
        CertificationRun run = CertificationExperiment.Run(Small, new() { Count = 20 }, MnistData.All, new());
        run.Model.Dispose();
        ConeResult same = Locate(Small, 1);
        PerturbationKind[] kinds = [.. same.Sizes.Select(size => size.Kind)];
        Assert.Equal(run.Result.Inputs.SelectMany(input => kinds.Select(kind => input[kind])), same.Inputs.SelectMany(input => kinds.Select(kind => input[kind])));

        // By a power of two nothing is rounded.
        ConeResult result = Locate(Small, 0.25);
        Assert.Equal(same.Trained, result.Trained);
        Assert.Equal((same.Multiple.C0, 4 * same.Multiple.Scale), (result.Multiple.C0, result.Multiple.Scale), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && Math.Abs(a.Item2 - b.Item2) < 1e-12);
        Assert.Equal((same.Examined, same.CleanAccuracy), (result.Examined, result.CleanAccuracy));
        Assert.All(same.Inputs.Zip(result.Inputs), pair =>
        {
            Assert.Equal((pair.First.Index, pair.First.Label, pair.First.InitialMargin), (pair.Second.Index, pair.Second.Label, pair.Second.InitialMargin));
            Assert.Equal(0.25 * pair.First.Margin, pair.Second.Margin, 1e-12);
            Assert.Equal(pair.First[PerturbationKind.OneStep]!.Value, pair.Second[PerturbationKind.OneStep]!.Value, 1e-6);
            Assert.Equal(pair.First[PerturbationKind.BallWide], pair.Second[PerturbationKind.BallWide]);
        });
        Assert.True(result.Deviation > Small.Radius);
    }

    [Fact]
    public void A_network_outside_the_cone_contradicts_nothing()
    {
        ConeResult result = Locate(Small with { C0 = 0.05, Training = new() { Ball = BallMode.None, Epochs = 3 } }, 2);
        Assert.False(result.IsInCone);
        Assert.True(result.Multiple.C0 > 0.05);
        Assert.Empty(result.Violations);
    }

    [Fact]
    public void Deep_networks_and_impossible_scales_are_refused()
    {
        Assert.Contains(
            "two-layer networks in the lazy ball",
            Assert.Throws<InvalidParameterException>(() => Locate(new() { Hidden = HiddenWidths.Parse("5"), Training = new() { Ball = BallMode.None } }, 1)).Message,
            StringComparison.Ordinal);
        Assert.Throws<InvalidParameterException>(() => Locate(Small, -1));
        Assert.Throws<InvalidParameterException>(() => Locate(Small, double.NaN));
    }

    private static ConeResult Locate(ExperimentParameters parameters, double scale) =>
        ConeExperiment.Run(parameters, new() { Count = 20, Scale = scale }, MnistData.All, new() { Threads = 2 });
}
