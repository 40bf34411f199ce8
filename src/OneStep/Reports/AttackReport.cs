using System.Text.RegularExpressions;
using OneStep.Experiments;
using OneStep.Reports.Sections;

namespace OneStep.Reports;

/// <summary>
/// One experiment as one HTML page: findings, images, numbers, figures, and how to make them again. The page carries its
/// scripts, styles, data and images, so that it opens without a network, now and in ten years.
/// </summary>
public static partial class AttackReport
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
        string template = ReportAssets.Read("report.html");
        int written = 0;
        foreach (Match place in Placeholder().Matches(template))
        {
            writer.Write(template.AsSpan(written, place.Index - written));
            writer.Write(Content(place.Groups["name"].Value, run, provenance));
            written = place.Index + place.Length;
        }

        writer.Write(template.AsSpan(written));
    }

    private static string Content(string place, ExperimentRun run, ReportProvenance provenance)
    {
        ExperimentResult result = run.Result;
        return place switch
        {
            "title" => Html.Of($"{FindingsSection.Title(result)} – OneStep").Markup,
            "description" => Html.Of($"{FindingsSection.Finding(result)}").Markup,
            "style" => ReportAssets.Read("report.css"),
            "findings" => FindingsSection.Of(result).Markup,
            "images" => ImagesSection.Of(run).Markup,
            "numbers" => NumbersSection.Of(result).Markup,
            "figures" => FiguresSection.Of(result).Markup,
            "strong" => StrongSection.Of(result).Markup,
            "robust" => RobustSection.Of(result).Markup,
            "method" => MethodSection.Of(result, provenance).Markup,
            "notices" => Html.Of($"{ReportAssets.Read("THIRD-PARTY-NOTICES.md")}").Markup,
            "scripts" => string.Concat(ReportAssets.Scripts.Select(name => $"<script>{ReportAssets.ReadScript(name)}</script>\n")),
            _ => throw new InvalidOperationException($"The report's template asks for '{place}', which nothing fills."),
        };
    }

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
