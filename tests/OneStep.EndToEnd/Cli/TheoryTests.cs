using System.Text.Json;

namespace OneStep.EndToEnd.Cli;

public class TheoryTests
{
    [Fact]
    public void Json_is_one_document_and_the_numbers_hang_together()
    {
        ProcessOutcome outcome = OneStepProcess.Run("theory", "--dimension", "784", "--width", "1e4", "--c0", "5", "--json");

        Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.Error));
        using var document = JsonDocument.Parse(outcome.Output);
        JsonElement root = document.RootElement;
        Assert.Equal(0.05, root.GetProperty("parameters").GetProperty("radius").GetDouble(), 1e-12);

        // Measured over random networks by independent code: docs/mathematics.md §5.
        double own = root.GetProperty("meanField").GetProperty("perturbationNorm").GetProperty("mean").GetDouble();
        double ballWide = root.GetProperty("certificates").GetProperty("alongGradient").GetProperty("mean").GetDouble();
        Assert.InRange(own, 0.026, 0.032);
        Assert.InRange(ballWide, 0.15, 0.18);
        Assert.True(root.GetProperty("window").GetProperty("isEmpty").GetBoolean());
        Assert.False(root.GetProperty("window").GetProperty("containsWidth").GetBoolean());
    }

    [Fact]
    public void Redirected_text_is_plain()
    {
        ProcessOutcome outcome = OneStepProcess.Run("theory", "--dimension", "100", "--width", "1000", "--c0", "1");

        Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.Error));
        Assert.Contains("d = 100, m = 1000, C0 = 1", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', outcome.Output);
    }
}
