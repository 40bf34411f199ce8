using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Cli.Rendering;

/// <summary>What a comparison found, in sentences.</summary>
internal static class ComparisonSentences
{
    /// <summary>How many images every attack had.</summary>
    public static string Counts(ComparisonResult result)
    {
        MethodMeasurement first = result.Attacks[0];
        return $"Clean accuracy {NumberText.Percent(result.CleanAccuracy)} on {NumberText.Count(first.Examples.Total, "test image")}: every attack was given the {first.Attackable} that were classified correctly.";
    }

    /// <summary>What the columns of the table are.</summary>
    public static string Legend { get; } =
        "Sizes are in the norm of each attack, over the images it flipped; ratio: median over images, to the smallest that any attack of that norm found for the same image; passes are per image.";

    /// <summary>An attack that is wrong.</summary>
    public static string Violation(AttackViolation violation) =>
        $"{violation.Method}, which starts from {violation.Contained}, found {(violation.Norm is double size ? NumberText.Significant(size, 6) : "nothing")} for image {violation.Index}, where {violation.Contained} found {NumberText.Significant(violation.ContainedNorm, 6)}.";

    /// <summary>Where the time went.</summary>
    public static string Seconds(ComparisonResult result)
    {
        string training = result.Training is null ? string.Empty : $"training {NumberText.Seconds(result.TrainSeconds)}, ";
        return $"Time: {training}all attacks {NumberText.Seconds(result.Attacks.Sum(attack => attack.Seconds))}.";
    }

    /// <summary>Where the full results lie, or how to get them.</summary>
    public static string Results(string? reportPath) =>
        reportPath is null ? "Add --report FILE.html for figures and images, --json for every number." : $"Report: {reportPath}";
}
