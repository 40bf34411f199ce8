using System.Security.Cryptography;
using System.Text;
using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Tests.Studies;

public class CellKeyTests
{
    private static readonly string Fingerprint = new('b', 64);

    [Fact]
    public void The_key_is_the_hash_of_protocol_parameters_and_data()
    {
        var parameters = new ExperimentParameters { Width = 12, Seed = 5, C0 = 2.5 };
        var text = new StringBuilder("onestep-cell-1\n");
        foreach ((string name, string value) in ExperimentMetadata.Write(parameters, Fingerprint).Skip(1))
        {
            text.Append($"{name}={value}\n");
        }

        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        Assert.Contains("width=12\nc0=2.5\nseed=5\n", text.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($"dataset-fingerprint={Fingerprint}\n", text.ToString(), StringComparison.Ordinal);
        Assert.Equal(hash[..32], CellKey.Of(parameters, Fingerprint));
    }

    [Fact]
    public void Whatever_determines_the_numbers_changes_the_key()
    {
        var one = new ExperimentParameters();
        ExperimentParameters[] others =
        [
            one with { Width = 10_002 }, one with { C0 = 9 }, one with { Seed = 1 }, one with { Side = 27 }, one with { Digits = new([1], [0]) },
            one with { Bias = true }, one with { Strong = true }, one with { Limit = 2115 }, one with { Training = new() { Batch = 63 } },
        ];

        string[] keys = [.. others.Append(one).Select(p => CellKey.Of(p, Fingerprint)), CellKey.Of(one, new('c', 64))];
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }
}
