using OneStep.Certificates.Vulnerability;
using OneStep.Experiments.Certification;

namespace OneStep.Cli.Rendering;

/// <summary>What was certified, in sentences.</summary>
internal static class CertificationSentences
{
    /// <summary>How many images fall in every network of the ball, and whether the trained one is among these.</summary>
    public static string BallWide(CertificationResult result)
    {
        SizeMeasurement ballWide = result[PerturbationKind.BallWide];
        string images = NumberText.Count(result.Inputs.Count, "image");
        if (ballWide.Found == 0)
        {
            return $"For none of {images} a perturbation was found that flips every network of the ball.";
        }

        string subject = ballWide.Found == result.Inputs.Count ? $"{ballWide.Found} of {images}" : $"Only {ballWide.Found} of {images}";
        string has = ballWide.Found == 1 ? "has" : "have";
        string from = result.Options.Radii == CertifiedRadii.Ball ? "found from W0 alone" : "found from W0 and the distances that the neurons moved";
        string certified = $"{subject} {has} a perturbation that flips every network of the ball, {from} and proved in float64";
        return !result.IsInBall ? $"{certified}; the network at hand lies outside the ball."
            : $"{certified}; the trained network, one of them, falls to {(ballWide.Flipped == ballWide.Found ? "all" : $"{ballWide.Flipped}")} of these.";
    }

    /// <summary>Which images were certified.</summary>
    public static string Counts(CertifiedNetworkResult result) =>
        $"Clean accuracy {NumberText.Percent(result.CleanAccuracy)} on the first {NumberText.Count(result.Examined, "test image")}, of which the {result.Inputs.Count} classified correctly were certified.";

    /// <summary>The ball of the certificates, and the smallest cone that holds the trained network.</summary>
    public static string Cone(CertificationResult result)
    {
        string radii = result.Options.Radii == CertifiedRadii.Ball ? string.Empty : $" Radii as measured: C0 = {NumberText.Significant(result.CertifiedC0, 4)} on average over the rows.";
        string cone = result.Cone.IsAttained
            ? $"Scaled by {NumberText.Significant(result.Cone.Scale, 6)} the network is nearest to W0, in the ball of C0 = {NumberText.Significant(result.Cone.C0, 4)}: that is its cone."
            : $"No scale brings the network nearest to W0; it lies in every cone of more than C0 = {NumberText.Significant(result.Cone.C0, 4)}.";
        return cone + radii;
    }

    /// <summary>How the kinds compare, by their medians; null where one step flips nothing.</summary>
    public static string? Order(CertifiedNetworkResult result)
    {
        string[] parts =
        [
            .. result.Sizes.Where(size => size.Kind != PerturbationKind.OneStep && size.OverOneStep.Median is not null)
                .Select(size => $"{PerturbationNames.Of(size.Kind)} {NumberText.Significant(size.OverOneStep.Median)}"),
        ];
        return parts.Length == 0 ? null : $"Beside one step, in the median: {string.Join(", ", parts)} times as long.";
    }

    /// <summary>What the rows and columns of the table are.</summary>
    public static string Legend(CertificationResult result)
    {
        string theory = result.Sizes.Any(size => size.Prediction is not null)
            ? "; to theory: median ratio to the mean-field prediction, for certificates where y f(x; W0) ≥ 0"
            : string.Empty;
        return "One step and best found flip the trained network alone; one query flips every network of the ball with its score at the image; ball-wide flips every network of the ball; "
            + $"universal does so in one direction for all images of a class{OwnStep(result)}. To one step: median ratio for the same image{theory}; flip W: how many flip the trained network.{LowerBoundSentences.Legend(result)}";
    }

    private static string OwnStep(CertificationResult result) => result.Options.OwnStep
        ? "; own step: with this size every network of the ball falls to a step along its own gradient, of which that of the trained network is measured"
        : string.Empty;

    /// <summary>Where nothing was found, and why.</summary>
    public static IEnumerable<string> NotFound(CertificationResult result)
    {
        foreach (SizeMeasurement size in result.Sizes.Where(size => size.NotFound.Count > 0))
        {
            IEnumerable<string> reasons = size.NotFound.Select(none => $"{none.Count} {Reason(none.Reason)}");
            string name = PerturbationNames.Of(size.Kind);
            yield return $"{char.ToUpperInvariant(name[0])}{name[1..]}: none found with ‖δ‖ ≤ {NumberText.Significant(result.Options.LongestRelativeNorm)} ‖x‖: {string.Join(", ", reasons)}. There may be one all the same.";
        }
    }

    /// <summary>A certificate that is wrong.</summary>
    public static string Violation(CertificateViolation violation) =>
        $"the {PerturbationNames.Of(violation.Kind)} perturbation of image {violation.Index} leaves the trained network, which lies in the ball, with y f(x+δ) = {NumberText.Significant(violation.Score)}.";

    /// <summary>Where the time went.</summary>
    public static string Seconds(CertifiedNetworkResult result)
    {
        string training = result.Training is null ? string.Empty : $"training {NumberText.Seconds(result.TrainSeconds)}, ";
        IEnumerable<string> kinds = result.Sizes.Select(size => $"{PerturbationNames.Of(size.Kind)} {NumberText.Seconds(size.Seconds)}");
        IEnumerable<string> bounds = result.LowerBounds.Select(bound => $"{LowerBoundSet.Name(bound.Kind)} bound {NumberText.Seconds(bound.Seconds)}");
        return $"Time: {training}{string.Join(", ", kinds.Concat(bounds))}, check {NumberText.Seconds(result.CheckSeconds)}.";
    }

    private static string Reason(CertificateOutcome reason) => reason switch
    {
        CertificateOutcome.LabelNotGiven => "because no network of the ball says the label at the image itself",
        CertificateOutcome.NoDirection => "for want of a direction, W0 having no gradient",
        CertificateOutcome.WithinRounding => "where rounding decides",
        _ => "along the rays followed",
    };
}
