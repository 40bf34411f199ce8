using System.Text.Json;
using OneStep.Cli;
using OneStep.Experiments.Kinds;

namespace OneStep.Tests.Cli;

public class MeasureVerbTests
{
    private static readonly string[] Small = ["measure", "random-deep", "--dimension", "20", "--width", "30", "--depth", "2", "--networks", "7"];

    [Fact]
    public void Json_is_one_document_and_nothing_else()
    {
        CliRun run = CliRun.Of([.. Small, "--seed", "5", "--threads", "2", "--json"]);
        using var document = JsonDocument.Parse(run.Output);
        IMeasuredExperiment same = ExperimentKinds.Find("random-deep")!.Read(
            new Dictionary<string, string> { ["dimension"] = "20", ["width"] = "30", ["depth"] = "2", ["networks"] = "7" }, seed: 5);
        using var expected = JsonDocument.Parse(same.Run(images: null, new() { Threads = 1 }).Json);

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.All(
            expected.RootElement.EnumerateObject().Where(property => property.Name != "seconds"),
            property => Assert.Equal(property.Value.GetRawText(), document.RootElement.GetProperty(property.Name).GetRawText()));
    }

    [Fact]
    public void People_see_what_was_asked_for_then_counts_summaries_and_lists()
    {
        CliRun run = CliRun.Of([.. Small, "--longest-relative-step", "0.25"]);
        string[] lines = run.Output.Split('\n');

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Contains(
            "random-deep: dimension 20, depth 2, width 30, profile constant, ratio 4, longest relative step 0.25, networks 7, hidden widths 30,30, seed 0.", lines);
        int counts = Array.FindIndex(lines, line => line.StartsWith(" networks ", StringComparison.Ordinal) && line.EndsWith(" 7", StringComparison.Ordinal));
        int summaries = Array.FindIndex(lines, line => line.StartsWith(" scaled perturbation norm ", StringComparison.Ordinal));
        int lists = Array.FindIndex(lines, line => line.Contains("cosines: measured", StringComparison.Ordinal) && line.Contains("cosines: limit", StringComparison.Ordinal));
        Assert.True(0 < counts && counts < summaries && summaries < lists, run.Output);
        Assert.Equal(["mean", "median", "std", "min", "max"], lines[summaries - 2].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.All(lines.Where(line => line.Contains('─')), line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public void Rows_are_written_where_asked()
    {
        using var folder = new TemporaryFolder();
        CliRun run = CliRun.Of([.. Small, "--rows", folder.At("rows.csv")]);
        string[] lines = File.ReadAllLines(folder.At("rows.csv"));

        Assert.Contains($"Rows: {folder.At("rows.csv")}\n", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("network,status,inputNorm,margin,", lines[0], StringComparison.Ordinal);
        Assert.Equal(8, lines.Length);
        Assert.All(lines, line => Assert.Equal(lines[0].Count(c => c == ','), line.Count(c => c == ',')));
        Assert.Equal(["rows.csv"], folder.Names);
    }

    [Theory]
    [InlineData("onestep measure needs an experiment, one of random-two-layer, random-deep, gradient-flow")]
    [InlineData("There is no experiment 'random', only random-two-layer, random-deep, gradient-flow", "random")]
    [InlineData("--width is 0, but must be an integer from 1 to 10000000.", "random-two-layer", "--width", "0")]
    [InlineData("--width is wide, but must be an integer from 1 to 10000000.", "random-two-layer", "--width", "wide")]
    [InlineData("--activation is sine, but must be relu, tanh or softplus.", "random-two-layer", "--activation", "sine")]
    [InlineData("--width needs a value, an integer from 1 to 10000000.", "random-two-layer", "--width")]
    [InlineData("--width is given 2 times, but must be given once.", "random-two-layer", "--width", "1", "--width", "2")]
    [InlineData("--step-length is 1.5, but must be a number from 0.000001 to 1.", "gradient-flow", "--step-length", "1.5")]
    [InlineData("--threads is 0, but must be an integer from 1 to 1024.", "gradient-flow", "--threads", "0")]
    [InlineData("--seed is '-1', but must be an integer from 0 to 18446744073709551615.", "gradient-flow", "--seed", "-1")]
    [InlineData("onestep measure random-deep has no option --data; see 'onestep measure random-deep --help'.", "random-deep", "--data", "folder")]
    [InlineData("onestep measure random-deep has no option --dept, did you mean --depth; see 'onestep measure random-deep --help'.", "random-deep", "--dept", "3")]
    [InlineData("--rows is 'none/rows.csv', but its folder does not exist.", "gradient-flow", "--rows", "none/rows.csv")]
    public void Wrong_usage_is_one_sentence(string begin, params string[] arguments)
    {
        CliRun run = CliRun.Of(["measure", .. arguments]);

        Assert.Equal((ExitCodes.WrongUsage, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith(begin, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void An_interruption_ends_it_and_writes_nothing()
    {
        using var folder = new TemporaryFolder();
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        CliRun run = CliRun.Run(new SyntheticBackend(), [.. Small, "--rows", folder.At("rows.csv")], cancelled.Token);

        Assert.Equal((ExitCodes.Interrupted, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith("Interrupted while ", run.Error, StringComparison.Ordinal);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public void Every_kind_has_its_help_page()
    {
        Assert.All(ExperimentKinds.All, kind =>
        {
            CliRun run = CliRun.Of("measure", kind.Name, "--help");
            string[] lines = run.Output.Split('\n');
            Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
            Assert.All(kind.Parameters, parameter => Assert.Single(lines, line => line.StartsWith($"  --{parameter.Name} ", StringComparison.Ordinal)));
            Assert.Equal(kind.NeedsImages, run.Output.Contains("  --data DIR", StringComparison.Ordinal));
            Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        });
    }

    [Fact]
    public void The_help_pages_list_the_verb_and_its_experiments()
    {
        Assert.Contains("\n  measure    Run one experiment", CliRun.Of("--help").Output, StringComparison.Ordinal);
        string page = CliRun.Of("measure", "--help").Output;
        Assert.Contains("Usage: onestep measure EXPERIMENT [OPTION]...\n", page, StringComparison.Ordinal);
        Assert.All(ExperimentKinds.All, kind => Assert.Contains($"\n  {kind.Name} ", page, StringComparison.Ordinal));
    }
}
