using System.Text.Json;
using OneStep.Experiments.Certification;

namespace OneStep.Tests.Cli;

public class CertifyLowerBoundsTests
{
    [Fact]
    public void Bounds_are_rows_below_the_perturbations_and_a_sentence_closes_the_bracket()
    {
        CliRun run = CliRun.Of("certify", "--lower-bounds", "all");
        Assert.Equal((0, LowerBoundSet.All), (run.ExitCode, run.Backend.Certified!.LowerBounds));
        string[] lines = run.Output.Split('\n');
        int heading = Array.FindIndex(lines, line => line.Trim() == "nothing below");
        Assert.StartsWith(" universal", lines[heading - 1], StringComparison.Ordinal);
        Assert.Equal(
            ["global", "interval", "linear", "spectral", "quadratic"], lines[(heading + 1)..(heading + 6)].Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]));
        Assert.Equal(["quadratic", "0.0843", "0.937", "-", "7/7", "-"], lines[heading + 5].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(
            "Proved in float64: nothing below 0.0843 flips the trained network, and 0.0872 does, in the median: by the quadratic bound the shortest flip is at least 0.967 of the best found.", lines);
        Assert.Contains("spectral bound 1.5 s", run.Output, StringComparison.Ordinal);
        Assert.All(lines.Where(line => line.Contains('─')), line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public void Without_the_option_nothing_is_said_of_bounds()
    {
        CliRun run = CliRun.Of("certify");
        Assert.DoesNotContain("othing below", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("lowerBounds", CliRun.Of("certify", "--json").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_asked_radii_of_every_input_their_medians_and_the_ratio()
    {
        using var document = JsonDocument.Parse(CliRun.Of("certify", "--json", "--lower-bounds", "quadratic,global").Output);
        JsonElement first = document.RootElement.GetProperty("inputs")[0];
        Assert.Equal(["global", "quadratic"], first.GetProperty("lowerBounds").EnumerateObject().Select(property => property.Name));
        Assert.Equal(0.9375 * 0.075, first.GetProperty("lowerBounds").GetProperty("quadratic").GetDouble());
        Assert.Equal(0.9375 / 0.96875, first.GetProperty("ratio").GetDouble(), 1e-12);
        JsonElement summary = document.RootElement.GetProperty("summary");
        Assert.Equal(0.25 * 0.09, summary.GetProperty("lowerBounds").GetProperty("global").GetProperty("median").GetDouble(), 1e-12);
        Assert.Equal(
            ["median", "mean", "std", "min", "max", "overOneStep", "overBest", "proved"],
            summary.GetProperty("lowerBounds").GetProperty("quadratic").EnumerateObject().Select(property => property.Name));
        Assert.Equal(0.9375 / 0.96875, summary.GetProperty("ratio").GetDouble(), 1e-12);
        Assert.Equal(1.5, document.RootElement.GetProperty("seconds").GetProperty("lowerBounds").GetProperty("global").GetDouble());
    }

    [Fact]
    public void The_ratio_is_that_of_the_tightest_bound_that_was_asked_for()
    {
        using var document = JsonDocument.Parse(CliRun.Of("certify", "--json", "--lower-bounds", "spectral,global").Output);
        Assert.Equal(0.625 / 0.96875, document.RootElement.GetProperty("inputs")[0].GetProperty("ratio").GetDouble(), 1e-12);
        Assert.Equal(0.625 / 0.96875, document.RootElement.GetProperty("summary").GetProperty("ratio").GetDouble(), 1e-12);
    }

    [Fact]
    public void A_flip_below_a_bound_is_shown_and_fails()
    {
        var backend = new SyntheticBackend { Broken = [new(LowerBoundKind.Quadratic, 0.25, PerturbationKind.Best, 3, 0.125)] };
        CliRun run = CliRun.Run(backend, ["certify", "--lower-bounds", "all"]);
        const string sentence = "the quadratic bound says that nothing below 0.250000 flips image 3, but the best found perturbation of 0.125000 does.";
        Assert.Equal(1, run.ExitCode);
        Assert.Contains($"Violation: {sentence}", run.Output, StringComparison.Ordinal);
        Assert.Equal($"Internal error: {sentence}\n", run.Error);

        using var document = JsonDocument.Parse(CliRun.Run(backend, ["certify", "--json", "--lower-bounds", "all"]).Output);
        JsonElement violation = document.RootElement.GetProperty("violations")[0];
        Assert.Equal(("quadratic", 0.25, "best", 3, 0.125), (
            violation.GetProperty("bound").GetString(),
            violation.GetProperty("radius").GetDouble(),
            violation.GetProperty("kind").GetString(),
            violation.GetProperty("index").GetInt32(),
            violation.GetProperty("norm").GetDouble()));
    }
}
