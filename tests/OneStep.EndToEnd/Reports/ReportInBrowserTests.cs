using System.Text.Json;
using Microsoft.Playwright;
using OneStep.Attacks;
using OneStep.EndToEnd.Cli;
using OneStep.Experiments;
using OneStep.Reports;
using OneStep.Studies;
using OneStep.Tests.Reports;

namespace OneStep.EndToEnd.Reports;

/// <summary>Reports as a reader sees them. Pictures of every page are left in the folder <c>report-screenshots</c>.</summary>
public sealed class ReportInBrowserTests(ReportBrowser browser) : IClassFixture<ReportBrowser>
{
    private const string NoBrowser = "There is no Chromium on this machine.";

    private static readonly string Folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "report-screenshots")).FullName;

    [SkippableTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 400)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task Every_figure_is_drawn_without_a_complaint(ColorScheme scheme, int width)
    {
        Skip.If(ReportBrowser.Executable is null, NoBrowser);
        List<string> complaints = [];
        ExperimentRun run = SyntheticRun.Create().WithStrongAttacks();
        IPage page = await browser.OpenAsync(Write(run, $"full-{scheme}-{width}"), scheme, width, complaints);
        await page.ScreenshotAsync(new() { Path = Picture($"full-{scheme}-{width}"), FullPage = true });

        int expected = AttackFigures.Distributions(run.Result).Count + AttackFigures.Steps(run.Result).Count + AttackFigures.Training(run.Result).Count;
        int[] marks = await MarksOfEveryFigure(page);
        Assert.Equal(expected, marks.Length);
        Assert.All(marks, count => Assert.True(count > 0, "A figure has no marks."));
        Assert.Empty(complaints);
        Assert.True(await FitsTheWindow(page), $"The page is wider than {width} pixels.");
    }

    [SkippableFact]
    public async Task Figures_follow_the_reader_from_light_to_dark()
    {
        Skip.If(ReportBrowser.Executable is null, NoBrowser);
        List<string> complaints = [];
        IPage page = await browser.OpenAsync(Write(SyntheticRun.Create(), "changing"), ColorScheme.Light, 1280, complaints);
        const string Colour = "document.querySelector('.plot .role-axis-label text').getAttribute('fill')";
        string light = await page.EvaluateAsync<string>(Colour);

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.Locator("html[data-drawn=dark]").WaitForAsync();

        Assert.NotEqual(light, await page.EvaluateAsync<string>(Colour));
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task A_figure_can_be_saved_as_svg_png_and_specification_and_leads_nowhere_else()
    {
        Skip.If(ReportBrowser.Executable is null, NoBrowser);
        List<string> complaints = [];
        IPage page = await browser.OpenAsync(Write(SyntheticRun.Create(), "saving"), ColorScheme.Light, 1280, complaints);
        ILocator figure = page.Locator("[data-figure=relative-perturbation]");
        await figure.Locator("summary").ClickAsync();
        Assert.Equal(3, await figure.Locator(".vega-actions a").CountAsync());

        foreach (string kind in new[] { "SVG", "PNG" })
        {
            IDownload download = await page.RunAndWaitForDownloadAsync(() => figure.GetByText($"Save as {kind}").ClickAsync());
            Assert.Equal($"onestep-relative-perturbation.{kind.ToLowerInvariant()}", download.SuggestedFilename);
            Assert.True(new FileInfo(await download.PathAsync()).Length > 1000);
        }

        IDownload specification = await page.RunAndWaitForDownloadAsync(() => figure.GetByText("Save specification").ClickAsync());
        Assert.Equal("onestep-relative-perturbation.vl.json", specification.SuggestedFilename);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(await specification.PathAsync()));
        Assert.EndsWith("v6.json", json.RootElement.GetProperty("$schema").GetString(), StringComparison.Ordinal);

        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task A_run_in_which_nothing_was_flipped_makes_a_quiet_page()
    {
        Skip.If(ReportBrowser.Executable is null, NoBrowser);
        List<string> complaints = [];
        ExperimentRun run = SyntheticRun.Create(20, _ => ExampleStatus.NotFlipped)
            .With(result => result with { Training = null, Prediction = null, Parameters = result.Parameters with { Untrained = true } });
        IPage page = await browser.OpenAsync(Write(run, "nothing"), ColorScheme.Light, 1280, complaints);
        await page.ScreenshotAsync(new() { Path = Picture("nothing"), FullPage = true });

        Assert.Empty(await MarksOfEveryFigure(page));
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task One_image_of_which_theory_says_nothing_still_makes_figures()
    {
        Skip.If(ReportBrowser.Executable is null, NoBrowser);
        List<string> complaints = [];
        ExperimentRun run = SyntheticRun.Create(1, _ => ExampleStatus.Flipped, side: 2).With(result => result with
        {
            Training = null,
            Prediction = null,
            Rays = [.. result.Rays.Select(ray => ray with { Prediction = null })],
        });
        IPage page = await browser.OpenAsync(Write(run, "one"), ColorScheme.Light, 1280, complaints);
        await page.ScreenshotAsync(new() { Path = Picture("one"), FullPage = true });

        int[] marks = await MarksOfEveryFigure(page);
        Assert.Equal(6, marks.Length);
        Assert.All(marks, count => Assert.True(count > 0, "A figure has no marks."));
        Assert.Empty(complaints);
    }

    [SkippableFact]
    public async Task The_page_prints_on_white_even_when_read_in_the_dark()
    {
        Skip.If(ReportBrowser.Executable is null, NoBrowser);
        List<string> complaints = [];
        IPage page = await browser.OpenAsync(Write(SyntheticRun.Create(), "printed"), ColorScheme.Dark, 1280, complaints);
        await page.PdfAsync(new() { Path = Path.Combine(Folder, "printed.pdf"), Format = "A4" });
        await page.EmulateMediaAsync(new() { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        await page.ScreenshotAsync(new() { Path = Picture("printed"), FullPage = true });

        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        Assert.Empty(complaints);
    }

    [SkippableTheory]
    [InlineData(nameof(SyntheticStudy.Dimension), ColorScheme.Light, 1280)]
    [InlineData(nameof(SyntheticStudy.Dimension), ColorScheme.Dark, 390)]
    [InlineData(nameof(SyntheticStudy.OneSeed), ColorScheme.Light, 390)]
    [InlineData(nameof(SyntheticStudy.Budgets), ColorScheme.Dark, 1280)]
    [InlineData(nameof(SyntheticStudy.Phase), ColorScheme.Light, 390)]
    [InlineData(nameof(SyntheticStudy.Deviation), ColorScheme.Light, 1280)]
    [InlineData(nameof(SyntheticStudy.Other), ColorScheme.Dark, 1280)]
    [InlineData(nameof(SyntheticStudy.Words), ColorScheme.Light, 390)]
    public async Task Every_figure_of_a_study_is_drawn_without_a_complaint(string study, ColorScheme scheme, int width)
    {
        Skip.If(ReportBrowser.Executable is null, NoBrowser);
        string name = $"study-{study}-{scheme}-{width}";
        DirectoryInfo store = Directory.CreateTempSubdirectory("onestep-report-");
        StudyResults results = SyntheticStudy.Run(store.FullName, (string)typeof(SyntheticStudy).GetField(study)!.GetValue(null)!);
        IReadOnlyList<FigureSet> figures = StudyFigures.Of(results);
        store.Delete(recursive: true);
        using (StreamWriter writer = File.CreateText(Path.Combine(Folder, name + ".html")))
        {
            StudyReport.Render(results, figures, SyntheticRun.Provenance, writer);
        }

        List<string> complaints = [];
        IPage page = await browser.OpenAsync(Path.Combine(Folder, name + ".html"), scheme, width, complaints);
        await page.ScreenshotAsync(new() { Path = Picture(name), FullPage = true });

        int[] marks = await MarksOfEveryFigure(page);
        Assert.Equal(figures.Sum(set => set.Figures.Count), marks.Length);
        Assert.All(marks, count => Assert.True(count > 0, "A figure has no marks."));
        Assert.Empty(complaints);
        Assert.True(await FitsTheWindow(page), $"The page is wider than {width} pixels.");
    }

    [SkippableTheory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Every_figure_of_certificates_is_drawn_without_a_complaint(ColorScheme scheme, int width)
    {
        Skip.If(ReportBrowser.Executable is null, NoBrowser);
        string name = $"certificates-{scheme}-{width}";
        string file = Path.Combine(Folder, name + ".html");
        ProcessOutcome made = OneStepProcess.Run("certify", "--width", "256", "--side", "7", "--c0", "2", "--count", "12", "--no-progress", "--report", file);
        Assert.Equal((0, string.Empty), (made.ExitCode, made.Error));
        List<string> complaints = [];
        IPage page = await browser.OpenAsync(file, scheme, width, complaints);
        await page.ScreenshotAsync(new() { Path = Picture(name), FullPage = true });

        int[] marks = await MarksOfEveryFigure(page);
        Assert.Equal(2, marks.Length);
        Assert.All(marks, count => Assert.True(count > 0, "A figure has no marks."));
        Assert.True(await page.Locator("#images img").CountAsync() > 0);
        Assert.Empty(complaints);
        Assert.True(await FitsTheWindow(page), $"The page is wider than {width} pixels.");
    }

    private static string Write(ExperimentRun run, string name)
    {
        string file = Path.Combine(Folder, name + ".html");
        using StreamWriter writer = File.CreateText(file);
        AttackReport.Render(run, SyntheticRun.Provenance, writer);
        return file;
    }

    private static string Picture(string name) => Path.Combine(Folder, name + ".png");

    private static async Task<int[]> MarksOfEveryFigure(IPage page)
    {
        const string Count = "[...document.querySelectorAll('.plot')].map(plot => [...plot.querySelectorAll("
            + "'svg .mark-rect.role-mark path, svg .mark-line.role-mark path, svg .mark-symbol.role-mark path')].filter(mark => mark.getBBox().width > 0).length)";
        JsonElement counts = await page.EvaluateAsync<JsonElement>(Count);
        return [.. counts.EnumerateArray().Select(count => count.GetInt32())];
    }

    private static Task<bool> FitsTheWindow(IPage page) =>
        page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth");
}
