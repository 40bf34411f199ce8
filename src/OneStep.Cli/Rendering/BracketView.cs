using OneStep.Cli.Verbs;
using OneStep.Experiments.Certification;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>What a person sees of a finished bracket.</summary>
/// <param name="run">The bracket.</param>
/// <param name="request">What was asked for besides the numbers.</param>
/// <param name="traits">What the terminal can show.</param>
internal sealed class BracketView(BracketRun run, AttackRequest request, TerminalTraits traits)
{
    /// <summary>The text, with escape sequences where the terminal knows them.</summary>
    public string Render()
    {
        BracketResult result = run.Result;
        using var writer = new StringWriter { NewLine = "\n" };
        var page = new TextPage(writer, traits);
        page.Sentence(AttackSentences.Headline(result.Parameters), new Style(decoration: Decoration.Bold));
        page.Sentence(AttackSentences.Training(result.Parameters, result.Training, result.Deviation, request.LoadPath));
        page.Line();
        CertificationView.Example(page, CertifiedPictures.Median(run), result.Parameters.Side, traits);
        page.Sentence(CertificationSentences.Counts(result));
        CertificationView.Numbers(page, result, traits);
        page.Sentence(BracketSentences.Legend(result), new Style(decoration: Decoration.Dim));
        CertificationView.End(page, result, BracketSentences.NotFound(result), request);
        return page.Text;
    }
}
