using OneStep.Experiments;
using OneStep.Reproduction;
using OneStep.Studies;
using OneStep.Tests.Studies;

namespace OneStep.Tests.Reproduction;

public sealed class ReproductionEstimateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_finished_costs_nothing_more()
    {
        var store = new CellStore(_folder.FullName);
        ReproductionPlan plan = ReproductionScenes.Plan();
        ReproductionEstimate before = Estimate(plan, store);
        ReproductionScenes.Run(store, plan: plan).Dispose();
        ReproductionEstimate after = Estimate(plan, store);

        Assert.Equal((60, 0, 60, 60), (before.Cells, before.Finished, after.Cells, after.Finished));
        Assert.True(after.Seconds < before.Seconds);
        Assert.True(after.Seconds > 0, "The network that is shown has to be trained anew.");
    }

    [Fact]
    public void Memory_is_that_of_the_networks_that_are_computed_at_once()
    {
        ReproductionPlan plan = ReproductionScenes.Plan();
        long[] needed = [.. plan.Cells.Select(cell => ExperimentMemory.NeededBytes(cell.Parameters)).OrderDescending()];

        Assert.Equal(Math.Max(needed[0], ExperimentMemory.NeededBytes(plan.Representative)), Estimate(plan, new(_folder.FullName), threads: 1).MemoryBytes);
        Assert.InRange(Estimate(plan, new(_folder.FullName), threads: 4).MemoryBytes, needed[0], needed[..4].Sum());
    }

    [Fact]
    public void A_network_that_does_not_fit_is_refused_with_both_numbers()
    {
        OneStepException exception = Assert.Throws<OneStepException>(() => ReproductionEstimate.Of(
            ReproductionPlan.Of(ReproductionProfile.Of(ProfileName.Full), Shipped, StudyScenes.Dataset.Fingerprint),
            StudyScenes.Dataset,
            new(_folder.FullName),
            new() { AvailableMemory = 100_000_000 }));

        Assert.Equal("A network of width 100000 at d = 784 needs 0.6 GB of memory, but 0.1 GB are available.", exception.Message);
    }

    [Fact]
    public void An_experiment_without_images_that_does_not_fit_is_refused_as_well()
    {
        ReproductionProfile profile = ReproductionScenes.Profile with { Studies = [new(StudyRole.Activations, "smooth", ["activation=tanh", "width=1000000"])] };

        OneStepException exception = Assert.Throws<OneStepException>(() => ReproductionEstimate.Of(
            ReproductionScenes.Plan(profile: profile), StudyScenes.Dataset, new(_folder.FullName), new() { AvailableMemory = 10_000_000 }));

        Assert.Matches(@"^The experiment random-two-layer dimension=16 width=1000000 activation=tanh networks=4 needs 0\.1 GB of memory, but 10\.0 MB are available\.$", exception.Message);
    }

    private static ReproductionEstimate Estimate(ReproductionPlan plan, CellStore store, int threads = 2) =>
        ReproductionEstimate.Of(plan, StudyScenes.Dataset, store, new() { Threads = threads });

    private static StudyDefinition Shipped(string name) => StudyFile.Read(Path.Combine(RepositoryFiles.Root, "studies", name + ".yaml"));
}
