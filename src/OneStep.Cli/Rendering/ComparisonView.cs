using OneStep.Cli.Verbs;
using OneStep.Attacks;
using OneStep.Experiments;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>What a person sees of a finished comparison.</summary>
/// <param name="result">The comparison.</param>
/// <param name="request">What was asked for besides its numbers.</param>
/// <param name="traits">What the terminal can show.</param>
internal sealed class ComparisonView(ComparisonResult result, AttackRequest request, TerminalTraits traits)
{
    /// <summary>The text, with escape sequences where the terminal knows them.</summary>
    public string Render()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var page = new TextPage(writer, traits);
        page.Sentence(AttackSentences.Headline(result.Parameters), new Style(decoration: Decoration.Bold));
        page.Sentence(AttackSentences.Training(result.Parameters, result.Training, result.Deviation, request.LoadPath));
        page.Line();
        page.Sentence(ComparisonSentences.Counts(result));
        page.Write(ComparisonTable.Of(result, traits));
        page.Sentence(ComparisonSentences.Legend, new Style(decoration: Decoration.Dim));
        foreach (AttackViolation violation in result.Violations)
        {
            page.Sentence($"Violation: {ComparisonSentences.Violation(violation)}");
        }

        page.Sentence(ComparisonSentences.Seconds(result));
        page.Sentence(ComparisonSentences.Results(request.ReportPath));
        return page.Text;
    }
}
