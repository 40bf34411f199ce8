using OneStep.Attacks;
using OneStep.Statistics;
using OneStep.Theory;

namespace OneStep.Experiments;

/// <summary>Sums attacked examples up to an experiment's result.</summary>
internal static class ResultBuilder
{
    /// <summary>Builds a result; its ray profiles are still empty.</summary>
    public static ExperimentResult Build(
        ExperimentParameters parameters,
        string fingerprint,
        TrainedModel model,
        AttackResult attack,
        StrongSummary? strong,
        StageSeconds seconds,
        int threads)
    {
        AttackedExample[] flipped = [.. attack.Examples.Where(e => e.Status == ExampleStatus.Flipped)];
        AttackSummary summary = AttackSummary.Of(attack.Examples);
        return new()
        {
            Parameters = parameters,
            DatasetFingerprint = fingerprint,
            Training = model.Training,
            Deviation = model.Deviation(threads),
            CleanAccuracy = summary.CleanAccuracy,
            Examples = summary.Examples,
            PerturbationNorm = summary.PerturbationNorm,
            RelativePerturbationNorm = summary.RelativePerturbationNorm,
            GradientNorm = summary.GradientNorm,
            StepSize = summary.StepSize,
            Margin = summary.Margin,
            Verified = summary.Verified,
            Prediction = Predict(parameters, flipped),
            Method = Summarize(attack),
            Strong = strong,
            Seconds = seconds,
            Rows = attack.Examples,
            Rays = [],
        };
    }

    /// <summary>Whether the mean-field theory speaks of such an experiment: the single step on a two-layer network without
    /// biases, inputs of unit norm.</summary>
    public static bool TheoryApplies(ExperimentParameters parameters) =>
        parameters is { Normalize: true, Bias: false, IsDeep: false, Method.IsOneStep: true };

    /// <summary>The size of what an attack found in its own norm, and what it cost.</summary>
    public static MethodSummary Summarize(AttackResult attack)
    {
        double attackable = Math.Max(1, attack.Examples.Count(e => e.Status is ExampleStatus.Flipped or ExampleStatus.NotFlipped or ExampleStatus.Unverified));
        AttackedExample[] flipped = [.. attack.Examples.Where(e => e.Status == ExampleStatus.Flipped)];
        return new(
            attack.Norm,
            Summary.Of(flipped.Select(e => e.SizeIn(attack.Norm)!.Value)),
            attack.Passes.Forward / attackable,
            attack.Passes.Backward / attackable)
        {
            Path = Array.Exists(flipped, e => e.PathLength is not null)
                ? new(Summary.Of(flipped.Select(e => e.PathLength!.Value)), Summary.Of(flipped.Select(e => (double)e.Steps!.Value)))
                : null,
        };
    }

    /// <summary>Part of all attacked inputs that the network classifies correctly, 0 to 1.</summary>
    public static double CleanAccuracy(IReadOnlyList<AttackedExample> examples) =>
        examples.Count(e => e.Margin > 0 && e.Status != ExampleStatus.NoLabel) / (double)examples.Count;

    /// <summary>How inputs fall into kinds. An unverified flip is a flip that the search found: it counts among the flipped, and not
    /// among the verified.</summary>
    public static ExampleCounts Count(IReadOnlyList<AttackedExample> examples)
    {
        int Of(ExampleStatus status) => examples.Count(e => e.Status == status);
        return new(
            examples.Count,
            Of(ExampleStatus.Misclassified),
            Of(ExampleStatus.Flipped) + Of(ExampleStatus.Unverified),
            Of(ExampleStatus.NotFlipped),
            Of(ExampleStatus.NoLabel),
            Of(ExampleStatus.NoDirection));
    }

    private static PredictionSummary? Predict(ExperimentParameters parameters, AttackedExample[] flipped)
    {
        if (!TheoryApplies(parameters))
        {
            return null;
        }

        MeanFieldPrediction[] predictions = [.. flipped.Select(e => MeanField.Predict(parameters.Dimension, e.Margin))];
        return new(
            Summary.Of(predictions.Select(p => p.PerturbationNorm)),
            Summary.Of(predictions.Select(p => p.GradientNorm)),
            Summary.Of(predictions.Select(p => p.StepSize)));
    }
}
