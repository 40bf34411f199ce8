using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Reports;
using OneStep.Reports.Sections;

namespace OneStep.Tests.Reports;

public sealed partial class AttackReportTests
{
    private static readonly string Full = Render(SyntheticRun.Create().WithStrongAttacks());

    [Fact]
    public void Nothing_is_loaded_from_anywhere()
    {
        Assert.DoesNotMatch(Loading(), WithoutScripts(Full));
        Assert.DoesNotContain("sourceMappingURL", Full, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", Full, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", ReportAssets.Read("report.css"), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Full, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_placeholder_is_filled() => Assert.DoesNotContain("{{", WithoutScripts(Full), StringComparison.Ordinal);

    [Fact]
    public void Accuracy_under_attack_stands_in_a_section_of_its_own_where_it_was_measured()
    {
        Assert.DoesNotContain("id=\"robust\"", Full, StringComparison.Ordinal);
        string page = Render(SyntheticRun.Create(4).With(result => result with
        {
            RobustAccuracy = new()
            {
                Budgets = [0.25],
                Value = [0.5],
                Attacks = [new("one-step", [0.75]), new("pgd", [0.5])],
                Clipped = new([0.625], [new("pgd", [0.625])]),
                Warnings = ["Beware of <this>."],
            },
        }));
        Assert.Contains("id=\"robust\"", page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">pgd in [0, 1]</th>", page, StringComparison.Ordinal);
        Assert.Contains("Beware of &lt;this&gt;.", page, StringComparison.Ordinal);
        Assert.Matches("0\\.25</th>\\s*<td><data value=\"0\\.5\"", page);
    }

    [Fact]
    public void Every_image_says_what_it_shows()
    {
        MatchCollection images = Image().Matches(WithoutScripts(Full));
        Assert.Equal(18, images.Count);
        Assert.All(images, image => Assert.Matches("alt=\"[^\"]+\"", image.Value));
    }

    [Fact]
    public void Identifiers_are_unique_and_headings_descend_step_by_step()
    {
        string[] identifiers = [.. Identifier().Matches(WithoutScripts(Full)).Select(match => match.Groups["id"].Value)];
        Assert.Equal(identifiers.Length, identifiers.Distinct(StringComparer.Ordinal).Count());
        int[] levels = [.. Heading().Matches(WithoutScripts(Full)).Select(match => match.Groups["level"].Value[0] - '0')];
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, level => level == 1);
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
    }

    [Fact]
    public void What_the_caller_says_is_text()
    {
        const string Hostile = "</code><script>alert(1)</script>";
        ReportProvenance provenance = new() { Version = Hostile, Command = Hostile, InstructionSet = Hostile, OperatingSystem = Hostile, Processor = Hostile };
        ExperimentRun run = SyntheticRun.Create(4).WithStrongAttacks()
            .With(result => result with { DatasetFingerprint = Hostile, Strong = result.Strong! with { Attacks = [Hostile] } });
        string page = Render(run, provenance);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Equal(7, Regex.Count(page, Regex.Escape("&lt;/code&gt;&lt;script&gt;alert(1)&lt;/script&gt;"), RegexOptions.None, TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Data_cannot_close_the_script_that_holds_it()
    {
        JsonObject specification = new() { ["title"] = "</script><b>δ" };
        string text = FiguresSection.ScriptText(new("name", "title", "caption", specification));
        Assert.DoesNotContain('<', text);
        Assert.Equal("</script><b>δ", (string?)JsonNode.Parse(text)!["title"]);
    }

    [Fact]
    public void Statistics_of_nothing_are_dashes_and_figures_without_data_are_sentences()
    {
        string page = Render(SyntheticRun.Create(4, _ => ExampleStatus.NotFlipped)
            .With(result => result with { Training = null, Prediction = null, Parameters = result.Parameters with { Untrained = true } }));
        Assert.Equal(25, Regex.Count(page, "<td>–</td>", RegexOptions.None, TimeSpan.FromSeconds(5)));
        Assert.Contains("No image was flipped, so there is none to show.", page, StringComparison.Ordinal);
        Assert.Contains("attacked as initialised, so there are no training curves.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-figure=", WithoutScripts(page), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", WithoutScripts(page), StringComparison.Ordinal);
    }

    [Fact]
    public void Measured_stands_beside_predicted_with_all_digits_kept()
    {
        ExperimentResult result = SyntheticRun.Create().Result;
        Assert.Contains($"<data value=\"{result.StepSize.Median}\"", Full, StringComparison.Ordinal);
        Assert.Contains($"<data value=\"{result.Prediction!.StepSize.Median}\"", Full, StringComparison.Ordinal);
    }

    [Fact]
    public void Stronger_attacks_are_told_of_where_they_ran()
    {
        Assert.Contains("1.031 times as long", Full, StringComparison.Ordinal);
        Assert.Contains("<code>linearised(restarts: 4)</code>", Full, StringComparison.Ordinal);
        Assert.DoesNotContain("How near to the best one step is", Render(SyntheticRun.Create(4)), StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_of_classes_and_other_sides_are_shown_as_they_are()
    {
        string page = Render(SyntheticRun.Create(6, side: 5).With(result => result with { Parameters = result.Parameters with { Digits = new ClassSplit([0, 2], [1, 3]) } }));
        Assert.Contains("digits 0, 2 from digits 1, 3", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_licences_of_the_scripts_travel_with_them()
    {
        foreach (string name in new[] { "vega 6.4.0", "vega-lite 6.5.0", "vega-embed 7.3.0", "d3-scale" })
        {
            Assert.Contains(name, ReportAssets.Read("THIRD-PARTY-NOTICES.md"), StringComparison.Ordinal);
        }

        Assert.Contains("Redistributions in binary form must reproduce", Full, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_experiment_makes_the_same_page() => Assert.Equal(Full, Render(SyntheticRun.Create().WithStrongAttacks()));

    private static string Render(ExperimentRun run, ReportProvenance? provenance = null)
    {
        using var writer = new StringWriter();
        AttackReport.Render(run, provenance ?? SyntheticRun.Provenance, writer);
        return writer.ToString();
    }

    private static string WithoutScripts(string page) => Script().Replace(page, string.Empty);

    [GeneratedRegex("<script>.*?</script>", RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Script();

    [GeneratedRegex("<link|<iframe|<object|<base |(src|srcset|poster|data)=\"(?!data:)[^\"]*[/:]|href=\"(?!#)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Loading();

    [GeneratedRegex("<img [^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Image();

    [GeneratedRegex(" id=\"(?<id>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Identifier();

    [GeneratedRegex("<h(?<level>[1-6])[ >]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Heading();
}
