using System.Text.Json;
using OneStep.Cli;
using OneStep.Theory;

namespace OneStep.Tests.Cli;

public class TheoryVerbTests
{
    [Fact]
    public void Json_is_one_document_of_the_forecast()
    {
        CliRun run = CliRun.Of("theory", "--dimension", "400", "--width", "3000", "--c0", "2.5", "--gamma", "0.01", "--json");
        using var document = JsonDocument.Parse(run.Output);
        JsonElement root = document.RootElement;
        TheoryForecast forecast = TheoryForecast.Of(new() { InputDimension = 400, Width = 3000, C0 = 2.5, FailureProbability = 0.01 });

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal(["parameters", "meanField", "certificates", "window"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"dimension":400,"width":3000,"c0":2.5,"gamma":0.01,"radius":0.04564354645876384}""", JsonSerializer.Serialize(root.GetProperty("parameters")));
        Assert.Equal(forecast.PerturbationNorm.Median, root.GetProperty("meanField").GetProperty("perturbationNorm").GetProperty("median").GetDouble());
        Assert.Equal(forecast.AlongGradient.Mean, root.GetProperty("certificates").GetProperty("alongGradient").GetProperty("mean").GetDouble());
        Assert.Equal(forecast.LargestC0AlongOutputWeights, root.GetProperty("certificates").GetProperty("alongOutputWeights").GetProperty("largestC0").GetDouble());
        Assert.Equal(forecast.Window.LargestWidth, root.GetProperty("window").GetProperty("largestWidth").GetDouble());
        Assert.True(root.GetProperty("window").GetProperty("isEmpty").GetBoolean());
    }

    [Fact]
    public void People_see_predictions_expectations_and_the_window_with_its_remark()
    {
        CliRun run = CliRun.Of("theory");
        string[] lines = run.Output.Split('\n');

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.Equal("What theory says of d = 784, m = 10000, C0 = 10, V = C0/√m = 0.100", lines[0]);
        Assert.Contains(lines, line => line.StartsWith(" ‖δ‖ for the ball, -y ∇f ", StringComparison.Ordinal) && line.Contains("0.325", StringComparison.Ordinal));
        Assert.Contains("One perturbation for the whole ball, along -y ∇f(x; W0): certificates can be expected; such certificates end near C0 = 22.", run.Output, StringComparison.Ordinal);
        Assert.Contains("Every network of the ball by its own step, as in the theorem: no certificate can be expected.", lines);
        Assert.Contains("to exp(d^0.24) = 141, which is empty.", run.Output, StringComparison.Ordinal);
        Assert.Contains("empty for every d from 2 to 2972162", run.Output, StringComparison.Ordinal);
        Assert.All(lines.Where(line => line.Contains('─')), line => Assert.InRange(line.Length, 1, 80));
    }

    [Fact]
    public void A_width_of_the_window_is_said_to_be_one() =>
        Assert.Contains(", which holds this width.", CliRun.Of("theory", "--dimension", "10000000", "--width", "1e17").Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("--dimension is 1, but must be an integer from 2 to 2147483647.", "--dimension", "1")]
    [InlineData("--dimension is 'many', but must be an integer from 2 to 2147483647.", "--dimension", "many")]
    [InlineData("--width is 0.5, but must be a whole number from 1 to 1e18.", "--width", "0.5")]
    [InlineData("--c0 is -1, but must be a number from 0 to 1000000.", "--c0", "-1")]
    [InlineData("--c0 is NaN, but must be a number from 0 to 1000000.", "--c0", "NaN")]
    [InlineData("--gamma is 1, but must be a number above 0 and below 1.", "--gamma", "1")]
    public void Wrong_usage_is_one_sentence(string sentence, params string[] arguments)
    {
        CliRun run = CliRun.Of(["theory", .. arguments]);

        Assert.Equal((ExitCodes.WrongUsage, string.Empty, sentence + "\n"), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public void The_help_page_names_every_option_and_fits_eighty_columns()
    {
        CliRun run = CliRun.Of("theory", "--help");
        string[] lines = run.Output.Split('\n');

        Assert.Equal((0, string.Empty), (run.ExitCode, run.Error));
        Assert.All((string[])["--dimension", "--width", "--c0", "--gamma", "--json"], option =>
            Assert.Single(lines, line => line.StartsWith("  " + option, StringComparison.Ordinal)));
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("\n  theory     Predict", CliRun.Of("--help").Output, StringComparison.Ordinal);
    }
}
