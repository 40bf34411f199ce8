using System.Text.Json;
using OneStep.Experiments;
using OneStep.Experiments.Certification;

namespace OneStep.Tests.Cli;

public sealed class CertifyVerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("onestep-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Without_options_the_first_hundred_images_are_certified_against_the_whole_ball()
    {
        CliRun run = CliRun.Of("certify");
        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(new ExperimentParameters(), run.Backend.Asked);
        Assert.Equal(new CertificationOptions { Count = 100, Radii = CertifiedRadii.Ball }, run.Backend.Certified);
    }

    [Fact]
    public void The_table_has_a_row_a_kind_and_sentences_say_what_it_means()
    {
        CliRun run = CliRun.Of("certify");
        string[] lines = run.Output.Split('\n');
        Assert.Contains(lines, line => line.StartsWith(" one step", StringComparison.Ordinal) && line.Contains("7/7", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith(" ball-wide", StringComparison.Ordinal) && line.Contains("2.50", StringComparison.Ordinal) && line.Contains("0.875", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith(" universal", StringComparison.Ordinal) && line.Contains("6/7", StringComparison.Ordinal));
        Assert.Contains(
            "7 of 7 images have a perturbation that flips every network of the ball, found from W0 alone and proved in float64; the trained network, one of them, falls to all of these.",
            lines);
        Assert.Contains("Universal: none found with ‖δ‖ ≤ 2.00 ‖x‖: 1 along the rays followed. There may be one all the same.", lines);
        Assert.Contains("Beside one step, in the median: best found 0.969, one query 1.75, ball-wide 2.50, universal 4.00 times as long.", lines);
        Assert.Contains("Clean accuracy 87.5 % on the first 8 test images, of which the 7 classified correctly were certified.", lines);
        Assert.All(lines.Where(line => line.Contains('─')), line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public void Json_is_one_document_and_nothing_else()
    {
        CliRun run = CliRun.Of("certify", "--json", "--count", "7", "--width", "500", "--radii", "measured");
        using var document = JsonDocument.Parse(run.Output);
        JsonElement first = document.RootElement.GetProperty("inputs")[0];
        Assert.Equal(
            ["index", "label", "margin", "initialMargin", "oneStep", "best", "oneQuery", "ballWide", "universal"],
            first.EnumerateObject().Select(property => property.Name));
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("inputs")[3].GetProperty("universal").ValueKind);
        JsonElement universal = document.RootElement.GetProperty("summary").GetProperty("universal");
        Assert.Equal((6, 1, 4), (universal.GetProperty("found").GetInt32(), universal.GetProperty("notFound").GetProperty("notFound").GetInt32(), universal.GetProperty("overOneStep").GetDouble()));
        Assert.Equal(
            ["train", "oneStep", "best", "oneQuery", "ballWide", "universal", "check"],
            document.RootElement.GetProperty("seconds").EnumerateObject().Select(property => property.Name));
        Assert.Equal(9.5, document.RootElement.GetProperty("cone").GetProperty("c0").GetDouble());
        Assert.Equal("measured", document.RootElement.GetProperty("certified").GetProperty("radii").GetString());
        Assert.Equal((500, 7, CertifiedRadii.Measured), (run.Backend.Asked!.Width, run.Backend.Certified!.Count, run.Backend.Certified.Radii));
    }

    [Fact]
    public void A_certificate_that_the_trained_network_withstands_is_told_and_fails()
    {
        CliRun run = CliRun.Run(new SyntheticBackend { Withstood = [new(PerturbationKind.BallWide, 3, 0.125)] }, ["certify"]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("Violation: the ball-wide perturbation of image 3 leaves the trained network, which lies in the ball, with y f(x+δ) = 0.125.", run.Output, StringComparison.Ordinal);
        Assert.StartsWith("Internal error: the ball-wide", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loaded_network_is_certified_without_what_its_file_did_to_it()
    {
        string path = Stored();
        var stored = new ExperimentParameters { Width = 500, Limit = 50, Strong = true, Method = new() { Name = "fgsm" } };
        CliRun run = CliRun.Run(new SyntheticBackend { Stored = stored }, ["certify", "--load", path]);
        Assert.Equal((0, true), (run.ExitCode, run.Backend.AttackedLoaded));
        Assert.Equal(new ExperimentParameters { Width = 500 }, run.Backend.Asked);
    }

    [Fact]
    public void A_report_is_written_where_asked()
    {
        string report = Path.Combine(_folder, "certify.html");
        CliRun run = CliRun.Of("certify", "--report", report);
        Assert.True(File.Exists(report));
        Assert.Contains($"Report: {report}\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_corollary_is_a_bound_beside_networks_that_resist()
    {
        CliRun run = CliRun.Of("certify", "--corollary", "--budget", "0.3", "--count", "32");
        Assert.Equal((0, string.Empty, (32, 0.3)), (run.ExitCode, run.Error, run.Backend.Bounded!.Value));
        Assert.Contains("No network of the ball classifies more than 62.5 % of the first 32 test images correctly at every point within ε = 0.300.", run.Output, StringComparison.Ordinal);
        string[] lines = run.Output.Split('\n');
        Assert.Contains(lines, line => line.StartsWith(" proved, jointly", StringComparison.Ordinal) && line.Contains("68.75 %", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith(" explicit W, constant", StringComparison.Ordinal) && line.Contains("53.12 %", StringComparison.Ordinal));
    }

    [Fact]
    public void The_corollary_as_json_has_its_names()
    {
        CliRun run = CliRun.Of("certify", "--corollary", "--budget", "0.3", "--json");
        using var document = JsonDocument.Parse(run.Output);
        JsonElement corollary = document.RootElement.GetProperty("corollary");
        Assert.Equal(
            ["budget", "count", "upperBound", "singleInputUpperBound", "jointUpperBound", "explicit"], corollary.EnumerateObject().Select(property => property.Name));
        Assert.Equal("balanced", corollary.GetProperty("explicit")[1].GetProperty("name").GetString());
    }

    [Fact]
    public void A_network_that_does_what_is_proved_impossible_is_an_internal_error()
    {
        CliRun run = CliRun.Run(new SyntheticBackend { KeptAtBound = 0.75 }, ["certify", "--corollary", "--budget", "0.3"]);
        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("Internal error: the answering network of the ball keeps 75 % at perturbations at which at most 68.75 % is proved possible.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--count 0", "--count is 0, but must be an integer from 1 on.")]
    [InlineData("--radii small", "--radii is 'small', but must be one of ball, measured.")]
    [InlineData("--limit 5", "--limit")]
    [InlineData("--save x", "--save")]
    [InlineData("--budget 0.3", "--budget needs --corollary")]
    [InlineData("--corollary", "--corollary needs --budget")]
    [InlineData("--corollary --budget -1", "--budget is -1, but must be a finite number from 0 on.")]
    [InlineData("--corollary --budget 1 --radii measured", "--corollary excludes --radii")]
    [InlineData("--corollary --budget 1 --own-step", "--corollary excludes --own-step")]
    [InlineData("--corollary --budget 1 --lower-bounds all", "--corollary excludes --lower-bounds")]
    [InlineData("--lower-bounds exact", "--lower-bounds is 'exact', but must be all, none, or some of global, interval, linear, spectral, quadratic, product, like spectral,quadratic.")]
    [InlineData("--lower-bounds product", "--lower-bounds is product, but must be all, none, or some of global, interval, linear, spectral, quadratic for a two-layer network.")]
    [InlineData("--corollary --budget 1 --report x.html", "--corollary excludes --report")]
    [InlineData("--corollary --budget 1 --epochs 3", "--corollary excludes --epochs, because nothing is trained.")]
    [InlineData("--corollary --budget 1 --adversarial-budget 0.2", "--corollary excludes --adversarial-budget, because nothing is trained.")]
    public void Wrong_usage_is_one_sentence(string arguments, string begin)
    {
        CliRun run = CliRun.Of(["certify", .. arguments.Split(' ')]);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(begin, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public void The_help_page_has_each_option_once_and_fits_eighty_columns()
    {
        string[] lines = CliRun.Of("certify", "--help").Output.Split('\n');
        Assert.All(
            (string[])["--count", "--radii", "--own-step", "--lower-bounds", "--corollary", "--budget", "--load", "--json", "--report", "--width", "--c0", "--hidden", "--data"],
            option => Assert.Single(lines, line => line.StartsWith($"  {option} ", StringComparison.Ordinal)));
        Assert.DoesNotContain(lines, line => line.StartsWith("  --limit", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.True(line.Length <= 80, line));
    }

    private string Stored()
    {
        string path = Path.Combine(_folder, "stored.safetensors");
        File.WriteAllText(path, "any");
        return path;
    }
}
