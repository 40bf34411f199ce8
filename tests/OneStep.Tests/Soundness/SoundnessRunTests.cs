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
        Assert.Equal((4L, 3), (tally.Attacks, tally.Violations.Count));
        CheckTally all = CheckTally.Empty;
        all.Add(tally, 12);
        Assert.All(all.Violations, violation => Assert.StartsWith("instance 12: ", violation, StringComparison.Ordinal));
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
    }

    [Theory]
    [InlineData("--seed", "-1", "seed", "-1")]
    [InlineData("--count", "0", "count", "0")]
    [InlineData("--first", "x", "first", "x")]
    [InlineData("--threads", null, "threads", "an integer from 1 on")]
    [InlineData("--colour", "red", "--colour", "--seed")]
    public void Wrong_options_are_refused_in_a_sentence(string name, string? value, string culprit, string told) =>
        Sentences.AssertFails(() => SoundnessOptions.Parse(value is null ? [name] : [name, value]), culprit, told);

    [Fact]
    public void Options_are_read()
    {
        SoundnessOptions options = SoundnessOptions.Parse(["--seed", "5", "--count", "20", "--first", "100", "--threads", "3", "--json"]);
        Assert.Equal(new() { Seed = 5, Count = 20, First = 100, Threads = 3, Json = true }, options);
        Assert.Equal((1, 10_000, 0, false), (new SoundnessOptions().Seed, new SoundnessOptions().Count, new SoundnessOptions().First, new SoundnessOptions().Json));
    }

    private static string Table(SoundnessOptions options) => SoundnessReport.Table(SoundnessRun.Run(options));
}
