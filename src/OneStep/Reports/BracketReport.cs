using OneStep.Experiments.Certification;
using OneStep.Reports.Figures;
using OneStep.Reports.Sections;

namespace OneStep.Reports;

/// <summary>The smallest flips of a network from both sides as one HTML page: what was found and proved, images, and how to make them
/// again.</summary>
public static class BracketReport
{
    private static readonly IReadOnlyList<(string Anchor, string Name)> Contents =
        [("bracket", "What flips"), ("sizes", "All the images"), ("images", "Before and after"), ("method", "Method")];

    /// <summary>Writes the page.</summary>
    /// <param name="run">The finished bracket.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <param name="writer">Receives the HTML; to be encoded as UTF-8.</param>
    public static void Render(BracketRun run, ReportProvenance provenance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(writer);
        BracketResult result = run.Result;
        IReadOnlyList<Figure> figures = Figures(result);
        new ReportPage
        {
            Title = BracketSection.Title(result),
            Description = BracketSection.Finding(result),
            Head = BracketSection.Head(result),
            Contents = Contents,
            Content = Html.Of($"""
                {BracketSection.Of(result)}
                {FiguresSection.NoScript("The images and numbers are complete.")}
                {FiguresSection.Of("sizes", "All the images", figures.Count == 0 ? "Nothing was found, so there is nothing to show." : string.Empty, [figures])}
                {CertificationImagesSection.Of(run)}
                {BracketSection.Method(result, provenance)}
                """),
        }.Write(writer);
    }

    /// <summary>The sizes found and proved; none where nothing was.</summary>
    /// <param name="result">The bracket.</param>
    public static IReadOnlyList<Figure> Figures(BracketResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. new[] { CertificationFigures.Bracket(result) }.OfType<Figure>()];
    }
}
