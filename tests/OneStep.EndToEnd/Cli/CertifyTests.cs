using System.Text.Json;

namespace OneStep.EndToEnd.Cli;

public class CertifyTests
{
    private static readonly string[] Small = ["certify", "--width", "256", "--side", "7", "--c0", "2", "--count", "12", "--seed", "1"];

    [Fact]
    public void Json_is_one_document_the_trained_network_falls_to_every_certificate_and_the_page_stands()
    {
        using var folder = new TemporaryFolder();
        string report = folder.File("certificates.html");

        ProcessOutcome outcome = OneStepProcess.Run([.. Small, "--json", "--no-progress", "--report", report]);

        Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.Error));
        using var document = JsonDocument.Parse(outcome.Output);
        JsonElement root = document.RootElement;
        Assert.Equal(12, root.GetProperty("inputs").GetArrayLength());
        Assert.Equal(0, root.GetProperty("violations").GetArrayLength());
        Assert.True(root.GetProperty("certified").GetProperty("holdsTrained").GetBoolean());
        string[] kinds = ["oneStep", "best", "oneQuery", "ballWide", "universal"];
        Assert.All(kinds, kind =>
        {
            JsonElement summary = root.GetProperty("summary").GetProperty(kind);
            Assert.Equal(summary.GetProperty("found").GetInt32(), summary.GetProperty("flipped").GetInt32());
            Assert.InRange(summary.GetProperty("found").GetInt32(), 1, 12);
            Assert.True(root.GetProperty("seconds").GetProperty(kind).GetDouble() >= 0);
        });

        // One query knows more than nothing, and the attack on the network itself more than that.
        Assert.All(root.GetProperty("inputs").EnumerateArray(), input =>
        {
            double[] norms = [.. kinds.Select(kind => input.GetProperty(kind)).Where(norm => norm.ValueKind == JsonValueKind.Number).Select(norm => norm.GetDouble())];
            Assert.Equal(norms[1], norms.Min());
            Assert.True(input.GetProperty("ballWide").ValueKind == JsonValueKind.Null || input.GetProperty("oneQuery").GetDouble() <= input.GetProperty("ballWide").GetDouble());
        });
        Assert.Contains("<h2 id=\"certificates-title\">", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_plain()
    {
        ProcessOutcome outcome = OneStepProcess.Run(Small);

        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith("Digits 0 against 1: d = 49, m = 256, C0 = 2, seed 1.\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(" ball-wide ", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Time: ", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', outcome.Output + outcome.Error);
    }

    [Fact]
    public void What_takes_more_than_two_seconds_tells_its_stages_on_standard_error()
    {
        // Several times as long as progress waits before it says anything.
        ProcessOutcome outcome = OneStepProcess.Run("certify", "--side", "14", "--width", "10000", "--count", "1000");

        Assert.Equal(0, outcome.ExitCode);
        string[] stages = ["best", "one query", "ball-wide", "universal", "checking"];
        Assert.Contains(stages, stage => outcome.Error.Contains(stage, StringComparison.Ordinal));
        Assert.DoesNotContain('\e', outcome.Error);
    }

    [Fact]
    public void A_loaded_network_is_certified_as_the_one_that_was_saved_and_radii_may_be_its_own()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("run.safetensors");
        string[] network = ["--width", "256", "--side", "7", "--c0", "2", "--seed", "1"];
        Assert.Equal(0, OneStepProcess.Run(["attack", .. network, "--limit", "20", "--save", file]).ExitCode);

        string[] trained = Sizes(["certify", .. network, "--count", "5"]);
        Assert.Equal(trained, Sizes("certify", "--load", file, "--count", "5"));
        Assert.NotEqual(trained, Sizes("certify", "--load", file, "--count", "5", "--radii", "measured"));
    }

    [Fact]
    public void A_deep_network_of_several_classes_is_bracketed_whether_trained_or_loaded()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("deep.safetensors");
        string report = folder.File("bracket.html");
        string[] network = ["--hidden", "16,8", "--side", "7", "--digits", "0,1,2", "--train-limit", "600", "--seed", "1"];
        Assert.Equal(0, OneStepProcess.Run(["attack", .. network, "--limit", "20", "--save", file]).ExitCode);

        ProcessOutcome outcome = OneStepProcess.Run(["certify", .. network, "--count", "8", "--json", "--no-progress", "--report", report]);
        Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.Error));
        using var trained = JsonDocument.Parse(outcome.Output);
        using var loaded = JsonDocument.Parse(OneStepProcess.Run("certify", "--load", file, "--count", "8", "--json").Output);
        Assert.Equal(trained.RootElement.GetProperty("inputs").GetRawText(), loaded.RootElement.GetProperty("inputs").GetRawText());
        Assert.All(trained.RootElement.GetProperty("inputs").EnumerateArray(), input => Assert.All(
            (string[])["interval", "linear", "product"],
            bound => Assert.InRange(input.GetProperty("lowerBounds").GetProperty(bound).GetDouble(), 1e-9, input.GetProperty("best").GetDouble())));
        Assert.Contains("<h2 id=\"images-title\">", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Fact]
    public void The_corollary_bounds_every_network_and_no_explicit_one_contradicts_it()
    {
        ProcessOutcome outcome = OneStepProcess.Run(
            "certify", "--corollary", "--budget", "0.5", "--width", "256", "--side", "7", "--c0", "1", "--count", "40", "--json", "--no-progress");

        Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.Error));
        using var document = JsonDocument.Parse(outcome.Output);
        JsonElement corollary = document.RootElement.GetProperty("corollary");
        double bound = corollary.GetProperty("upperBound").GetDouble();
        Assert.InRange(bound, 0, 0.99);
        Assert.All(corollary.GetProperty("explicit").EnumerateArray(), network =>
            Assert.InRange(network.GetProperty("accuracyAtBound").GetDouble(), 0, corollary.GetProperty("jointUpperBound").GetDouble()));
    }

    private static string[] Sizes(params string[] args)
    {
        ProcessOutcome outcome = OneStepProcess.Run([.. args, "--json", "--no-progress"]);
        Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.Error));
        using var document = JsonDocument.Parse(outcome.Output);
        return [.. document.RootElement.GetProperty("inputs").EnumerateArray().Select(input => input.GetRawText())];
    }
}
