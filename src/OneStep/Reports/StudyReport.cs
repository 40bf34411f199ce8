using OneStep.Reports.Sections;
using OneStep.Studies;

namespace OneStep.Reports;

/// <summary>One study as one HTML page: what was studied, figures, means over seeds, and how to make them again.</summary>
public static class StudyReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="results">The finished cells.</param>
    /// <param name="figures">What <see cref="StudyFigures.Of"/> makes of them.</param>
    /// <param name="provenance">Where the page comes from; what the cells come from they know themselves.</param>
    /// <param name="writer">Receives the HTML; to be encoded as UTF-8.</param>
    public static void Render(StudyResults results, IReadOnlyList<FigureSet> figures, ReportProvenance provenance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(writer);
        new ReportPage
        {
            Title = results.Plan.Definition.Title,
            Description = results.Plan.Definition.Description ?? results.Plan.Definition.Title,
            Head = StudyHeadSection.Of(results),
            Contents = [.. figures.Select(set => (set.Name, set.Title)), ("means", "Numbers"), ("method", "Method")],
            Content = Html.Of($"""
                {(figures.Count == 0 ? Html.Empty : FiguresSection.NoScript("The numbers below them are complete."))}
                {figures.Select(FiguresSection.Of)}
                {MeansSection.Of(results)}
                {StudyMethodSection.Of(results, provenance)}
                """),
        }.Write(writer);
    }
}
