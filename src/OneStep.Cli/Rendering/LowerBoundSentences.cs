using OneStep.Experiments.Certification;

namespace OneStep.Cli.Rendering;

/// <summary>What is proved not to flip the trained network, in sentences.</summary>
internal static class LowerBoundSentences
{
    /// <summary>What the smallest flip lies between; null where no bound was asked for.</summary>
    public static string? Bracket(CertifiedNetworkResult result)
    {
        if (result.LowerBounds.MaxBy(bound => bound.Radius.Median) is not { } tightest)
        {
            return null;
        }

        if (tightest.Radius.Median is not > 0)
        {
            return "For half of the images or more no bound proves that anything keeps the label.";
        }

        string below = $"Proved in float64: nothing below {NumberText.RoundedDown(tightest.Radius.Median)} flips {Network(result)}";
        SizeMeasurement best = result[PerturbationKind.Best];
        string bound = $"by the {LowerBoundSet.Name(tightest.Kind)} bound the shortest flip is at least {NumberText.RoundedDown(tightest.OverBest.Median)} of the best found";

        // Medians over different images do not close a bracket.
        return best.Found == 0 ? $"{below}, in the median; no perturbation was found that does."
            : best.Found < result.Inputs.Count ? $"{below}, in the median over all {result.Inputs.Count} images; over the {best.Found} for which a perturbation was found that does, {bound}."
            : $"{below}, and {NumberText.Significant(best.Size.Median)} does, in the median: {bound}.";
    }

    /// <summary>What the smallest flip of one image lies between.</summary>
    public static string Bracket(CertifiedInput input)
    {
        string below = input.ProvedRadius is > 0 and var radius ? $"nothing below {NumberText.RoundedDown(radius)} flips it" : "nothing is proved of what flips it";
        return $"{below}; this one of {NumberText.Significant(input[PerturbationKind.Best])} does";
    }

    /// <summary>What stands behind the title of an image; nothing where nothing is proved of it.</summary>
    public static string Caption(CertifiedInput input) =>
        input.ProvedRadius is > 0 and var radius ? $"; nothing below {NumberText.RoundedDown(radius)} flips the trained network" : string.Empty;

    /// <summary>What the rows of bounds are; nothing where there is none.</summary>
    public static string Legend(CertifiedNetworkResult result) => result.LowerBounds.Count == 0 ? string.Empty
        : $" Nothing below: proved radii inside which nothing whatever flips {Network(result)}, 0 where nothing is proved; found: how many are not 0.";

    // Beside all networks of a ball the one that was trained needs a name.
    private static string Network(CertifiedNetworkResult result) => result is CertificationResult ? "the trained network" : "the network";

    /// <summary>A bound that is wrong.</summary>
    public static string Violation(LowerBoundViolation violation) =>
        $"the {LowerBoundSet.Name(violation.Bound)} bound says that nothing below {NumberText.Significant(violation.Radius, 6)} flips image {violation.Index}, but the {PerturbationNames.Of(violation.Kind)} perturbation of {NumberText.Significant(violation.Norm, 6)} does.";
}
