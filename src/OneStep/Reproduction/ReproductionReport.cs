using OneStep.Claims;
using OneStep.Experiments;
using OneStep.Reports;
using OneStep.Reports.Sections;
using OneStep.Reproduction.Sections;

namespace OneStep.Reproduction;

/// <summary>A reproduction as one HTML page: the claims and their verdicts, then, in the order of the poster, what each rests
/// on, then how it was made.</summary>
internal static class ReproductionReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="figures">Its figures.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <param name="writer">Receives the HTML; to be encoded as UTF-8.</param>
    public static void Render(ReproductionResult result, ReproductionFigures figures, ReportProvenance provenance, TextWriter writer) => new ReportPage
    {
        Title = HeadSection.Title(result.Claims),
        Description = ClaimWords.Summary(result.Claims),
        Head = HeadSection.Of(result),
        Contents =
        [
            ("claims", "Claims"),
            ("step", "One step"),
            ("images", "Images"),
            .. result.Studies.Select(study => (StudySection.Anchor(study.Study.Role), StudySection.ShortTitle(study.Study.Role))),
            ("method", "Method"),
        ],
        Content = Html.Of($"""
            {ClaimsSection.Of(result.Claims)}
            {FiguresSection.NoScript("The claims, images and tables are complete.")}
            {Step(result, figures)}
            {figures.Studies.Select(study => StudySection.Of(study.Role, result, study.Sets))}
            {RunSection.Of(result, provenance)}
            """),
    }.Write(writer);

    private static Html Step(ReproductionResult result, ReproductionFigures figures)
    {
        ExperimentResult shown = result.Representative.Result;
        return Html.Of($"""
            <section id="step" aria-labelledby="step-title">
              <h2 id="step-title">A single gradient step flips the prediction</h2>
              {ClaimsSection.Line(result.ClaimOf(ClaimIds.SingleStepSuffices))}
              <p>{FindingsSection.Finding(shown)} {TaskText.Network(shown.Parameters, shown.Training, shown.Deviation)} It is the one that <code>onestep attack</code> makes{(shown.Parameters.Seed == 0 ? string.Empty : $" with --seed {NumberText.Exact(shown.Parameters.Seed)}")}.</p>
              {FiguresSection.Charts(figures.Ray)}
              {FiguresSection.Charts(figures.Images)}
            </section>
            {ImagesSection.Of(result.Representative)}
            """);
    }
}
