using OneStep.Experiments.Certification;

namespace OneStep.Cli.Rendering;

/// <summary>What is proved not to flip the trained network, in sentences.</summary>
internal static class LowerBoundSentences
{
    /// <summary>What the smallest flip lies between; null where no bound was asked for.</summary>
    public static string? Bracket(CertificationResult result)
    {
        if (result.LowerBounds.MaxBy(bound => bound.Radius.Median) is not { } tightest)
        {
            return null;
        }

        if (tightest.Radius.Median is not > 0)
        {
            return "For half of the images or more no bound proves that anything keeps the label.";
        }

        string below = $"Proved in float64: nothing below {NumberText.Significant(tightest.Radius.Median)} flips the trained network";
        return result[PerturbationKind.Best].Size.Median is not { } best ? $"{below}, in the median; no perturbation was found that does."
            : $"{below}, and {NumberText.Significant(best)} does, in the median: the {LowerBoundSet.Name(tightest.Kind)} bound is {NumberText.Significant(tightest.OverBest.Median)} of the best found.";
    }

    /// <summary>What stands behind the title of an image; nothing where nothing is proved of it.</summary>
    public static string Caption(CertifiedInput input) =>
        input.ProvedRadius is > 0 ? $"; nothing below {NumberText.Significant(input.ProvedRadius)} flips the trained network" : string.Empty;

    /// <summary>What the rows of bounds are; nothing where there is none.</summary>
    public static string Legend(CertificationResult result) => result.LowerBounds.Count == 0 ? string.Empty
        : " Nothing below: proved radii inside which nothing whatever flips the trained network, 0 where nothing is proved; found: how many are not 0.";

    /// <summary>A bound that is wrong.</summary>
    public static string Violation(LowerBoundViolation violation) =>
        $"the {LowerBoundSet.Name(violation.Bound)} bound says that nothing below {NumberText.Significant(violation.Radius, 6)} flips image {violation.Index}, but the {PerturbationNames.Of(violation.Kind)} perturbation of {NumberText.Significant(violation.Norm, 6)} does.";
}
