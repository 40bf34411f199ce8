using OneStep.Experiments.Certification;
using OneStep.Reports.Figures;
using OneStep.Reports.Sections;

namespace OneStep.Reports;

/// <summary>Certificates against every network of a ball as one HTML page: what was found and how large it is, images, and how to make
/// them again.</summary>
public static class CertificationReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="run">The finished certificates.</param>
    /// <param name="provenance">Where they come from.</param>
    /// <param name="writer">Receives the HTML; to be encoded as UTF-8.</param>
    public static void Render(CertificationRun run, ReportProvenance provenance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(writer);
        CertificationResult result = run.Result;
        IReadOnlyList<Figure> figures = Figures(result);
        new ReportPage
        {
            Title = CertificationSection.Title(result),
            Description = CertificationSection.Finding(result),
            Head = CertificationSection.Head(result),
            Contents =
            [
                ("certificates", "What was certified"),
                ("sizes", "All the images"),
                ("images", "Before and after"),
                .. result.LowerBounds.Count == 0 ? [] : new[] { (CertificationImagesSection.BracketAnchor, CertificationImagesSection.BracketTitle) },
                ("method", "Method"),
            ],
            Content = Html.Of($"""
                {CertificationSection.Of(result)}
                {FiguresSection.NoScript("The images and numbers are complete.")}
                {FiguresSection.Of("sizes", "All the images", figures.Count == 0 ? "Nothing was found, so there is nothing to show." : string.Empty, [figures])}
                {CertificationImagesSection.Of(run)}
                {CertificationImagesSection.Brackets(run)}
                {CertificationMethodSection.Of(result, provenance)}
                """),
        }.Write(writer);
    }

    /// <summary>The sizes of every kind; none where nothing was found.</summary>
    /// <param name="result">The certificates.</param>
    public static IReadOnlyList<Figure> Figures(CertificationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return [.. new[] { CertificationFigures.Sizes(result), CertificationFigures.Margins(result) }.OfType<Figure>()];
    }
}
