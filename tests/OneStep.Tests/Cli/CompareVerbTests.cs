using System.Text.Json;
using OneStep.Experiments;

namespace OneStep.Tests.Cli;

public sealed class CompareVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onestep-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_options_all_methods_get_the_first_hundred_images()
    {
        CliRun run = CliRun.Of("compare");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(ExperimentMethods.Compared, run.Backend.Methods);
        Assert.Equal(new ExperimentParameters { Limit = 100 }, run.Backend.Asked);
    }

    [Fact]
    public void The_table_has_a_row_a_method_with_size_passes_and_success()
    {
        CliRun run = CliRun.Of("compare", "--methods", "one-step,fgsm");
        string[] lines = run.Output.Split('\n');
        Assert.Contains(lines, line => line.StartsWith(" one-step", StringComparison.Ordinal) && line.Contains("ℓ2", StringComparison.Ordinal) && line.EndsWith("5/6", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith(" fgsm", StringComparison.Ordinal) && line.Contains("ℓ∞", StringComparison.Ordinal) && line.Contains("103", StringComparison.Ordinal));
        Assert.Contains("every attack was given the 6 that were classified correctly", run.Output, StringComparison.Ordinal);
        Assert.All(lines.Where(line => line.Contains('─')), line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public void Json_is_one_document_and_nothing_else()
    {
        CliRun run = CliRun.Of("compare", "--json", "--limit", "7", "--hidden", "64,32");
        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(ExperimentMethods.Compared.Count, document.RootElement.GetProperty("attacks").GetArrayLength());
        Assert.Equal((7, "64,32"), (run.Backend.Asked!.Limit, run.Backend.Asked.Hidden.ToString()));
    }

    [Fact]
    public void An_attack_that_is_beaten_by_one_it_contains_is_told_and_fails()
    {
        var backend = new SyntheticBackend { Violations = [new("boundary-walk", "one-step", 3, 0.125, 0.0625)] };
        CliRun run = CliRun.Run(backend, ["compare"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Violation: boundary-walk, which starts from one-step, found 0.125000 for image 3, where one-step found 0.0625000.", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("Internal error: boundary-walk", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loaded_network_is_compared_on_without_what_its_file_did_to_it()
    {
        string path = Path.Combine(_folder, "stored.safetensors");
        File.WriteAllText(path, "any");
        var stored = new ExperimentParameters { Width = 500, Limit = 50, Strong = true, Method = new() { Name = "fgsm" } };
        CliRun run = CliRun.Run(new SyntheticBackend { Stored = stored }, ["compare", "--load", path, "--methods", "fgsm"]);
        Assert.Equal((0, true), (run.ExitCode, run.Backend.AttackedLoaded));
        Assert.Equal(new ExperimentParameters { Width = 500, Limit = 100 }, run.Backend.Asked);
    }

    [Fact]
    public void A_report_is_written_where_asked()
    {
        string report = Path.Combine(_folder, "compare.html");
        CliRun run = CliRun.Of("compare", "--report", report);
        Assert.True(File.Exists(report));
        Assert.Contains($"Report: {report}\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--methods fgsm,fgsm", "--methods is 'fgsm,fgsm', but must be names between commas, each once, of ")]
    [InlineData("--methods magic", "--methods is 'magic', but must be names")]
    [InlineData("--strong", "--strong")]
    [InlineData("--save x", "--save")]
    public void Wrong_usage_is_one_sentence(string arguments, string begin)
    {
        CliRun run = CliRun.Of(["compare", .. arguments.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(begin, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }
}
