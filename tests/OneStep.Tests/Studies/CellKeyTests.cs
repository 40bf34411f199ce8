using System.Security.Cryptography;
using System.Text;
using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Tests.Studies;

public class CellKeyTests
{
    private static readonly string Fingerprint = new('b', 64);

    [Fact]
    public void The_key_is_the_hash_of_protocol_parameters_without_their_defaults_and_data()
    {
        var parameters = new ExperimentParameters { Width = 12, Seed = 5, C0 = 2.5 };
        string text = $"onestep-cell-1\nc0=2.5\ndataset-fingerprint={Fingerprint}\nseed=5\nwidth=12\n";

        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        Assert.Equal(hash[..32], CellKey.Of(parameters, Fingerprint));
    }

    [Fact]
    public void A_parameter_that_is_learnt_later_changes_no_key_of_cells_that_do_without_it()
    {
        // What is not written has the value that it had when the protocol was named. Another default needs another protocol;
        // parameters that are new since may be added here.
        Dictionary<string, string> defaults = new()
        {
            ["digits"] = "0,1", ["side"] = "28", ["antialias"] = "false", ["normalize"] = "true", ["width"] = "10000", ["c0"] = "10", ["seed"] = "0",
            ["initialization"] = "standard", ["bias"] = "false", ["untrained"] = "false", ["learning-rate"] = "1", ["batch"] = "64", ["ball"] = "stop",
            ["epochs"] = "20", ["evaluation-interval"] = "10", ["strong"] = "false", ["limit"] = "none", ["adversarial-budget"] = "0",
            ["inner-attack"] = "pgd", ["inner-steps"] = "10", ["inner-step-size"] = "automatic", ["inner-random-start"] = "false", ["clip"] = "false",
            ["rescale"] = "false", ["adversarial-refresh"] = "minibatch", ["patience"] = "none", ["train-limit"] = "none", ["robust-budgets"] = "",
            ["robust-steps"] = "20", ["robust-clip"] = "false", ["hidden"] = "none", ["method"] = "one-step", ["budget"] = "none", ["norm"] = "automatic",
            ["attack-steps"] = "automatic", ["output-moves"] = "false",
        };
        Dictionary<string, string> now = new(new AttackCell(new ExperimentParameters()).Entries);

        Assert.Equal("onestep-cell-1", CellKey.Protocol);
        Assert.All(defaults, entry => Assert.Equal(entry.Value, now[entry.Key]));
        Assert.Equal([CellKey.FingerprintEntry], CellKey.Entries(new ExperimentParameters(), Fingerprint).Select(entry => entry.Key));
    }

    [Fact]
    public void The_order_of_the_entries_does_not_matter()
    {
        KeyValuePair<string, string>[] entries = [.. CellKey.Entries(new ExperimentParameters { Width = 12, Seed = 5, C0 = 2.5 }, Fingerprint)];
        Assert.Equal(CellKey.Of(entries), CellKey.Of(entries.Reverse()));
    }

    [Theory]
    [InlineData("c0: 10", "c0: 10.0")]
    [InlineData("c0: 10", "c0: 1e1")]
    [InlineData("c0: 10", "limit: none")]
    [InlineData("digits: '2+0,1'", "digits: '0+2,1'")]
    [InlineData("adversarial-budget: 0", "adversarial-budget: -0.0")]
    [InlineData("robust-budgets: '0,0.1'", "robust-budgets: '0.10,-0,1e-1'")]
    [InlineData("ball: project", "{ball: project, epochs: 10}")]
    [InlineData("adversarial-budget: 0.1", "{adversarial-budget: 0.1, ball: project}")]
    [InlineData("c0: 10", "{method: one-step, hidden: none}")]
    [InlineData("hidden: '8,4'", "{hidden: '8,4', ball: none, epochs: 10, learning-rate: 0.1}")]
    public void The_same_experiment_has_the_same_key_however_it_is_written(string one, string other) => Assert.Equal(KeyOf(one), KeyOf(other));

    [Fact]
    public void Whatever_determines_the_numbers_changes_the_key()
    {
        var one = new ExperimentParameters();
        ExperimentParameters[] others =
        [
            one with { Width = 10_002 }, one with { C0 = 9 }, one with { Seed = 1 }, one with { Side = 27 }, one with { Digits = new([1], [0]) },
            one with { Bias = true }, one with { Method = new() { Name = "fgsm" } }, one with { Method = new() { Name = "fgsm", Budget = 0.1 } },
            one with { Hidden = HiddenWidths.Parse("5") }, one with { Hidden = HiddenWidths.Parse("5,5") }, one with { Hidden = HiddenWidths.Parse("5,5"), OutputMoves = true }, one with { Strong = true }, one with { Limit = 2115 }, one with { Training = new() { Batch = 63 } },
        ];

        string[] keys = [.. others.Append(one).Select(p => CellKey.Of(p, Fingerprint)), CellKey.Of(one, new('c', 64))];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    private static string KeyOf(string parameters)
    {
        string mapping = parameters.StartsWith('{') ? parameters : $"{{{parameters}}}";
        return StudyScenes.Plan($"title: T\nparameters: {mapping}").Cells.Single().Key;
    }
}
