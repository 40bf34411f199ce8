using System.Text.Json;

namespace OneStep.EndToEnd.Cli;

public class AttackTests
{
    private static readonly string[] Small = ["attack", "--width", "256", "--side", "7", "--limit", "100", "--seed", "1"];

    [Fact]
    public void Json_is_one_document_and_the_numbers_hang_together()
    {
        ProcessOutcome outcome = OneStepProcess.Run([.. Small, "--json", "--strong", "--no-progress"]);

        Assert.Equal((0, string.Empty), (outcome.ExitCode, outcome.Error));
        using var document = JsonDocument.Parse(outcome.Output);
        JsonElement root = document.RootElement;
        JsonElement examples = root.GetProperty("examples");
        string[] kinds = ["misclassified", "flipped", "notFlipped", "noLabel", "noDirection"];
        Assert.Equal(256, root.GetProperty("parameters").GetProperty("m").GetInt32());
        Assert.Equal(100, examples.GetProperty("total").GetInt32());
        Assert.Equal(100, kinds.Sum(k => examples.GetProperty(k).GetInt32()));
        Assert.Equal(examples.GetProperty("flipped").GetInt32(), root.GetProperty("verified").GetInt32());
        Assert.True(root.GetProperty("deviation").GetDouble() <= root.GetProperty("parameters").GetProperty("radius").GetDouble() * (1 + 1e-6));
        Assert.True(root.GetProperty("oneStepOverBest").GetProperty("median").GetDouble() >= 1);
    }

    [Fact]
    public void Redirected_text_is_plain()
    {
        ProcessOutcome outcome = OneStepProcess.Run(Small);

        Assert.Equal(0, outcome.ExitCode);
        Assert.StartsWith("Digits 0 against 1: d = 49, m = 256, C0 = 10, seed 1.\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains(" size ‖δ‖/‖x‖ ", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', outcome.Output);
    }

    [Fact]
    public void The_same_seed_gives_the_same_file_for_every_number_of_threads()
    {
        using var folder = new TemporaryFolder();
        string[] files = [.. new[] { "1", "2", "3" }.Select(threads => Save(threads, folder.File(threads)))];

        byte[] first = File.ReadAllBytes(files[0]);
        Assert.All(files, file => Assert.Equal(first, File.ReadAllBytes(file)));

        static string Save(string threads, string file)
        {
            Assert.Equal(0, OneStepProcess.Run([.. Small, "--threads", threads, "--save", file]).ExitCode);
            return file;
        }
    }

    [Fact]
    public void A_loaded_network_gives_the_numbers_it_was_saved_with()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("run.safetensors");

        ProcessOutcome saved = OneStepProcess.Run([.. Small, "--json", "--save", file]);
        ProcessOutcome loaded = OneStepProcess.Run("attack", "--json", "--load", file);

        Assert.Equal((0, 0), (saved.ExitCode, loaded.ExitCode));
        Assert.Equal(Numbers(saved.Output), Numbers(loaded.Output));
        Assert.Contains("\"training\": null", loaded.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_option_that_contradicts_the_loaded_file_is_wrong_usage()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("run.safetensors");
        Assert.Equal(0, OneStepProcess.Run([.. Small, "--save", file]).ExitCode);

        ProcessOutcome outcome = OneStepProcess.Run("attack", "--load", file, "--width", "512");

        Assert.Equal(new ProcessOutcome(2, string.Empty, $"--width is 512, but {file} was made with 256.\n"), outcome);
    }

    private static string Numbers(string json)
    {
        using var document = JsonDocument.Parse(json);
        string[] names = ["parameters", "deviation", "cleanAccuracy", "examples", "perturbationNorm", "gradientNorm", "stepSize", "margin", "verified"];
        return string.Join('\n', names.Select(n => document.RootElement.GetProperty(n).GetRawText()));
    }
}
