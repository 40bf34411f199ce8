using OneStep.Data;
using OneStep.Experiments.Certification;

namespace OneStep.Cli.Rendering;

/// <summary>An image with the perturbation that flips every network of the ball.</summary>
internal static class CertifiedPictures
{
    /// <summary>The image of the median ball-wide ‖δ‖; null where nothing is certified.</summary>
    public static ExamplePictures? Median(CertificationRun run)
    {
        int[] certified =
        [
            .. Enumerable.Range(0, run.Certified.Count).Where(i => run.Result.Inputs[i][PerturbationKind.BallWide] is not null)
                .OrderBy(i => run.Result.Inputs[i][PerturbationKind.BallWide]).ThenBy(i => i),
        ];
        return certified.Length == 0 ? null : Of(run, certified[(certified.Length - 1) / 2]);
    }

    private static ExamplePictures Of(CertificationRun run, int row)
    {
        CertifiedInput input = run.Result.Inputs[row];
        int side = run.Result.Parameters.Side;
        ClassSplit digits = run.Result.Parameters.Digits;
        float[] original = run.Certified.Inputs.Row(row).ToArray();
        float[] change = run.Perturbations[(int)PerturbationKind.BallWide].Row(row).ToArray();
        float[] perturbed = [.. original.Zip(change, (x, delta) => x + delta)];
        double white = Math.Max(original.Max(MathF.Abs), float.Epsilon);
        double full = Math.Max(change.Max(MathF.Abs), float.Epsilon);
        return new(
            $"Median ball-wide ‖δ‖ = {NumberText.Significant(input[PerturbationKind.BallWide])}: image {input.Index}, digit {digits.TextOf(input.Label)}; at x + δ no network of the ball says {digits.TextOf(input.Label)}{LowerBoundSentences.Caption(input)}",
            [
                ($"x, digit {digits.TextOf(input.Label)}", Picture.Grey(side, original, white)),
                ($"δ times {NumberText.Significant(white / full, 2)}", Picture.Change(side, change, full)),
                ("x + δ, for the whole ball", Picture.Grey(side, perturbed, white)),
            ]);
    }
}
