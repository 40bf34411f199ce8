using OneStep.Claims;
using OneStep.Experiments;
using OneStep.Studies;
using OneStep.Tests.Cli;

namespace OneStep.Tests.Claims;

public sealed class StoredNetworksTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CellStore _store;

    public StoredNetworksTests()
    {
        _store = new CellStore(_folder.FullName);
        _store.Open(TimeProvider.System);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_attacked_network_is_that_of_its_experiment_to_the_last_bit()
    {
        ExperimentResult result = SyntheticExperiment.Run(new() { Side = 7, Width = 400, C0 = 5, Seed = 3 }).Result;
        result = result with { Examples = result.Examples with { NoLabel = 1, NotFlipped = 0 } };
        AttackedNetwork stored = Assert.Single(new StoredNetworks(_store).Attacked([Keep(result)]));
        AttackedNetwork direct = AttackedNetwork.From(result);
        Assert.Equal(direct.PerturbationNorms, stored.PerturbationNorms);
        Assert.Equal(direct, stored with { PerturbationNorms = direct.PerturbationNorms });
    }

    [Fact]
    public void A_network_of_which_nothing_flipped_has_no_means()
    {
        ExperimentResult result = SyntheticExperiment.Run().Result;
        result = result with { Rows = [], GradientNorm = new(null, null, null, null, null), StepSize = new(null, null, null, null, null), Deviation = double.NaN };
        AttackedNetwork stored = Assert.Single(new StoredNetworks(_store).Attacked([Keep(result)]));
        Assert.Empty(stored.PerturbationNorms);
        Assert.Null(stored.GradientNorm);
        Assert.Null(stored.StepSize);
        Assert.True(double.IsNaN(stored.Deviation));
    }

    [Fact]
    public void Adversarial_and_free_networks_are_those_of_their_experiments()
    {
        ExperimentResult result = SyntheticExperiment.Run(new() { Side = 7, Width = 400, C0 = 5, Adversarial = new() { Budget = 0.2 } }).Result with
        {
            RobustAccuracy = new() { Budgets = [0.1, 0.2, 0.3], Value = [5 / 7.0, 3 / 7.0, 0], Attacks = [], Warnings = [] },
        };
        StudyCell cell = Keep(result);
        Assert.Equal([AdversarialNetwork.From(result)], new StoredNetworks(_store).Adversarial([cell]));
        Assert.Equal([FreeNetwork.From(result)], new StoredNetworks(_store).Free([cell]));
    }

    [Fact]
    public void A_network_that_was_not_attacked_at_its_budget_is_refused() =>
        Assert.Throws<ArgumentException>(() => new StoredNetworks(_store).Adversarial([Keep(SyntheticExperiment.Run().Result)]));

    [Fact]
    public void A_cell_that_is_not_there_is_named()
    {
        var cell = new StudyCell(0, new string('0', 64), "side 7, seed 1", new(), []);
        OneStepException error = Assert.Throws<OneStepException>(() => new StoredNetworks(_store).Attacked([cell]));
        Assert.Contains("side 7, seed 1", error.Message, StringComparison.Ordinal);
    }

    private StudyCell Keep(ExperimentResult result)
    {
        _store.Write(result, new("1.0", "AVX2", 1, 0.5));
        return new(0, CellKey.Of(result.Parameters, result.DatasetFingerprint), "the cell", result.Parameters, []);
    }
}
