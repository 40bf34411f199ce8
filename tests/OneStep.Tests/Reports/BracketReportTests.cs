using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using OneStep.Experiments.Certification;
using OneStep.Reports;
using OneStep.Tests.Experiments;
using OneStep.Tests.Experiments.Certification;

namespace OneStep.Tests.Reports;

public sealed partial class BracketReportTests
{
    private static readonly BracketRun Run = BracketExperiment.Find(
        DeepBracketTests.Network("0,1,2"), new() { Count = 14, LowerBounds = new([LowerBoundKind.Linear, LowerBoundKind.Product]) }, MnistData.All, new());

    private static readonly string Page = Render(Run);

    [Fact]
    public void The_page_has_a_title_a_row_a_kind_and_a_bound_images_and_the_command()
    {
        BracketResult result = Run.Result;
        string below = NumberText.RoundedDown(result.LowerBounds.Max(bound => bound.Radius.Median));
        Assert.Contains($"<h1>Nothing below {below} flips the network, {NumberText.Significant(result[PerturbationKind.Best].Size.Median)} does</h1>", Page, StringComparison.Ordinal);
        Assert.Contains($"at least {NumberText.RoundedDown(result.Ratio)} of the length of the shortest found", Page, StringComparison.Ordinal);
        Assert.All(
            (string[])["one step", "best found", "nothing below, linear", "nothing below, product"],
            name => Assert.Contains($"<th scope=\"row\">{name}</th>", Page, StringComparison.Ordinal));
        Assert.Contains("tells digit 0, digit 1 and digit 2 apart", Page, StringComparison.Ordinal);
        Assert.Contains(System.Net.WebUtility.HtmlEncode(SyntheticRun.Provenance.Command)!, Page, StringComparison.Ordinal);
        Assert.Contains("product bound took", Page, StringComparison.Ordinal);
        Assert.DoesNotContain("ball", Script().Replace(Page, string.Empty).Split("<main")[1], StringComparison.Ordinal);
        Assert.DoesNotContain("{{", Script().Replace(Page, string.Empty), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_image_shows_the_flip_and_says_below_what_there_is_none()
    {
        int[] labels = [.. Run.Bracketed.Labels];
        int shown = labels.Distinct().Sum(label => Math.Min(3, labels.Count(one => one == label)));
        Assert.Equal(3 * shown, Image().Count(Script().Replace(Page, string.Empty)));
        Assert.Equal(shown, Page.Split(" does <span class=\"quiet\">image ").Length - 1);
        CertifiedInput[] ones = [.. Run.Result.Inputs.Where(input => input.Label == 1).OrderBy(input => input[PerturbationKind.Best])];
        Assert.Contains(
            $"Digit 1: nothing below {NumberText.RoundedDown(ones[0].ProvedRadius!.Value)} flips it; this one of {NumberText.Significant(ones[0][PerturbationKind.Best])} does <span", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_figure_has_a_curve_a_bound_and_a_kind()
    {
        Figure figure = Assert.Single(BracketReport.Figures(Run.Result));
        var layer = (JsonObject)figure.Specification["layer"]![0]!;
        Assert.Equal(4 * 14, ((JsonArray)layer["data"]!["values"]!).Count);
        Assert.Equal(
            ["nothing below, linear", "nothing below, product", "best found", "one step"],
            ((JsonArray)layer["encoding"]!["strokeDash"]!["scale"]!["domain"]!).Select(name => (string)name!));
    }

    [Fact]
    public void Where_not_every_image_was_flipped_the_title_does_not_close_the_bracket()
    {
        CertifiedInput[] inputs = [.. Run.Result.Inputs.Select((input, i) => i < 4 ? input : input with { Norms = [null, null, null, null, null, null] })];
        string page = Render(Run with
        {
            Result = Run.Result with { Inputs = inputs, Sizes = [.. Run.Result.Sizes.Select(size => size with { Found = 4, NotFound = [(OneStep.Certificates.Vulnerability.CertificateOutcome.NotFound, 10)] })] },
        });
        Assert.Contains("flips the network, and for 4 of 14 images something was found that does</h1>", page, StringComparison.Ordinal);
        Assert.Contains("best found: none found for 10 images, which does not say that there is none.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_bound_stands_at_the_head()
    {
        string page = Render(Run with { Result = Run.Result with { BrokenBounds = [new(LowerBoundKind.Product, 0.5, PerturbationKind.Best, 3, 0.25)] } });
        Assert.Contains(
            "Internal error: the product bound says that nothing below 0.500000 flips image 3, but the best found perturbation of 0.250000 does.", page, StringComparison.Ordinal);
    }

    private static string Render(BracketRun run)
    {
        using var writer = new StringWriter();
        BracketReport.Render(run, SyntheticRun.Provenance, writer);
        return writer.ToString();
    }

    [GeneratedRegex("<img ", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Image();

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Script();
}
