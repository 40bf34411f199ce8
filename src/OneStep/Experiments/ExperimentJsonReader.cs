using System.Text.Json;
using OneStep.Statistics;
using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>
/// Reads back what <see cref="ExperimentJson"/> writes. A number that is null there, because it is a statistic of nothing or
/// was not finite, is null here, or NaN where a number must stand.
/// </summary>
internal static class ExperimentJsonReader
{
    /// <summary>Reads an experiment's numbers; its rows and rays are not part of the document and are empty.</summary>
    /// <param name="json">The document.</param>
    /// <param name="parameters">What was asked for, which the caller knows.</param>
    /// <exception cref="KeyNotFoundException">The document lacks a name.</exception>
    /// <exception cref="InvalidOperationException">A value is of another kind.</exception>
    /// <exception cref="FormatException">A number is out of its type's range.</exception>
    public static ExperimentResult Read(JsonElement json, ExperimentParameters parameters) => new()
    {
        Parameters = parameters,
        DatasetFingerprint = json.GetProperty("parameters").GetProperty("datasetFingerprint").GetString()!,
        Training = Object(json, "training") is { } training ? Training(training) : null,
        Deviation = Number(json, "deviation"),
        CleanAccuracy = Required(json, "cleanAccuracy"),
        Examples = Counts(json.GetProperty("examples")),
        PerturbationNorm = Summary(json, "perturbationNorm"),
        RelativePerturbationNorm = Summary(json, "relativePerturbationNorm"),
        GradientNorm = Summary(json, "gradientNorm"),
        StepSize = Summary(json, "stepSize"),
        Margin = Summary(json, "margin"),
        Verified = json.GetProperty("verified").GetInt32(),
        Prediction = Object(json, "prediction") is { } prediction
            ? new(Summary(prediction, "perturbationNorm"), Summary(prediction, "gradientNorm"), Summary(prediction, "stepSize"))
            : null,
        Method = Object(json, "attack") is { } method ? MethodJson.Read(method, name => Summary(method, name)) : null,
        Strong = Object(json, "oneStepOverBest") is { } ratio
            ? new(new(Number(ratio, "median"), Number(ratio, "max")), Texts(json, "attacks"), Summary(json, "bestPerturbationNorm"))
            : null,
        RobustAccuracy = Object(json, "robustAccuracy") is { } robust ? Robust(robust) : null,
        OutputMoves = Object(json, "outputMoves") is { } moves ? OutputMovesJson.Read(moves, Summary) : null,
        Seconds = Seconds(json.GetProperty("seconds")),
        Rows = [],
        Rays = [],
    };

    private static TrainingSummary Training(JsonElement json) => new(
        json.GetProperty("steps").GetInt32(),
        Required(json, "epochs"),
        Required(json, "deviation"),
        Required(json, "c0Measured"),
        json.GetProperty("reachedBall").GetBoolean(),
        Required(json, "trainLoss"),
        Required(json, "trainAccuracy"),
        [
            .. json.GetProperty("trace").EnumerateArray().Select(point => new TrainingPoint(
                point.GetProperty("step").GetInt32(),
                Required(point, "epoch"),
                Required(point, "loss"),
                Required(point, "accuracy"),
                Required(point, "deviation"))),
        ])
    {
        RobustTrace = !json.TryGetProperty("robustTrace", out JsonElement trace) ? [] :
        [
            .. trace.EnumerateArray().Select(point => new RobustPoint(
                point.GetProperty("epoch").GetInt32(), Required(point, "beforeProjection"), Required(point, "afterProjection"))),
        ],
    };

    private static ExampleCounts Counts(JsonElement json) => new(
        json.GetProperty("total").GetInt32(),
        json.GetProperty("misclassified").GetInt32(),
        json.GetProperty("flipped").GetInt32(),
        json.GetProperty("notFlipped").GetInt32(),
        json.GetProperty("noLabel").GetInt32(),
        json.GetProperty("noDirection").GetInt32());

    private static RobustAccuracy Robust(JsonElement json) => new()
    {
        Budgets = Numbers(json, "budgets"),
        Value = Numbers(json, "value"),
        Attacks = Attacks(json),
        Clipped = Object(json, "clipped") is { } clipped ? new(Numbers(clipped, "value"), Attacks(clipped)) : null,
        Certified = Object(json, "certified") is { } certified
            ? new(certified.GetProperty("examined").GetInt32(), certified.GetProperty("found").GetInt32(), [.. Numbers(certified, "alone").Select(alone => (int)alone)])
            : null,
        Warnings = Texts(json, "warnings"),
    };

    private static AttackCurve[] Attacks(JsonElement json) =>
        [.. json.GetProperty("attacks").EnumerateArray().Select(attack => new AttackCurve(attack.GetProperty("name").GetString()!, Numbers(attack, "accuracy")))];

    private static StageSeconds Seconds(JsonElement json) =>
        new(Required(json, "train"), Required(json, "attack"), Required(json, "verify"), Number(json, "strong"), Number(json, "robust"), Number(json, "outputMoves"));

    private static Summary Summary(JsonElement json, string name)
    {
        JsonElement summary = json.GetProperty(name);
        return new(Number(summary, "mean"), Number(summary, "median"), Number(summary, "std"), Number(summary, "min"), Number(summary, "max"));
    }

    private static JsonElement? Object(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static double Required(JsonElement json, string name) => Number(json.GetProperty(name)) ?? double.NaN;

    private static double? Number(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) ? Number(value) : null;

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();

    private static double[] Numbers(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetDouble())];

    private static string[] Texts(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(value => value.GetString()!)];
}
