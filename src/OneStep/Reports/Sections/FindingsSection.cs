using OneStep.Experiments;

namespace OneStep.Reports.Sections;

/// <summary>The head of the page: what was found, in a title, a sentence and a few numbers.</summary>
internal static class FindingsSection
{
    /// <summary>The title: the finding in a line.</summary>
    public static string Title(ExperimentResult result)
    {
        int correct = Correct(result.Examples);
        int flipped = result.Examples.Flipped;
        return correct == 0 ? "There was nothing to attack"
            : correct == 1 ? $"One gradient step {(flipped == 1 ? "flips" : "does not flip")} the one image"
            : flipped == correct ? $"One gradient step flips all {NumberText.Count(correct)} images"
            : flipped == 0 ? $"One gradient step flips none of {NumberText.Count(correct)} images"
            : $"One gradient step flips {NumberText.Count(flipped)} of {NumberText.Count(correct)} images";
    }

    /// <summary>The finding in a sentence or two, honest about what was not flipped.</summary>
    public static string Finding(ExperimentResult result)
    {
        ExampleCounts examples = result.Examples;
        int correct = Correct(examples);
        if (examples.Total == 0)
        {
            return "No image was attacked.";
        }

        if (correct == 0)
        {
            return $"The network classifies none of the {NumberText.Count(examples.Total)} test images correctly, so there was nothing to flip.";
        }

        return Flips(result, correct) + Confirmation(result);
    }

    /// <summary>The head of the page.</summary>
    public static Html Of(ExperimentResult result) => Html.Of($"""
        <header>
          <p class="kicker">OneStep · attack report</p>
          <h1>{Title(result)}</h1>
          <p class="lede">{Finding(result)}</p>
          <p class="network">{TaskText.Network(result)}</p>
          <dl class="tiles">
            {Tile("flipped", NumberText.Percent(Part(result.Examples.Flipped, Correct(result.Examples))), "of the correctly classified images")}
            {Tile("median ‖δ‖/‖x‖", NumberText.Significant(result.RelativePerturbationNorm.Median), "relative size of the step")}
            {Tile("median |η|", NumberText.Significant(result.StepSize.Median), "step size, ‖δ‖/‖∇f‖")}
            {Tile("accuracy", NumberText.Percent(result.Examples.Total == 0 ? null : result.CleanAccuracy), "before the attack")}
          </dl>
        </header>
        """);

    /// <summary>How many images the network classifies correctly: those that can be attacked.</summary>
    public static int Correct(ExampleCounts examples) => examples.Total - examples.Misclassified - examples.NoLabel;

    private static string Flips(ExperimentResult result, int correct)
    {
        int flipped = result.Examples.Flipped;
        int rest = correct - flipped;
        string size = NumberText.Significant(result.RelativePerturbationNorm.Median);
        if (flipped == 0)
        {
            return correct == 1
                ? "One gradient step did not flip the one correctly classified test image."
                : $"One gradient step flipped none of the {NumberText.Count(correct)} correctly classified test images.";
        }

        if (rest > 0)
        {
            return $"One gradient step flipped {NumberText.Count(flipped)} of the {NumberText.Count(correct)} correctly classified test images "
                + $"({NumberText.Percent(Part(flipped, correct))}), with a median relative size ‖δ‖/‖x‖ of {size}; {NumberText.Count(rest)} "
                + (rest == 1 ? "was" : "were") + " not flipped.";
        }

        return correct == 1
            ? $"The one correctly classified test image was flipped by one gradient step of relative size ‖δ‖/‖x‖ = {size}."
            : $"All {NumberText.Count(correct)} correctly classified test images were flipped by one gradient step, of median relative size ‖δ‖/‖x‖ = {size}.";
    }

    private static string Confirmation(ExperimentResult result)
    {
        int flipped = result.Examples.Flipped;
        return flipped == 0 ? string.Empty
            : result.Verified == flipped ? (flipped == 1 ? " The flip" : " Every flip") + " was confirmed in double precision."
            : $" {NumberText.Count(result.Verified)} of these flips were confirmed in double precision.";
    }

    private static Html Tile(string name, string value, string explanation) =>
        Html.Of($"<div><dt>{name}</dt><dd>{value}<small>{explanation}</small></dd></div>");

    private static double? Part(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
