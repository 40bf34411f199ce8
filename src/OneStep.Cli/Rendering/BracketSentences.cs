using OneStep.Experiments.Certification;

namespace OneStep.Cli.Rendering;

/// <summary>What the smallest flips of a network lie between, in sentences.</summary>
internal static class BracketSentences
{
    /// <summary>What the rows and columns of the table are.</summary>
    public static string Legend(BracketResult result) =>
        $"One step and best found flip the network. To one step: median ratio for the same image; flip W: how many flip it.{LowerBoundSentences.Legend(result)}";

    /// <summary>Where nothing was found that flips.</summary>
    public static IEnumerable<string> NotFound(BracketResult result) => result.Sizes.Where(size => size.NotFound.Count > 0).Select(size =>
        $"For {NumberText.Count(size.NotFound.Sum(none => none.Count), "image")} nothing was found by {(size.Kind == PerturbationKind.OneStep ? "one step" : "the best attack")}. There may be a flip all the same.");
}
