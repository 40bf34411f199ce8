using System.Text.RegularExpressions;
using OneStep.Claims;
using OneStep.Reproduction;
using OneStep.Reproduction.Sections;
using OneStep.Studies;

namespace OneStep.Tests.Reproduction;

public sealed class ReproductionReportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_claim_stands_there_with_verdict_number_rule_and_basis()
    {
        using ReproductionResult result = ReproductionScenes.Run(new CellStore(_folder.FullName));
        string page = Page(result);

        Assert.All(result.Claims, claim =>
        {
            Match item = Regex.Match(page, $"""<li class="claim" id="claim-{claim.Id}">.*?</li>""", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
            string text = System.Net.WebUtility.HtmlDecode(item.Value);
            Assert.Contains(claim.Statement, text, StringComparison.Ordinal);
            Assert.Contains($"{ClaimWords.Sign(claim.Verdict)}</span> {ClaimWords.Word(claim.Verdict)}", text, StringComparison.Ordinal);
            Assert.Contains(ClaimWords.Measured(claim), text, StringComparison.Ordinal);
            Assert.Contains(claim.Rule, text, StringComparison.Ordinal);
            Assert.Contains(claim.Basis, text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Sections_follow_the_poster_and_the_contents_lead_to_them()
    {
        using ReproductionResult result = ReproductionScenes.Run(new CellStore(_folder.FullName));
        string page = Page(result);

        string[] anchors = [.. Regex.Matches(page, "<a href=\"#(?<name>[a-z]+)\">", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["name"].Value)];
        string[] sections = [.. Regex.Matches(page, "<section id=\"(?<name>[a-z]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).Select(match => match.Groups["name"].Value)];
        Assert.Equal(["claims", "step", "images", "widths", "radii", "budgets", "phase", "deviation", "method"], sections);
        Assert.Equal(sections, anchors);
        Assert.Contains("<code>onestep reproduce</code>", page, StringComparison.Ordinal);
        Assert.Contains(result.Plan.DatasetFingerprint, page, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_attacks_deep_networks_and_few_pixels_have_sections_with_their_figures()
    {
        using ReproductionResult result = ReproductionScenes.Run(new CellStore(_folder.FullName), plan: ReproductionScenes.Plan(profile: ReproductionScenes.Others));
        Assert.Empty(result.Failures);
        var figures = ReproductionFigures.Of(result, CancellationToken.None);
        string page = Page(result);

        string[] Names(StudyRole role) => [.. figures.Studies.Single(study => study.Role == role).Sets.SelectMany(set => set.Figures).Select(figure => figure.Name)];
        Assert.Equal(["attacks-over-best", "attacks-passes"], Names(StudyRole.Attacks));

        // Of five images of noise the deep network may get none right, and then there is no size.
        Assert.Contains("deep-passes", Names(StudyRole.DeepAttacks));
        Assert.Equal(["hamming-hamming"], Names(StudyRole.Hamming));
        Assert.Contains("one-step", figures.All.Single(figure => figure.Name == "deep-passes").Table.Select(row => row[0]));
        Assert.Contains("trained: all outputs", figures.All.Single(figure => figure.Name == "hamming-hamming").Table.Select(row => row[0]));

        foreach ((string anchor, string title) in new[] { ("attacks", "One step is nearly as good"), ("deepattacks", "The same attacks on a deep network"), ("hamming", "Moving K outputs takes about K pixels") })
        {
            string section = page[page.IndexOf($"<section id=\"{anchor}\"", StringComparison.Ordinal)..];
            section = section[..section.IndexOf("</section>", StringComparison.Ordinal)];
            Assert.Contains(title, section, StringComparison.Ordinal);
            Assert.DoesNotContain("Nothing of this study", section, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_systems_that_the_poster_builds_on_have_sections_with_their_claims_and_a_count_of_their_own()
    {
        using ReproductionResult result = ReproductionScenes.Run(new CellStore(_folder.FullName), plan: ReproductionScenes.Plan(profile: ReproductionScenes.Earlier));
        Assert.Empty(result.Failures);
        string page = Page(result);

        (string Anchor, string? Claim)[] sections =
        [
            ("randomtwolayer", ClaimIds.RandomTwoLayerFlat), ("activations", null), ("randomdeep", ClaimIds.RandomDeepFlat), ("flow", ClaimIds.GradientFlowFlips),
            ("kernellimit", ClaimIds.KernelConverges), ("predictors", null), ("initialization", ClaimIds.InitializationMatters),
        ];
        Assert.All(sections, expected =>
        {
            string section = page[page.IndexOf($"<section id=\"{expected.Anchor}\"", StringComparison.Ordinal)..];
            section = section[..section.IndexOf("</section>", StringComparison.Ordinal)];
            Assert.DoesNotContain("for a figure", section, StringComparison.Ordinal);
            Assert.Contains("data-figure=", section, StringComparison.Ordinal);
            Assert.Contains($"<a href=\"#{expected.Anchor}\">", page, StringComparison.Ordinal);
            Assert.Equal(expected.Claim is not null, section.Contains("claim-line", StringComparison.Ordinal));
            if (expected.Claim is not null)
            {
                Assert.Contains(result.ClaimOf(expected.Claim).Statement, section, StringComparison.Ordinal);
            }
        });

        int poster = page.IndexOf("Claims of the poster</h3>", StringComparison.Ordinal);
        int earlier = page.IndexOf("Claims of the systems it builds on</h3>", StringComparison.Ordinal);
        Assert.InRange(page.IndexOf("id=\"claim-lazy-ball-respected\"", StringComparison.Ordinal), poster, earlier);
        Assert.True(page.IndexOf("id=\"claim-random-two-layer-flat\"", StringComparison.Ordinal) > earlier);
        Assert.Contains("Of the 9 claims of the poster, 9 were not measured. Of the 4 claims of the systems it builds on,", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Certificates_have_sections_and_stand_beside_what_training_reaches()
    {
        using ReproductionResult result = ReproductionScenes.Run(new CellStore(_folder.FullName), plan: ReproductionScenes.Plan(profile: ReproductionScenes.Certified));
        string page = Page(result);
        foreach (string anchor in new[] { "ballwide", "frontier", "budgetfrontier", "cone", "bracket" })
        {
            string section = page[page.IndexOf($"<section id=\"{anchor}\"", StringComparison.Ordinal)..];
            section = section[..section.IndexOf("</section>", StringComparison.Ordinal)];
            Assert.Contains("data-figure=", section, StringComparison.Ordinal);
            Assert.Equal(anchor != "budgetfrontier", section.Contains("claim-line", StringComparison.Ordinal));
        }

        Assert.Contains("Of the 6 claims of our own,", page, StringComparison.Ordinal);
        ReproductionFigures figures = ReproductionFigures.Of(result, CancellationToken.None);
        var drop = figures.All.Single(figure => figure.Name == "bounds-trained-below-certified-c0-5-width-16");
        Assert.Equal(["d = 16", "d = 25", "d = 36"], drop.Table.Skip(1).Select(row => row[0]).Distinct());
    }

    [Fact]
    public void What_is_missing_is_said_at_the_top()
    {
        var store = new CellStore(_folder.FullName);
        ReproductionPlan plan = ReproductionScenes.Plan();
        using ReproductionResult whole = ReproductionScenes.Run(store, plan: plan);
        foreach (StudyCell cell in plan.StudyOf(StudyRole.Phase)!.Plan.Cells)
        {
            File.Delete(Path.Combine(_folder.FullName, "cells", cell.Key + ".json"));
        }

        ReproductionResult partial = whole with
        {
            Studies = [.. plan.Studies.Select(study => new ReproducedStudy(study.Study, StudyResults.Read(study.Plan, store)))],
            Failures = [new(plan.StudyOf(StudyRole.Phase)!.Plan.Cells[0], "The <disk> is gone.")],
        };
        string page = Page(partial);

        Assert.Contains("18 of 60 experiments could not be computed", page[..page.IndexOf("<main>", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains("Nothing of this study is finished", page, StringComparison.Ordinal);
        Assert.Contains("The &lt;disk&gt; is gone.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("there is only one", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("‖δ‖ ∝ d^(−1/2)", "‖δ‖ ∝ d<sup>−1/2</sup>")]
    [InlineData("max ‖w_s − w_(s,0)‖ <", "max ‖w<sub>s</sub> − w<sub>s,0</sub>‖ &lt;")]
    [InlineData("plain", "plain")]
    public void Formulas_have_raised_and_lowered_letters(string text, string markup) => Assert.Equal(markup, FormulaText.Of(text).Markup);

    // Far below d = C0²/4 the size does not depend on d at all; far above it is a power of −1/2.
    [Fact]
    public void The_formula_of_the_flattening_has_its_two_limits()
    {
        Assert.Equal(-0.5, RadiusTable.FormulaSlope([1e6, 1e8], 1), precision: 4);
        Assert.Equal(0, RadiusTable.FormulaSlope([1, 10], 1e4), precision: 4);

        // Between d = 100 and 300 at C0 = 20: 50 + 50 and 150 + 50 under the root.
        Assert.Equal(-Math.Log(Math.Sqrt(2)) / Math.Log(3), RadiusTable.FormulaSlope([100, 300], 20), precision: 12);
    }

    [Fact]
    public void The_title_and_the_summary_count_verdicts()
    {
        Claim Judged(Verdict verdict) => new() { Id = "a", Statement = "s", ExpectedText = "t", Expected = 1, Verdict = verdict, Rule = "r", Basis = "b" };

        Assert.Equal("All 2 claims of the poster hold", HeadSection.Title([Judged(Verdict.Holds), Judged(Verdict.Holds)]));
        Assert.Equal("1 of 2 claims of the poster holds, none fails", HeadSection.Title([Judged(Verdict.Holds), Judged(Verdict.NotMeasured)]));
        Assert.Equal("1 of 2 claims of the poster fails", HeadSection.Title([Judged(Verdict.Holds), Judged(Verdict.Fails)]));
        // The title is of the poster; what it builds on has a count of its own.
        Claim earlier = Judged(Verdict.Fails) with { Group = ClaimGroup.Earlier };
        Assert.Equal("All 1 claims of the poster hold", HeadSection.Title([earlier, Judged(Verdict.Holds)]));
        Assert.Equal("Of the 1 claims of the poster, 1 holds. Of the 1 claims of the systems it builds on, 1 fails.", ClaimWords.Summary([earlier, Judged(Verdict.Holds)]));
        Assert.Equal(
            "Of the 4 claims of the poster, 1 holds, 2 hold within tolerance and 1 was not measured.",
            ClaimWords.Summary([Judged(Verdict.NotMeasured), Judged(Verdict.HoldsWithin), Judged(Verdict.Holds), Judged(Verdict.HoldsWithin)]));
    }

    private static string Page(ReproductionResult result)
    {
        using var writer = new StringWriter();
        ReproductionReport.Render(result, ReproductionFigures.Of(result, CancellationToken.None), ReproductionScenes.Provenance, writer);
        return writer.ToString();
    }
}
