using System.Text.Json;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Experiments.Certification;
using OneStep.Training;

namespace OneStep.Tests.Cli;

public sealed class CertifyDeepTests : IDisposable
{
    private static readonly ExperimentParameters Deep = new() { Hidden = new([5, 4]), Training = new() { Ball = BallMode.None } };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_a_deep_network_every_bound_that_there_is_is_proved_unless_told_otherwise()
    {
        CliRun run = CliRun.Of("certify", "--hidden", "5,4", "--digits", "0,1,2,3,4,5,6,7,8,9", "--count", "30");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(new BracketOptions { Count = 30, LowerBounds = LowerBoundSet.All }, run.Backend.Bracketed);
        Assert.Equal((HiddenWidths.Parse("5,4"), ClassSplit.Parse("0,1,2,3,4,5,6,7,8,9")), (run.Backend.Asked!.Hidden, run.Backend.Asked.Digits));
        Assert.Null(run.Backend.Certified);
        Assert.Equal(new LowerBoundSet([LowerBoundKind.Linear]), CliRun.Of("certify", "--hidden", "5", "--lower-bounds", "linear").Backend.Bracketed!.LowerBounds);
    }

    [Fact]
    public void The_table_and_a_sentence_close_the_bracket_and_nothing_is_said_of_a_ball()
    {
        CliRun run = CliRun.Of("certify", "--hidden", "5,4");
        string[] lines = run.Output.Split('\n');
        int heading = Array.FindIndex(lines, line => line.Trim() == "nothing below");
        Assert.StartsWith(" best found", lines[heading - 1], StringComparison.Ordinal);
        Assert.Equal(["interval", "linear", "product"], lines[(heading + 1)..(heading + 4)].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]));
        Assert.Equal(["product", "0.0675", "0.750", "7/7", "-"], lines[heading + 3].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            "Proved in float64: nothing below 0.0675 flips the network, and 0.0872 does, in the median: by the product bound the shortest flip is at least 0.774 of the best found.", lines);
        Assert.Contains("Median ‖δ‖ of the best found: image 3, digit 1; nothing below 0.0675 flips it; this one of 0.0872 does", lines);
        Assert.Contains("product bound 1.5 s", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ball", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("W0", run.Output, StringComparison.Ordinal);
        Assert.All(lines.Where(line => line.Contains('─')), line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public void Json_has_the_names_of_certificates()
    {
        using var document = JsonDocument.Parse(CliRun.Of("certify", "--hidden", "5,4", "--json").Output);
        JsonElement root = document.RootElement;
        Assert.Equal(
            ["parameters", "training", "deviation", "cleanAccuracy", "examined", "certified", "summary", "inputs", "violations", "seconds"], root.EnumerateObject().Select(property => property.Name));
        JsonElement first = root.GetProperty("inputs")[0];
        Assert.Equal(["index", "label", "margin", "initialMargin", "oneStep", "best", "lowerBounds", "ratio"], first.EnumerateObject().Select(property => property.Name));
        Assert.Equal(JsonValueKind.Null, first.GetProperty("initialMargin").ValueKind);
        Assert.Equal(0.75 / 0.96875, first.GetProperty("ratio").GetDouble(), 1e-12);
        Assert.Equal(0.75 / 0.96875, root.GetProperty("summary").GetProperty("ratio").GetDouble(), 1e-12);
        Assert.Equal((100, 7), (root.GetProperty("certified").GetProperty("count").GetInt32(), root.GetProperty("certified").GetProperty("inputs").GetInt32()));
        Assert.Equal(["train", "oneStep", "best", "check", "lowerBounds"], root.GetProperty("seconds").EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void A_deep_network_in_a_file_is_bracketed()
    {
        CliRun run = CliRun.Run(new SyntheticBackend { Stored = Deep }, ["certify", "--load", Stored(), "--lower-bounds", "product"]);
        Assert.Equal((0, true, string.Empty), (run.ExitCode, run.Backend.AttackedLoaded, run.Error));
        Assert.Equal(new LowerBoundSet([LowerBoundKind.Product]), run.Backend.Bracketed!.LowerBounds);
    }

    [Fact]
    public void A_report_is_written_where_asked()
    {
        string report = _folder.At("bracket.html");
        CliRun run = CliRun.Of("certify", "--hidden", "5,4", "--report", report);
        Assert.True(File.Exists(report));
        Assert.Contains($"Report: {report}\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flip_below_a_bound_is_shown_and_fails()
    {
        CliRun run = CliRun.Run(new SyntheticBackend { Broken = [new(LowerBoundKind.Product, 0.25, PerturbationKind.Best, 3, 0.125)] }, ["certify", "--hidden", "5"]);
        const string Sentence = "the product bound says that nothing below 0.250000 flips image 3, but the best found perturbation of 0.125000 does.";
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"Violation: {Sentence}", run.Output, StringComparison.Ordinal);
        Assert.Equal($"Internal error: {Sentence}\n", run.Error);
    }

    [Theory]
    [InlineData("--radii measured", "--hidden excludes --radii, because a deep network has no lazy ball.")]
    [InlineData("--own-step", "--hidden excludes --own-step, because a deep network has no lazy ball.")]
    [InlineData("--corollary --budget 0.3", "--hidden excludes --corollary, because a deep network has no lazy ball.")]
    [InlineData("--c0 5", "--hidden excludes --c0, because a deep network has hidden layers of its own and no lazy ball.")]
    [InlineData("--lower-bounds none", "--hidden excludes --lower-bounds none, because nothing but bounds can be certified of a deep network.")]
    [InlineData("--lower-bounds spectral", "--lower-bounds is spectral, but must be all, none, or some of interval, linear, product for a deep network.")]
    [InlineData("--lower-bounds linear,quadratic", "--lower-bounds is linear,quadratic, but must be all, none, or some of interval, linear, product for a deep network.")]
    [InlineData("--count 0", "--count is 0, but must be an integer from 1 on.")]
    public void Wrong_usage_is_one_sentence(string arguments, string sentence)
    {
        CliRun run = CliRun.Of(["certify", "--hidden", "5,4", .. arguments.Split(' ')]);
        Assert.Equal((2, string.Empty, sentence + "\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Theory]
    [InlineData("--radii ball", "--load {0} excludes --radii, because a deep network has no lazy ball.")]
    [InlineData("--own-step", "--load {0} excludes --own-step, because a deep network has no lazy ball.")]
    [InlineData("--lower-bounds quadratic", "--lower-bounds is quadratic, but must be all, none, or some of interval, linear, product for a deep network.")]
    public void What_speaks_of_a_ball_is_refused_for_a_deep_network_in_a_file(string arguments, string sentence)
    {
        string path = Stored();
        CliRun run = CliRun.Run(new SyntheticBackend { Stored = Deep }, ["certify", "--load", path, .. arguments.Split(' ')]);
        Assert.Equal((2, string.Format(System.Globalization.CultureInfo.InvariantCulture, sentence, path) + "\n"), (run.ExitCode, run.Error));
    }

    private string Stored()
    {
        File.WriteAllText(_folder.At("stored.safetensors"), "any");
        return _folder.At("stored.safetensors");
    }
}
