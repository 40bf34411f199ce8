using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OneStep.Experiments.Certification;
using OneStep.Reports;
using OneStep.Tests.Experiments;

namespace OneStep.Tests.Reports;

public sealed partial class CertificationReportTests
{
    private static readonly CertificationRun Run = CertificationExperiment.Run(
        new() { Side = 7, Width = 200, C0 = 1.5, TrainLimit = 500 }, new() { Count = 12, LowerBounds = new([LowerBoundKind.Interval, LowerBoundKind.Quadratic]) }, MnistData.All, new());

    private static readonly string Page = Render(Run);

    [Fact]
    public void The_page_has_a_row_a_kind_images_and_the_command()
    {
        Assert.All((string[])["one step", "best found", "one query", "ball-wide", "universal"], kind => Assert.Contains($"<th scope=\"row\">{kind}</th>", Page, StringComparison.Ordinal));
        Assert.Contains("One perturbation against every network of the ball of C₀ = 1.50", Page, StringComparison.Ordinal);
        Assert.Contains("12 of 12 correctly classified test images", Page, StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(SyntheticRun.Provenance.Command)!, Page, StringComparison.Ordinal);
        Assert.Contains("the first 12 classified correctly", Page, StringComparison.Ordinal);

        // The smallest, the median and the largest of each label, three pictures each, for the ball and for the bracket.
        Assert.Equal(36, Image().Count(Script().Replace(Page, string.Empty)));
        Assert.DoesNotContain("{{", Script().Replace(Page, string.Empty), StringComparison.Ordinal);
    }

    [Fact]
    public void The_figure_has_a_curve_a_kind_that_is_not_told_by_colour_alone()
    {
        IReadOnlyList<Figure> figures = CertificationReport.Figures(Run.Result);
        Assert.Equal(["certified-sizes", "certified-margins"], figures.Select(figure => figure.Name));
        JsonObject layer = (JsonObject)figures[0].Specification["layer"]![0]!;
        Assert.Equal(5 * 12, ((JsonArray)layer["data"]!["values"]!).Count);
        Assert.Equal(5, ((JsonArray)layer["encoding"]!["strokeDash"]!["scale"]!["range"]!).Select(dash => dash!.ToJsonString()).Distinct().Count());
        Assert.All(figures, figure => Assert.NotEmpty(figure.Table));
    }

    [Fact]
    public void Where_nothing_is_certified_the_page_says_so()
    {
        CertificationRun none = Run with
        {
            Result = Run.Result with
            {
                Inputs = [.. Run.Result.Inputs.Select(input => input with { Norms = [input.Norms[0], input.Norms[1], null, null, null] })],
                Sizes =
                [
                    .. Run.Result.Sizes.Take(2),
                    .. Run.Result.Sizes.Skip(2).Select(size => size with
                    {
                        Size = new(null, null, null, null, null),
                        OverOneStep = new(null, null),
                        Prediction = null,
                        Found = 0,
                        Flipped = 0,
                        NotFound = [(OneStep.Certificates.Vulnerability.CertificateOutcome.NotFound, 12)],
                    }),
                ],
            },
        };
        string page = Render(none);
        Assert.Contains("No perturbation was found against every network of the ball", page, StringComparison.Ordinal);
        Assert.Contains("Nothing was certified, so there is no image to show.", page, StringComparison.Ordinal);
        Assert.Single(CertificationReport.Figures(none.Result));
    }

    [Fact]
    public void A_violation_stands_at_the_head()
    {
        string page = Render(Run with { Result = Run.Result with { Violations = [new(PerturbationKind.Universal, 3, 0.5)] } });
        Assert.Contains("Internal error: the universal perturbation of image 3 does not flip the trained network", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Lower_bounds_are_rows_a_paragraph_and_captions()
    {
        Assert.Contains("<th scope=\"row\">nothing below, interval</th>", Page, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">nothing below, quadratic</th>", Page, StringComparison.Ordinal);
        string ratio = NumberText.Significant(Run.Result.LowerBounds[1].OverBest.Median);
        Assert.Contains($"In the median the quadratic bound is {ratio} of the shortest perturbation found", Page, StringComparison.Ordinal);
        Assert.Equal(6, Page.Split(" flips the trained network <span").Length - 1);
        CertifiedInput[] zeros = [.. Run.Result.Inputs.Where(input => input.Label == -1).OrderBy(input => input[PerturbationKind.Best])];
        Assert.Contains(
            $"Digit 0: nothing below {NumberText.RoundedDown(zeros[0].ProvedRadius!.Value)} flips it; this one of {NumberText.Significant(zeros[0][PerturbationKind.Best])} does <span", Page, StringComparison.Ordinal);
        Assert.Contains("quadratic bound took", Page, StringComparison.Ordinal);

        string without = Render(Run with { Result = Run.Result with { LowerBounds = [], Inputs = [.. Run.Result.Inputs.Select(input => input with { Radii = [] })] } });
        Assert.DoesNotContain("othing below", Script().Replace(without, string.Empty), StringComparison.Ordinal);
        Assert.Equal(18, Image().Count(Script().Replace(without, string.Empty)));
    }

    [Fact]
    public void A_broken_bound_stands_at_the_head()
    {
        string page = Render(Run with { Result = Run.Result with { BrokenBounds = [new(LowerBoundKind.Interval, 0.5, PerturbationKind.Best, 3, 0.25)] } });
        Assert.Contains(
            "Internal error: the interval bound says that nothing below 0.500000 flips image 3, but the best found perturbation of 0.250000 does.", page, StringComparison.Ordinal);
    }

    private static string Render(CertificationRun run)
    {
        using var writer = new StringWriter();
        CertificationReport.Render(run, SyntheticRun.Provenance, writer);
        return writer.ToString();
    }

    [GeneratedRegex("<img ", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Image();

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Script();
}
