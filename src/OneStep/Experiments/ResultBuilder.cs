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
        ExampleCounts counts = Count(attack.Examples);
        return new()
        {
            Parameters = parameters,
            DatasetFingerprint = fingerprint,
            Training = model.Training,
            Deviation = model.Deviation(threads),
            CleanAccuracy = attack.Examples.Count(e => e.Margin > 0 && e.Status != ExampleStatus.NoLabel) / (double)attack.Examples.Count,
            Examples = counts,
            PerturbationNorm = Summary.Of(flipped.Select(e => e.PerturbationNorm!.Value)),
            RelativePerturbationNorm = Summary.Of(flipped.Select(e => e.RelativePerturbationNorm!.Value)),
            GradientNorm = Summary.Of(flipped.Select(e => e.GradientNorm)),
            StepSize = Summary.Of(flipped.Select(e => e.StepSize!.Value)),
            Margin = Summary.Of(flipped.Select(e => e.Margin)),
            Verified = flipped.Length,
            Prediction = Predict(parameters, flipped),
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

    // An unverified flip is a flip that the search found: it counts among the flipped, and not among the verified.
    private static ExampleCounts Count(IReadOnlyList<AttackedExample> examples)
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
