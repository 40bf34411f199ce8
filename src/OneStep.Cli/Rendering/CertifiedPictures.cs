using OneStep.Data;
using OneStep.Experiments.Certification;
using OneStep.Numerics;

namespace OneStep.Cli.Rendering;

/// <summary>An image with a perturbation of which something is proved.</summary>
internal static class CertifiedPictures
{
    /// <summary>The image of the median ball-wide ‖δ‖; null where nothing is certified.</summary>
    public static ExamplePictures? Median(CertificationRun run)
    {
        const PerturbationKind Kind = PerturbationKind.BallWide;
        return MedianOf(run.Result, Kind) is not int row ? null
            : Of(run.Result, run.Certified, run.Perturbations[(int)Kind], row, "x + δ, for the whole ball", (input, digit) =>
                $"Median ball-wide ‖δ‖ = {NumberText.Significant(input[Kind])}: image {input.Index}, digit {digit}; at x + δ no network of the ball says {digit}{LowerBoundSentences.Caption(input)}");
    }

    /// <summary>The image of the median ‖δ‖ of the best found; null where nothing flips.</summary>
    public static ExamplePictures? Median(BracketRun run)
    {
        const PerturbationKind Kind = PerturbationKind.Best;
        return MedianOf(run.Result, Kind) is not int row ? null
            : Of(run.Result, run.Bracketed, run.Perturbations, row, "x + δ", (input, digit) =>
                $"Median ‖δ‖ of the best found: image {input.Index}, digit {digit}; {LowerBoundSentences.Bracket(input)}");
    }

    private static int? MedianOf(CertifiedNetworkResult result, PerturbationKind kind)
    {
        int[] rows =
        [
            .. Enumerable.Range(0, result.Inputs.Count).Where(i => result.Inputs[i][kind] is not null).OrderBy(i => result.Inputs[i][kind]).ThenBy(i => i),
        ];
        return rows.Length == 0 ? null : rows[(rows.Length - 1) / 2];
    }

    private static ExamplePictures Of(
        CertifiedNetworkResult result, LabelledInputs inputs, Matrix<float> perturbations, int row, string perturbedName, Func<CertifiedInput, string, string> title)
    {
        CertifiedInput input = result.Inputs[row];
        int side = result.Parameters.Side;
        string digit = result.Parameters.Digits.TextOf(input.Label);
        float[] original = inputs.Inputs.Row(row).ToArray();
        float[] change = perturbations.Row(row).ToArray();
        float[] perturbed = [.. original.Zip(change, (x, delta) => x + delta)];
        double white = Math.Max(original.Max(MathF.Abs), float.Epsilon);
        double full = Math.Max(change.Max(MathF.Abs), float.Epsilon);
        return new(
            title(input, digit),
            [
                ($"x, digit {digit}", Picture.Grey(side, original, white)),
                ($"δ times {NumberText.Significant(white / full, 2)}", Picture.Change(side, change, full)),
                (perturbedName, Picture.Grey(side, perturbed, white)),
            ]);
    }
}
