using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Reports;
using OneStep.Tests.Cli;

namespace OneStep.Tests.Reports;

public sealed partial class ComparisonReportTests
{
    private static readonly ComparisonRun Three = SyntheticExperiment.Compare(new(), ["one-step", "fgsm", "boundary-walk"], []);
    private static readonly string Page = Render(Three);

    [Fact]
    public void Every_attack_has_a_row_and_its_images()
    {
        Assert.All(Three.Result.Attacks, attack => Assert.Matches($"<th scope=\"row\">{attack.Method}</th>", Page));
        Assert.All(Three.Result.Attacks, attack => Assert.Contains($"<code>{attack.Attack}</code>", Page, StringComparison.Ordinal));

        // Two images, one a label, of three pictures for each of three attacks.
        Assert.Equal(18, Image().Count(Script().Replace(Page, string.Empty)));
        Assert.Matches("<b>x</b>(?s:.)*?>\\+ ε ·<(?s:.)*?<b>sign\\(∇J\\)</b>(?s:.)*?>=<(?s:.)*?<b>x′</b>", WebUtility.HtmlDecode(Page));
        Assert.DoesNotContain("{{", Script().Replace(Page, string.Empty), StringComparison.Ordinal);
    }

    [Fact]
    public void Attacks_of_one_norm_share_a_figure_and_none_is_told_by_colour_alone()
    {
        IReadOnlyList<Figure> figures = ComparisonReport.Figures(Three.Result);
        Assert.Equal(["cost-l2", "sizes-l2", "sizes-linf"], figures.Select(figure => figure.Name));

        JsonObject layer = (JsonObject)figures[0].Specification["layer"]![0]!;
        Assert.Equal([4, 404], ((JsonArray)layer["data"]!["values"]!).Select(row => (double)row!["passes"]!));
        Assert.Equal("log", (string?)layer["encoding"]!["x"]!["scale"]!["type"]);
        Assert.Equal("log", (string?)layer["encoding"]!["y"]!["scale"]!["type"]);
        Assert.Equal(2, ((JsonArray)layer["encoding"]!["shape"]!["scale"]!["range"]!).Select(shape => shape!.ToJsonString()).Distinct().Count());
        Assert.All(figures, figure => Assert.NotEmpty(figure.Table));
    }

    [Fact]
    public void Where_nothing_was_flipped_there_is_a_sentence()
    {
        ComparisonResult none = Three.Result with
        {
            Attacks = [.. Three.Result.Attacks.Select(attack => attack with
            {
                Size = new(null, null, null, null, null),
                Rows = [.. attack.Rows.Select(row => row with { Status = ExampleStatus.NotFlipped })],
            })],
        };
        string page = Render(Three with { Result = none });
        Assert.Empty(ComparisonReport.Figures(none));
        Assert.Contains("No image was flipped, so there is nothing to show.", page, StringComparison.Ordinal);
        Assert.Contains("None of them was flipped.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_violation_stands_at_the_head()
    {
        string page = Render(Three with { Result = Three.Result with { Violations = [new("boundary-walk", "one-step", 3, null, 0.5)] } });
        Assert.Contains("Internal error: boundary-walk starts from one-step and yet found nothing for image 3.", page, StringComparison.Ordinal);
    }

    private static string Render(ComparisonRun run)
    {
        using var writer = new StringWriter();
        ComparisonReport.Render(run, SyntheticRun.Provenance, writer);
        return writer.ToString();
    }

    [GeneratedRegex("<img ", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Image();

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Script();
}
