using OneStep.Experiments.Certification;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>What a person sees of a bound on the robust accuracy of every network of a ball.</summary>
/// <param name="result">The bound.</param>
/// <param name="traits">What the terminal can show.</param>
internal sealed class CorollaryView(CorollaryResult result, TerminalTraits traits)
{
    /// <summary>The text, with escape sequences where the terminal knows them.</summary>
    public string Render()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        var page = new TextPage(writer, traits);
        page.Sentence(AttackSentences.Headline(result.Parameters), new Style(decoration: Decoration.Bold));
        page.Sentence("Nothing is trained: what follows holds for every network of the ball around W0.");
        page.Line();
        page.Sentence(Finding(), new Style(decoration: Decoration.Bold));
        page.Write(Table());
        page.Sentence(
            "Explicit networks lie in the ball: constant says the larger class wherever it can, balanced is the best linearised answer to the images, answering that to the perturbations of the joint bound. "
            + "Their accuracy is under 40 projected gradient steps; no proof can go below what a network truly keeps, which is that or less.",
            new Style(decoration: Decoration.Dim));
        if (result.Contradiction is { } wrong)
        {
            page.Sentence($"Violation: {Violation(result, wrong)}");
        }

        page.Sentence($"Time: bound {NumberText.Seconds(result.BoundSeconds)}, explicit networks {NumberText.Seconds(result.ExplicitSeconds)}.");
        return page.Text;
    }

    /// <summary>A network that does what is proved impossible.</summary>
    public static string Violation(CorollaryResult result, ExplicitNetworkAccuracy network) =>
        $"the {network.Name} network of the ball keeps {NumberText.Percent(network.AccuracyAtBound)} at perturbations at which at most {NumberText.Percent(result.JointUpperBound)} is proved possible.";

    private string Finding()
    {
        string images = NumberText.Count(result.Count, "test image");
        return result.UpperBound < 1
            ? $"No network of the ball classifies more than {NumberText.Percent(result.UpperBound)} of the first {images} correctly at every point within ε = {NumberText.Significant(result.Budget)}."
            : $"Nothing is proved: the bound on the robust accuracy at ε = {NumberText.Significant(result.Budget)} over the first {images} is 100 %.";
    }

    private Table Table()
    {
        (string Name, double Accuracy)[] rows =
        [
            ("proved, image by image", result.SingleInputUpperBound),
            ("proved, jointly", result.JointUpperBound),
            ("proved, both together", result.UpperBound),
            .. result.Explicit.Select(network => ($"explicit W, {network.Name}", network.Accuracy)),
        ];
        return NumberTable.Of("robust accuracy", row => row.Name, [new("at most", row => NumberText.Percent(row.Accuracy))], rows);
    }
}
