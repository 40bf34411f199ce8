using System.Text.Json;

namespace OneStep.EndToEnd.Cli;

public class CompareTests
{
    [Fact]
    public void Attacks_are_compared_on_a_deep_network_of_three_classes_and_the_page_stands()
    {
        using var folder = new TemporaryFolder();
        string report = folder.File("compare.html");

        ProcessOutcome outcome = OneStepProcess.Run(
            ["compare", "--hidden", "24,12", "--digits", "0,1,2", "--side", "7", "--epochs", "1", "--limit", "30", "--json", "--no-progress", "--report", report]);

        Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.Error));
        using var document = JsonDocument.Parse(outcome.Output);
        JsonElement attacks = document.RootElement.GetProperty("attacks");
        Assert.Equal(
            ["one-step", "fgsm", "pgd", "deepfool", "ddn", "fmn", "gradient-flow", "boundary-walk"],
            attacks.EnumerateArray().Select(attack => attack.GetProperty("method").GetString()!));
        Assert.All(attacks.EnumerateArray(), attack =>
        {
            Assert.Equal(attack.GetProperty("flipped").GetInt32(), attack.GetProperty("verified").GetInt32());
            Assert.True(attack.GetProperty("passes").GetProperty("backward").GetDouble() >= 1);
            Assert.True(attack.GetProperty("median").GetDouble() > 0);
        });
        Assert.Equal(0, document.RootElement.GetProperty("violations").GetArrayLength());
        Assert.Contains("<h2 id=\"attacks-title\">", File.ReadAllText(report), StringComparison.Ordinal);
    }

    [Fact]
    public void A_budget_gives_a_rate_of_success()
    {
        ProcessOutcome outcome = OneStepProcess.Run(
            ["attack", "--method", "pgd", "--norm", "linf", "--budget", "0.02", "--width", "256", "--side", "7", "--limit", "50", "--json", "--no-progress"]);

        Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.Error));
        using var document = JsonDocument.Parse(outcome.Output);
        JsonElement attack = document.RootElement.GetProperty("attack");
        Assert.Equal("linf", attack.GetProperty("norm").GetString());
        JsonElement largest = attack.GetProperty("size").GetProperty("max");
        Assert.True(largest.ValueKind == JsonValueKind.Null || largest.GetDouble() <= 0.02);
        JsonElement examples = document.RootElement.GetProperty("examples");
        Assert.True(examples.GetProperty("flipped").GetInt32() + examples.GetProperty("notFlipped").GetInt32() > 0);
    }
}
