using System.Text;
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
        IAnsiConsole console = TerminalConsole.Create(writer, traits);
        ExperimentResult result = run.Result;
        Sentence(console, AttackSentences.Headline(result.Parameters), new Style(decoration: Decoration.Bold));
        Sentence(console, AttackSentences.Training(result, request.LoadPath));
        console.WriteLine();

        // Numbers stand below the pictures: there they are still in sight when the program has ended.
        Examples(console);
        Sentence(console, AttackSentences.Counts(result));
        if (result.Examples.Flipped > 0)
        {
            console.Write(MeasurementTable.Of(result, traits));
            Sentence(console, AttackSentences.Theory(result), new Style(decoration: Decoration.Dim));
        }

        if (result.Strong is { OneStepOverBest.Median: not null } strong)
        {
            Sentence(console, AttackSentences.Strong(strong));
        }

        if (result.RobustAccuracy is { } robust)
        {
            console.Write(RobustAccuracyTable.Of(robust, traits));
            Sentence(console, AttackSentences.RobustAccuracy(result.Parameters, robust));
            foreach (string warning in robust.Warnings)
            {
                Sentence(console, $"Warning: {warning}");
            }
        }

        Sentence(console, AttackSentences.Seconds(result));
        foreach (string line in AttackSentences.Results(request))
        {
            Sentence(console, line);
        }

        return traits.HasAnsi ? writer.ToString() : WithoutTrailingSpaces(writer.ToString());
    }

    private void Examples(IAnsiConsole console)
    {
        // In a file or a pipe pictures are in the way of the numbers.
        bool hasRoom = PictureRow.SizeFor(run.Result.Parameters.Side, 3, traits.Width) >= PictureRow.SmallestSize;
        bool hasPictures = traits.IsTerminal && hasRoom;
        IReadOnlyList<ExamplePictures> examples = ExamplePictures.Of(run);
        foreach (ExamplePictures example in examples)
        {
            Sentence(console, example.Title);
            if (hasPictures)
            {
                console.Write(new PictureRow(example.Pictures, traits.Colors != ColorDepth.None));
                console.WriteLine();
            }
        }

        if (examples.Count > 0 && !hasPictures)
        {
            console.WriteLine();
        }
    }

    private void Sentence(IAnsiConsole console, string text, Style? style = null)
    {
        // In a file one sentence is one line, so that it can be searched for.
        if (!traits.IsTerminal)
        {
            console.Profile.Out.Writer.WriteLine(text);
            return;
        }

        console.Write(new Text(text, style));
        console.WriteLine();
    }

    private static string WithoutTrailingSpaces(string text)
    {
        var trimmed = new StringBuilder(text.Length);
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            trimmed.Append(line.TrimEnd()).Append('\n');
        }

        return trimmed.ToString();
    }
}
