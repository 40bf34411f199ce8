using OneStep.Cli.Verbs;
using OneStep.Experiments;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>What a person sees of a finished attack.</summary>
/// <param name="run">The experiment.</param>
/// <param name="request">What was asked for besides its numbers.</param>
/// <param name="traits">What the terminal can show.</param>
internal sealed class AttackView(ExperimentRun run, AttackRequest request, TerminalTraits traits)
{
    /// <summary>The text, with escape sequences where the terminal knows them.</summary>
    public string Render()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var page = new TextPage(writer, traits);
        ExperimentResult result = run.Result;
        page.Sentence(AttackSentences.Headline(result.Parameters), new Style(decoration: Decoration.Bold));
        page.Sentence(AttackSentences.Training(result.Parameters, result.Training, result.Deviation, request.LoadPath));
        page.Line();

        // Numbers stand below the pictures: there they are still in sight when the program has ended.
        Examples(page);
        page.Sentence(AttackSentences.Counts(result));
        if (result.Examples.Flipped > 0)
        {
            page.Write(MeasurementTable.Of(result, traits));
            if (AttackSentences.Theory(result) is { } theory)
            {
                page.Sentence(theory, new Style(decoration: Decoration.Dim));
            }
        }

        if (AttackSentences.Method(result) is { } method)
        {
            page.Sentence(method);
        }

        if (result.Strong is { OneStepOverBest.Median: not null } strong)
        {
            page.Sentence(AttackSentences.Strong(strong));
        }

        if (result.RobustAccuracy is { } robust)
        {
            page.Write(RobustAccuracyTable.Of(robust, traits));
            page.Sentence(AttackSentences.RobustAccuracy(result.Parameters, robust));
            foreach (string warning in robust.Warnings)
            {
                page.Sentence($"Warning: {warning}");
            }
        }

        if (result.OutputMoves is { } moves)
        {
            page.Sentence(AttackSentences.OutputMoves(moves));
        }

        page.Sentence(AttackSentences.Seconds(result));
        foreach (string line in AttackSentences.Results(request))
        {
            page.Sentence(line);
        }

        return page.Text;
    }

    private void Examples(TextPage page)
    {
        // In a file or a pipe pictures are in the way of the numbers.
        bool hasRoom = PictureRow.SizeFor(run.Result.Parameters.Side, 3, traits.Width) >= PictureRow.SmallestSize;
        bool hasPictures = traits.IsTerminal && hasRoom;
        IReadOnlyList<ExamplePictures> examples = ExamplePictures.Of(run);
        foreach (ExamplePictures example in examples)
        {
            page.Sentence(example.Title);
            if (hasPictures)
            {
                page.Write(new PictureRow(example.Pictures, traits.Colors != ColorDepth.None));
                page.Line();
            }
        }

        if (examples.Count > 0 && !hasPictures)
        {
            page.Line();
        }
    }
}
