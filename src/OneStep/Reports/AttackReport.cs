using OneStep.Experiments;
using OneStep.Reports.Sections;

namespace OneStep.Reports;

/// <summary>One experiment as one HTML page: findings, images, numbers, figures, and how to make them again.</summary>
public static class AttackReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="run">The finished experiment.</param>
    /// <param name="provenance">Where it comes from.</param>
    /// <param name="writer">Receives the HTML; to be encoded as UTF-8.</param>
    public static void Render(ExperimentRun run, ReportProvenance provenance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(provenance);
        ArgumentNullException.ThrowIfNull(writer);
        ExperimentResult result = run.Result;
        new ReportPage
        {
            Title = FindingsSection.Title(result),
            Description = FindingsSection.Finding(result),
            Head = FindingsSection.Of(result),
            Contents = Contents(result),
            Content = Html.Of($"""
                {ImagesSection.Of(run)}
                {NumbersSection.Of(result)}
                {StrongSection.Of(result)}
                {RobustSection.Of(result)}
                {FiguresSection.NoScript("The images and numbers above are complete.")}
                {FiguresSection.Of(result)}
                {MethodSection.Of(result, provenance)}
                """),
        }.Write(writer);
    }

    private static IReadOnlyList<(string Anchor, string Name)> Contents(ExperimentResult result) =>
    [
        ("images", "Before and after"), ("numbers", "Numbers"), ("distributions", "All the images"), ("steps", FiguresSection.AlongTitle(result)), ("training", "Training"),
        ("method", "Method"),
    ];
}
