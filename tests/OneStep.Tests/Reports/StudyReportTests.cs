using OneStep.Reports;
using OneStep.Studies;

namespace OneStep.Tests.Reports;

public sealed class StudyReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_says_what_was_studied_what_was_found_and_how_to_run_it_again()
    {
        string page = Page(SyntheticStudy.Run(_folder.At("store"), SyntheticStudy.Dimension));

        Assert.Contains("<h1>Dimension</h1>", page, StringComparison.Ordinal);
        Assert.Contains("36 of 36", page, StringComparison.Ordinal);
        Assert.Contains("<code>onestep attack --width 10000", page, StringComparison.Ordinal);
        Assert.Contains("256-bit vectors", page, StringComparison.Ordinal);
        Assert.Contains(new string('b', 64), page, StringComparison.Ordinal);
        Assert.DoesNotContain("missing or failed", page, StringComparison.Ordinal);
        Assert.DoesNotContain("{{", page[..page.IndexOf("<script>", StringComparison.Ordinal)], StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_cells_are_named_at_the_top()
    {
        string page = Page(SyntheticStudy.Run(_folder.At("store"), SyntheticStudy.Dimension, cell => cell.Index is not (3 or 7)));

        int notice = page.IndexOf("2 cells are missing or failed", StringComparison.Ordinal);
        Assert.InRange(notice, 1, page.IndexOf("<main>", StringComparison.Ordinal));
        Assert.Contains("c0=10 side=7 seed=0; c0=10 side=10 seed=1.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Failed_cells_are_named_with_the_reason()
    {
        string store = _folder.At("store");
        StudyResults results = SyntheticStudy.Run(store, SyntheticStudy.Dimension, cell => cell.Index != 3);
        Assert.DoesNotContain("could not be computed", Page(results), StringComparison.Ordinal);
        new CellStore(store).WriteFailure(
            results.Missing[0].Experiment, results.Plan.DatasetFingerprint, "A reason with <angles>.", new("0.1.0", "256-bit vectors", 2, 1));

        string page = Page(StudyResults.Read(results.Plan, new CellStore(store)));

        Assert.Contains("<li>c0=10 side=7 seed=0: A reason with &lt;angles&gt;.</li>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_study_file_says_is_text()
    {
        string page = Page(SyntheticStudy.Run(_folder.At("store"), SyntheticStudy.OneSeed.Replace("One seed", "'<script>alert(1)</script>'", StringComparison.Ordinal)));
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_of_words_has_a_table_and_no_figures()
    {
        string page = Page(SyntheticStudy.Run(_folder.At("store"), SyntheticStudy.Words));
        Assert.DoesNotContain("data-figure=\"", page, StringComparison.Ordinal);
        Assert.Contains("""<th scope="row">antisymmetric</th>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_and_tables_do_not_depend_on_how_the_cells_were_computed()
    {
        string[] first = Write("first", 1.5);
        string[] second = Write("second", 99);

        Assert.Equal(first, second);
        Assert.Contains("tables/cells.csv", first);
        Assert.Contains("figures/relative-perturbation.vl.json", first);
        Assert.Contains("tables/over-seeds.csv", first);
        Assert.Equal("report.html", first[^1]);
        Assert.All(first[..^1], file => Assert.Equal(File.ReadAllBytes(_folder.At("first-report/" + file)), File.ReadAllBytes(_folder.At("second-report/" + file))));
    }

    private string[] Write(string name, double seconds)
    {
        StudyResults results = SyntheticStudy.Run(_folder.At(name), SyntheticStudy.Dimension, seconds: seconds);
        var table = new StudyTable(results.Plan, new CellStore(_folder.At(name)));
        return [.. new StudyReportFolder(results, StudyFigures.Of(results)).Write(
            _folder.At(name + "-report"), SyntheticRun.Provenance, table.Cells([.. results.Cells.Select(cell => cell.Cell)]))];
    }

    private static string Page(StudyResults results)
    {
        using var writer = new StringWriter();
        StudyReport.Render(results, StudyFigures.Of(results), SyntheticRun.Provenance, writer);
        return writer.ToString();
    }
}
