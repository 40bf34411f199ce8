using OneStep.Attacks;
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
        string attack = Attack(result);
        return correct == 0 ? "There was nothing to attack"
            : correct == 1 ? $"{attack} {(flipped == 1 ? "flips" : "does not flip")} the one image"
            : flipped == correct ? $"{attack} flips all {NumberText.Count(correct)} images"
            : flipped == 0 ? $"{attack} flips none of {NumberText.Count(correct)} images"
            : $"{attack} flips {NumberText.Count(flipped)} of {NumberText.Count(correct)} images";
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
          <p class="network">{TaskText.Network(result.Parameters, result.Training, result.Deviation)}</p>
          <dl class="tiles">
            {Tile("flipped", NumberText.Percent(Part(result.Examples.Flipped, Correct(result.Examples))), "of the correctly classified images")}
            {SizeTiles(result)}
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
        string size = NumberText.Size(Size(result).Median, result.Method?.Norm ?? NormKind.L2);
        if (flipped == 0)
        {
            return correct == 1
                ? $"{Attack(result)} did not flip the one correctly classified test image."
                : $"{Attack(result)} flipped none of the {NumberText.Count(correct)} correctly classified test images.";
        }

        if (rest > 0)
        {
            return $"{Attack(result)} flipped {NumberText.Count(flipped)} of the {NumberText.Count(correct)} correctly classified test images "
                + $"({NumberText.Percent(Part(flipped, correct))}), with a median {Size(result).Name} of {size}; {NumberText.Count(rest)} "
                + (rest == 1 ? "was" : "were") + " not flipped.";
        }

        return correct == 1
            ? $"The one correctly classified test image was flipped by {TaskText.Attack(result.Parameters.Method)}, {Link(result)} {Size(result).Name} = {size}."
            : $"All {NumberText.Count(correct)} correctly classified test images were flipped by {TaskText.Attack(result.Parameters.Method)}, {Link(result)} median {Size(result).Name} = {size}.";
    }

    private static string Confirmation(ExperimentResult result)
    {
        int flipped = result.Examples.Flipped;
        return flipped == 0 ? string.Empty
            : result.Verified == flipped ? (flipped == 1 ? " The flip" : " Every flip") + " was confirmed in double precision."
            : $" {NumberText.Count(result.Verified)} of these flips were confirmed in double precision.";
    }

    private static string Attack(ExperimentResult result)
    {
        string attack = TaskText.Attack(result.Parameters.Method);
        return result.Parameters.Method.IsOneStep ? char.ToUpperInvariant(attack[0]) + attack[1..] : attack;
    }

    private static MethodSummary? OtherMethod(ExperimentResult result) => result.Parameters.Method.IsOneStep ? null : result.Method;
    // A step has a size; an attack finds changes that have one.
    private static string Link(ExperimentResult result) => result.Parameters.Method.IsOneStep ? "of" : "with changes of";

    // The single step is told relative to the image, other attacks in the norm that they make small.
    private static (string Name, double? Median) Size(ExperimentResult result) => OtherMethod(result) is { } method
        ? ($"size {NormText.Symbol(method.Norm)}", method.Size.Median)
        : ("relative size ‖δ‖/‖x‖", result.RelativePerturbationNorm.Median);

    private static IEnumerable<Html> SizeTiles(ExperimentResult result) => OtherMethod(result) is { } method
        ?
        [
            Tile($"median {NormText.Symbol(method.Norm)}", NumberText.Size(method.Size.Median, method.Norm), method.Norm == NormKind.L0 ? "changed pixels" : "size of the change"),
            Tile("passes", NumberText.Significant(method.ForwardPasses + method.BackwardPasses), "forward and backward per image"),
        ]
        :
        [
            Tile("median ‖δ‖/‖x‖", NumberText.Significant(result.RelativePerturbationNorm.Median), "relative size of the step"),
            Tile("median |η|", NumberText.Significant(result.StepSize.Median), "step size, ‖δ‖/‖∇f‖"),
        ];

    private static Html Tile(string name, string value, string explanation) =>
        Html.Of($"<div><dt>{name}</dt><dd>{value}<small>{explanation}</small></dd></div>");

    private static double? Part(int part, int whole) => whole == 0 ? null : (double)part / whole;
}
