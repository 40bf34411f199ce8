using System.Text.Json;
using OneStep.Soundness;

namespace OneStep.Tests.Soundness;

/// <summary>The program that attacks certificates at length, on a few of its instances.</summary>
public class SoundnessRunTests
{
    [Fact]
    [Trait("Category", "Oracle")]
    public void No_certificate_of_two_hundred_random_balls_is_broken()
    {
        CheckTally[] tallies = SoundnessRun.Run(new() { Seed = 7, Count = 200, Threads = 2 });
        for (int i = 0; i < tallies.Length; i++)
        {
            Assert.True(tallies[i].Violations.Count == 0, $"{SoundnessRun.Checks[i].Name}, {string.Join('\n', tallies[i].Violations)}");
            Assert.Equal(200, tallies[i].Instances);
            Assert.True(tallies[i].Certificates > 0, SoundnessRun.Checks[i].Name);
            Assert.True(tallies[i].Attacks > 0, SoundnessRun.Checks[i].Name);
        }

        Assert.InRange(tallies.Sum(tally => tally.ExactMinima), 20, 200);
    }

    [Fact]
    public void An_instance_is_the_same_whatever_ran_before_it()
    {
        string together = Table(new() { Seed = 3, Count = 4, Threads = 2 });
        Assert.Equal(together, Table(new() { Seed = 3, Count = 4, Threads = 1 }));
        CheckTally[] sums = [.. SoundnessRun.Checks.Select(_ => CheckTally.Empty)];
        for (int index = 0; index < 4; index++)
        {
            CheckTally[] one = SoundnessRun.Run(new() { Seed = 3, First = index, Count = 1, Threads = 1 });
            for (int check = 0; check < sums.Length; check++)
            {
                sums[check].Add(one[check], index);
            }
        }

        Assert.Equal(together, SoundnessReport.Table(sums));
    }

    [Fact]
    public void A_claim_that_is_too_low_is_told_and_one_within_rounding_is_not()
    {
        var tally = new CheckTally();
        tally.Compare(claimed: -1, value: -1.5, error: 0, size: 2, "fine");
        tally.Compare(claimed: -1, value: -1 + 1e-13, error: 1e-12, size: 2, "rounding");
        Assert.Empty(tally.Violations);
        Assert.Equal(-5e-14, tally.SmallestSlack, 1e-15);
        tally.Compare(claimed: -1, value: -0.9, error: 1e-12, size: 2, "too low");
        tally.Compare(claimed: double.NaN, value: 0, error: 0, size: 2, "no number");
        tally.Violated("wrong");
        tally.Withstood();
        tally.Solved();
        Assert.Equal((5L, 3, 1L), (tally.Attacks, tally.Violations.Count, tally.ExactMinima));
        CheckTally all = CheckTally.Empty;
        all.Add(tally, 12);
        Assert.All(all.Violations, violation => Assert.StartsWith("instance 12: ", violation, StringComparison.Ordinal));
        all.Certified(7);
        Assert.Contains("\n1 instances, 7 certificates and bounds, 5 attacks, 1 exact minima, 3 violations.\n", SoundnessReport.Table([all]), StringComparison.Ordinal);
    }

    [Fact]
    public void The_document_holds_what_the_table_holds()
    {
        var options = new SoundnessOptions { Seed = 3, Count = 2, Threads = 1 };
        using var document = JsonDocument.Parse(SoundnessReport.Json(options, SoundnessRun.Run(options), seconds: 1.5));
        JsonElement root = document.RootElement;
        Assert.Equal((3, 0, 2), (root.GetProperty("seed").GetInt32(), root.GetProperty("first").GetInt32(), root.GetProperty("count").GetInt32()));
        Assert.Equal(SoundnessRun.Checks.Select(check => check.Name), root.GetProperty("checks").EnumerateArray().Select(check => check.GetProperty("name").GetString()));
        Assert.All(root.GetProperty("checks").EnumerateArray(), check => Assert.Equal(0, check.GetProperty("violations").GetInt32()));
        Assert.Equal(0, root.GetProperty("violations").GetArrayLength());
        Assert.Equal(0, root.GetProperty("checks")[0].GetProperty("exactMinima").GetInt64());
    }

    [Theory]
    [InlineData("--seed -1", "--seed", "'-1'", "0 to 2147483647")]
    [InlineData("--seed 99999999999", "--seed", "'99999999999'", "0 to 2147483647")]
    [InlineData("--seed", "--seed needs a value", "an integer from 0 to 2147483647")]
    [InlineData("--count 0", "--count", "'0'", "1 to 10000000")]
    [InlineData("--count 1.5", "--count", "'1.5'")]
    [InlineData("--count", "--count needs a value")]
    [InlineData("--first x", "--first", "'x'", "0 to 2147483647")]
    [InlineData("--first --json", "--first", "'--json'")]
    [InlineData("--first 2147483647 --count 5", "--first", "2147483647", "at most 2147483642 with --count 5")]
    [InlineData("--threads 1025", "--threads", "'1025'", "1 to 1024")]
    [InlineData("--threads two", "--threads", "'two'")]
    [InlineData("--json --threads", "--threads needs a value", "an integer from 1 to 1024")]
    [InlineData("--colour red", "--colour", "--seed")]
    [InlineData("12", "no option 12", "--seed")]
    public void Wrong_options_are_refused_in_a_sentence(string line, params string[] parts) =>
        Sentences.AssertFails(() => SoundnessOptions.Parse(line.Split(' ')), parts);

    [Fact]
    public void Options_are_read()
    {
        SoundnessOptions options = SoundnessOptions.Parse(["--seed", "5", "--count", "20", "--first", "100", "--threads", "3", "--json"]);
        Assert.Equal(new() { Seed = 5, Count = 20, First = 100, Threads = 3, Json = true }, options);
        Assert.Equal((1, 10_000, 0, false), (new SoundnessOptions().Seed, new SoundnessOptions().Count, new SoundnessOptions().First, new SoundnessOptions().Json));
    }

    private static string Table(SoundnessOptions options) => SoundnessReport.Table(SoundnessRun.Run(options));
}
