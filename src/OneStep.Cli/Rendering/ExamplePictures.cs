using System.Globalization;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Cli.Rendering;

/// <summary>A flipped image as original, perturbation and adversarial.</summary>
/// <param name="Title">Which image this is and what the network says before and after.</param>
/// <param name="Pictures">The three pictures with their captions.</param>
internal sealed record ExamplePictures(string Title, IReadOnlyList<(string Caption, Picture Picture)> Pictures)
{
    /// <summary>The examples with the smallest, the median and the largest ‖δ‖/‖x‖: chosen by rank, not by looks.</summary>
    public static IReadOnlyList<ExamplePictures> Of(ExperimentRun run)
    {
        AttackedExample[] flipped =
        [
            .. run.Result.Rows.Where(r => r.Status == ExampleStatus.Flipped && r.PerturbationNorm is not null)
                .OrderBy(r => r.RelativePerturbationNorm).ThenBy(r => r.Index),
        ];
        if (flipped.Length == 0)
        {
            return [];
        }

        return
        [
            .. new (string Place, AttackedExample Example)[] { ("Smallest", flipped[0]), ("Median", flipped[(flipped.Length - 1) / 2]), ("Largest", flipped[^1]) }
                .DistinctBy(e => e.Example.Index)
                .Select(e => Of(run, e.Place, e.Example)),
        ];
    }

    private static ExamplePictures Of(ExperimentRun run, string place, AttackedExample example)
    {
        int side = run.Result.Parameters.Side;
        float[] original = run.Attacked.Inputs.Row(example.Index).ToArray();
        float[] change = run.Perturbations.Row(example.Index).ToArray();
        float[] adversarial = [.. original.Zip(change, (x, delta) => x + delta)];
        double white = Largest(original);
        double full = Largest(change);
        string scale = NumberText.Significant(white / full, 2);
        ClassSplit digits = run.Result.Parameters.Digits;
        (Prediction said, Prediction now) = Predictions.Of(run.Model, example, original, adversarial);
        string before = Text(digits, said);
        string after = Text(digits, now);
        return new(
            $"{place} ‖δ‖/‖x‖ = {NumberText.Significant(example.RelativePerturbationNorm)}: image {example.Index}, digit {digits.TextOf(run.Attacked.Labels[example.Index])}, f(x) = {Signed(example.Score)}, f(x+δ) = {Signed(example.AdversarialScore)}",
            [
                ($"x, read as {before}", Picture.Grey(side, original, white)),
                ($"δ times {scale}", Picture.Change(side, change, full)),
                ($"x + δ, read as {after}", Picture.Grey(side, adversarial, white)),
            ]);
    }

    // An image of zeros or a change of nothing is drawn, not divided by.
    private static double Largest(float[] values) => Math.Max(values.Max(MathF.Abs), float.Epsilon);

    private static string Text(ClassSplit digits, Prediction prediction) => prediction.Label is int label ? digits.TextOf(label) : NumberText.None;

    private static string Signed(double? score) => score is not double value ? NumberText.None
        : Math.Abs(value) >= 1e-3 ? value.ToString("+0.000;-0.000", CultureInfo.InvariantCulture)
        : value.ToString("+0.0E+0;-0.0E+0", CultureInfo.InvariantCulture).Replace('E', 'e');
}
