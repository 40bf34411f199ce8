using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Reports.Figures;
using OneStep.Reports.Sections;

namespace OneStep.Reports;

/// <summary>Several attacks on one network as one HTML page: table, figures, images of every attack, and how to make them again.</summary>
public static class ComparisonReport
{
    private static readonly IReadOnlyList<(string Anchor, string Name)> Contents =
    [
        ("attacks", "The attacks"), ("figures", "Size and cost"), ("images", "Before and after"), ("method", "Method"),
    ];

    /// <summary>Writes the page.</summary>
    /// <param name="run">The finished comparison.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <param name="writer">Receives the HTML; to be encoded as UTF-8.</param>
    public static void Render(ComparisonRun run, ReportProvenance provenance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(writer);
        ComparisonResult result = run.Result;
        new ReportPage
        {
            Title = ComparisonSection.Title(result),
            Description = ComparisonSection.Finding(result),
            Head = ComparisonSection.Head(result),
            Contents = Contents,
            Content = Html.Of($"""
                {ComparisonSection.Of(result)}
                {FiguresSection.NoScript("The images and numbers are complete.")}
                {FiguresSection.Of("figures", "Size and cost", Figures(result).Count == 0 ? "No image was flipped, so there is nothing to show." : string.Empty, ByNorm(result))}
                {ComparisonImagesSection.Of(run)}
                {ComparisonMethodSection.Of(result, provenance)}
                """),
        }.Write(writer);
    }

    /// <summary>The figures, a pair for every norm; none where nothing was flipped.</summary>
    /// <param name="result">The comparison.</param>
    public static IReadOnlyList<Figure> Figures(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. ByNorm(result).SelectMany(figures => figures)];
    }

    private static IEnumerable<IReadOnlyList<Figure>> ByNorm(ComparisonResult result) => Enum.GetValues<NormKind>()
        .Select(norm => (IReadOnlyList<Figure>)[.. new[] { ComparisonFigures.Cost(result, norm), ComparisonFigures.Sizes(result, norm) }.OfType<Figure>()]);
}
