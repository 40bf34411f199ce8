using System.Text.Json;
using Microsoft.Playwright;
using OneStep.EndToEnd.Reports;
using OneStep.Tests.Studies;

namespace OneStep.EndToEnd.Cli;

/// <summary>The whole poster and what it builds on by the real program: once on MNIST, looked at in a browser, and killed on a toy data set.</summary>
public sealed class ReproduceTests(ReportBrowser browser) : IClassFixture<ReportBrowser>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task The_quick_profile_judges_every_claim_and_its_page_opens_without_a_complaint()
    {
        using var folder = new TemporaryFolder();
        using OneStepProcess process = OneStepProcess.Start("reproduce", "--profile", "quick", "--out", folder.File("out"), "--json", "--no-progress");
        ProcessOutcome run = process.WaitForExit(Patience);

        Assert.Equal(0, run.ExitCode);
        Assert.StartsWith("Profile quick: 684 experiments to run; about ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        using JsonDocument document = JsonDocument.Parse(run.Output);
        JsonElement[] claims = [.. document.RootElement.GetProperty("claims").EnumerateArray()];
        Assert.Equal(19, claims.Length);
        Assert.Equal(Enumerable.Repeat("poster", 9).Concat(Enumerable.Repeat("earlier", 4)).Concat(Enumerable.Repeat("own", 6)), claims.Select(claim => claim.GetProperty("group").GetString()));
        Assert.All(claims, claim => Assert.Contains(claim.GetProperty("verdict").GetString(), new[] { "holds", "holds-within" }));
        Assert.Equal(684, document.RootElement.GetProperty("estimate").GetProperty("cells").GetInt32());
        if (ReportBrowser.Executable is not null)
        {
            await Look(Path.Combine(folder.File("out"), "report.html"), ColorScheme.Light, 1280);
            await Look(Path.Combine(folder.File("out"), "report.html"), ColorScheme.Dark, 390);
        }
    }

    [SkippableFact]
    public void Killed_and_resumed_it_gives_the_same_claims_figures_and_tables()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has no kill -9.");
        using var folder = new TemporaryFolder();
        string data = Directory.CreateDirectory(folder.File("data")).FullName;
        StudyScenes.WriteIdx(data, classes: 10);
        string[] Run(string name, string threads) => ["reproduce", "--data", data, "--out", folder.File(name), "--threads", threads, "--no-progress"];
        Assert.Equal(0, OneStepProcess.Run(Run("whole", "2")).ExitCode);
        string killed = folder.File("killed");
        int kills = 0;
        for (int wanted = 20; wanted <= 500; wanted += 120)
        {
            using OneStepProcess process = OneStepProcess.Start(Run("killed", "1"));
            WaitForCells(killed, wanted);
            kills += process.KillHard() ? 1 : 0;
        }

        Assert.True(kills > 0, "No run was killed amidst its cells.");
        ProcessOutcome resumed = OneStepProcess.Run(Run("killed", "3"));

        Assert.Equal(0, resumed.ExitCode);
        Assert.Contains("are finished already", resumed.Error, StringComparison.Ordinal);
        Assert.Equal(Contents(folder.File("whole")), Contents(killed));
    }

    private async Task Look(string page, ColorScheme scheme, int width)
    {
        List<string> complaints = [];
        IPage shown = await browser.OpenAsync(page, scheme, width, complaints);
        JsonElement empty = await shown.EvaluateAsync<JsonElement>(
            "[...document.querySelectorAll('.plot')].filter(plot => plot.querySelectorAll('svg .role-mark path, svg .role-mark line').length === 0).map(plot => plot.dataset.figure)");

        Assert.Empty(complaints);
        Assert.Empty(empty.EnumerateArray().Select(figure => figure.GetString()));
        Assert.True(await shown.EvaluateAsync<bool>("document.querySelectorAll('.plot').length >= 20"), "Figures are missing.");
        Assert.True(
            await shown.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"The page is wider than {width} pixels.");
    }

    private static void WaitForCells(string folder, int count)
    {
        string cells = Path.Combine(folder, "cells");
        DateTime end = DateTime.UtcNow + Patience;
        while (!Directory.Exists(cells) || Directory.GetFiles(cells, "*.json").Length < count)
        {
            Assert.True(DateTime.UtcNow < end, $"There were never {count} finished cells.");
            Thread.Sleep(5);
        }
    }

    private static Dictionary<string, string> Contents(string folder) => new[] { "figures", "tables" }
        .SelectMany(subfolder => Directory.GetFiles(Path.Combine(folder, subfolder)))
        .Append(Path.Combine(folder, "claims.json"))
        .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllText);
}
