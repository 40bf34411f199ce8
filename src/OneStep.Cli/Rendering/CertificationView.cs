using OneStep.Cli.Verbs;
using OneStep.Experiments.Certification;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>What a person sees of finished certificates.</summary>
/// <param name="run">The certificates.</param>
/// <param name="request">What was asked for besides the numbers.</param>
/// <param name="traits">What the terminal can show.</param>
internal sealed class CertificationView(CertificationRun run, AttackRequest request, TerminalTraits traits)
{
    /// <summary>The text, with escape sequences where the terminal knows them.</summary>
    public string Render()
    {
        CertificationResult result = run.Result;
        using var writer = new StringWriter { NewLine = "\n" };
        var page = new TextPage(writer, traits);
        page.Sentence(AttackSentences.Headline(result.Parameters), new Style(decoration: Decoration.Bold));
        page.Sentence(AttackSentences.Training(result.Parameters, result.Training, result.Deviation, request.LoadPath));
        page.Sentence(CertificationSentences.Cone(result));
        page.Line();
        Example(page, CertifiedPictures.Median(run), result.Parameters.Side, traits);
        page.Sentence(CertificationSentences.Counts(result));
        page.Sentence(CertificationSentences.BallWide(result), new Style(decoration: Decoration.Bold));
        Numbers(page, result, traits);
        page.Sentence(CertificationSentences.Legend(result), new Style(decoration: Decoration.Dim));
        End(page, result, CertificationSentences.NotFound(result), request);
        return page.Text;
    }

    /// <summary>The table, and what it says in a sentence or two.</summary>
    internal static void Numbers(TextPage page, CertifiedNetworkResult result, TerminalTraits traits)
    {
        page.Write(CertificationTable.Of(result, traits));
        if (CertificationSentences.Order(result) is { } order)
        {
            page.Sentence(order);
        }

        if (LowerBoundSentences.Bracket(result) is { } bracket)
        {
            page.Sentence(bracket, new Style(decoration: Decoration.Bold));
        }
    }

    /// <summary>What is missing or wrong, where the time went, and where more is.</summary>
    internal static void End(TextPage page, CertifiedNetworkResult result, IEnumerable<string> notFound, AttackRequest request)
    {
        foreach (string none in notFound)
        {
            page.Sentence(none);
        }

        foreach (CertificateViolation violation in result.Violations)
        {
            page.Sentence($"Violation: {CertificationSentences.Violation(violation)}");
        }

        foreach (LowerBoundViolation violation in result.BrokenBounds)
        {
            page.Sentence($"Violation: {LowerBoundSentences.Violation(violation)}");
        }

        page.Sentence(CertificationSentences.Seconds(result));
        page.Sentence(ComparisonSentences.Results(request.ReportPath));
    }

    /// <summary>An image, where there is one to show.</summary>
    internal static void Example(TextPage page, ExamplePictures? example, int side, TerminalTraits traits)
    {
        if (example is null)
        {
            return;
        }

        // In a file or a pipe pictures are in the way of the numbers.
        bool hasRoom = PictureRow.SizeFor(side, 3, traits.Width) >= PictureRow.SmallestSize;

        page.Sentence(example.Title);
        if (traits.IsTerminal && hasRoom)
        {
            page.Write(new PictureRow(example.Pictures, traits.Colors != ColorDepth.None));
        }

        page.Line();
    }
}
