using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OneStep.Statistics;
using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>
/// The numbers of one experiment as a JSON document. The names are a contract: what <c>attack --json</c> prints and what
/// a store keeps. Statistics of nothing are null, as is every number that is not finite.
/// </summary>
public static class ExperimentJson
{
    // The relaxed encoder keeps "0+2,1+3" readable; the document is never pasted into a web page as it is.
    internal static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document as indented text without a final line break.</summary>
    public static string Format(ExperimentResult result) => Format(json => Write(json, result));

    /// <summary>Whatever is written as indented text without a final line break.</summary>
    internal static string Format(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Writes the document as one JSON object.</summary>
    public static void Write(Utf8JsonWriter json, ExperimentResult result)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(result);
        json.WriteStartObject();
        json.WritePropertyName("parameters");
        WriteParameters(json, result.Parameters, result.DatasetFingerprint);
        WriteTraining(json, result.Training);
        WriteNumber(json, "deviation", result.Deviation);
        AttackSummaryJson.Write(json, new(
            result.CleanAccuracy,
            result.Examples,
            result.PerturbationNorm,
            result.RelativePerturbationNorm,
            result.GradientNorm,
            result.StepSize,
            result.Margin,
            result.Verified));
        WritePrediction(json, result.Prediction);
        MethodJson.Write(json, result.Method);
        WriteStrong(json, result.Strong);
        RobustAccuracyJson.Write(json, result.RobustAccuracy);
        OutputMovesJson.Write(json, result.OutputMoves);
        WriteSeconds(json, result.Seconds);
        json.WriteEndObject();
    }

    /// <summary>Writes everything that determines the numbers, and nothing else, as one JSON object.</summary>
    /// <param name="json">Where to write.</param>
    /// <param name="parameters">What was asked for.</param>
    /// <param name="datasetFingerprint">Names the data; see <see cref="Data.ClassificationTask.DatasetFingerprint"/>.</param>
    public static void WriteParameters(Utf8JsonWriter json, ExperimentParameters parameters, string datasetFingerprint)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(parameters);
        json.WriteStartObject();
        json.WriteString("digits", parameters.Digits.ToString());
        json.WriteNumber("d", parameters.Dimension);
        json.WriteNumber("side", parameters.Side);
        WriteNetworkParameters(json, parameters);
        json.WriteNumber("seed", parameters.Seed);
        json.WriteString("initialization", Name(parameters.Initialization));
        json.WriteBoolean("bias", parameters.Bias);
        json.WriteBoolean("normalize", parameters.Normalize);
        json.WriteBoolean("antialias", parameters.Antialias);
        json.WriteBoolean("untrained", parameters.Untrained);
        WriteTrainingOptions(json, parameters.Training);
        WriteNumber(json, "trainLimit", parameters.TrainLimit);
        WriteAdversarialOptions(json, parameters.Adversarial);
        WriteRobustParameters(json, parameters);
        MethodJson.WriteOptions(json, parameters.Method);
        if (parameters.OutputMoves)
        {
            json.WriteBoolean("outputMoves", parameters.OutputMoves);
        }

        json.WriteBoolean("strong", parameters.Strong);
        WriteNumber(json, "limit", parameters.Limit);
        json.WriteString("datasetFingerprint", datasetFingerprint);
        json.WriteEndObject();
    }

    private static void WriteNetworkParameters(Utf8JsonWriter json, ExperimentParameters parameters)
    {
        if (parameters.IsDeep)
        {
            json.WriteStartArray("hidden");
            foreach (int width in parameters.Hidden)
            {
                json.WriteNumberValue(width);
            }

            json.WriteEndArray();
            return;
        }

        json.WriteNumber("m", parameters.Width);
        WriteNumber(json, "c0", parameters.C0);
        WriteNumber(json, "radius", parameters.Radius);
    }

    private static void WriteTrainingOptions(Utf8JsonWriter json, TrainingOptions training)
    {
        json.WriteStartObject("training");
        WriteNumber(json, "learningRate", training.LearningRate);
        json.WriteNumber("batch", training.Batch);
        json.WriteString("ball", Name(training.Ball));
        json.WriteNumber("epochs", training.Epochs);
        json.WriteNumber("evaluationInterval", training.EvaluationInterval);
        json.WriteEndObject();
    }

    private static void WriteAdversarialOptions(Utf8JsonWriter json, AdversarialOptions adversarial)
    {
        json.WriteStartObject("adversarial");
        WriteNumber(json, "budget", adversarial.Budget);
        json.WriteString("innerAttack", Name(adversarial.InnerAttack));
        json.WriteNumber("innerSteps", adversarial.Steps);
        WriteNumber(json, "innerStepSize", adversarial.StepSize);
        json.WriteBoolean("innerRandomStart", adversarial.RandomStart);
        json.WriteBoolean("clip", adversarial.Clip);
        json.WriteBoolean("rescale", adversarial.Rescale);
        json.WriteString("refresh", Name(adversarial.Refresh));
        WriteNumber(json, "patience", adversarial.Patience);
        json.WriteEndObject();
    }

    private static void WriteRobustParameters(Utf8JsonWriter json, ExperimentParameters parameters)
    {
        json.WriteStartArray("robustBudgets");
        foreach (double budget in parameters.RobustBudgets)
        {
            json.WriteNumberValue(budget);
        }

        json.WriteEndArray();
        json.WriteNumber("robustSteps", parameters.RobustSteps);
        json.WriteBoolean("robustClip", parameters.RobustClip);
    }

    /// <summary>Writes <c>training</c>; null where there was none.</summary>
    internal static void WriteTraining(Utf8JsonWriter json, TrainingSummary? training)
    {
        if (training is null)
        {
            json.WriteNull("training");
            return;
        }

        json.WriteStartObject("training");
        json.WriteNumber("steps", training.Steps);
        WriteNumber(json, "epochs", training.Epochs);
        WriteNumber(json, "deviation", training.Deviation);
        WriteNumber(json, "c0Measured", training.C0Measured);
        json.WriteBoolean("reachedBall", training.ReachedBall);
        WriteNumber(json, "trainLoss", training.TrainLoss);
        WriteNumber(json, "trainAccuracy", training.TrainAccuracy);
        json.WriteStartArray("trace");
        foreach (TrainingPoint point in training.Trace)
        {
            json.WriteStartObject();
            json.WriteNumber("step", point.Step);
            WriteNumber(json, "epoch", point.Epoch);
            WriteNumber(json, "loss", point.Loss);
            WriteNumber(json, "accuracy", point.Accuracy);
            WriteNumber(json, "deviation", point.Deviation);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteRobustTrace(json, training.RobustTrace);
        json.WriteEndObject();
    }

    private static void WriteRobustTrace(Utf8JsonWriter json, IReadOnlyList<RobustPoint> trace)
    {
        // Absent, not empty: nobody watched.
        if (trace.Count == 0)
        {
            return;
        }

        json.WriteStartArray("robustTrace");
        foreach (RobustPoint point in trace)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", point.Epoch);
            WriteNumber(json, "beforeProjection", point.BeforeProjection);
            WriteNumber(json, "afterProjection", point.AfterProjection);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePrediction(Utf8JsonWriter json, PredictionSummary? prediction)
    {
        if (prediction is null)
        {
            json.WriteNull("prediction");
            return;
        }

        json.WriteStartObject("prediction");
        WriteSummary(json, "perturbationNorm", prediction.PerturbationNorm);
        WriteSummary(json, "gradientNorm", prediction.GradientNorm);
        WriteSummary(json, "stepSize", prediction.StepSize);
        json.WriteEndObject();
    }

    private static void WriteStrong(Utf8JsonWriter json, StrongSummary? strong)
    {
        // Absent, not null: without the stronger attacks nobody asked for these.
        if (strong is null)
        {
            return;
        }

        json.WriteStartObject("oneStepOverBest");
        WriteNumber(json, "median", strong.OneStepOverBest.Median);
        WriteNumber(json, "max", strong.OneStepOverBest.Max);
        json.WriteEndObject();
        WriteSummary(json, "bestPerturbationNorm", strong.BestPerturbationNorm);
        json.WriteStartArray("attacks");
        foreach (string attack in strong.Attacks)
        {
            json.WriteStringValue(attack);
        }

        json.WriteEndArray();
    }

    private static void WriteSeconds(Utf8JsonWriter json, StageSeconds seconds)
    {
        json.WriteStartObject("seconds");
        WriteNumber(json, "train", seconds.Train);
        WriteNumber(json, "attack", seconds.Attack);
        WriteNumber(json, "verify", seconds.Verify);
        foreach ((string name, double? value) in new[] { ("strong", seconds.Strong), ("robust", seconds.Robust), ("outputMoves", seconds.OutputMoves) })
        {
            if (value is not null)
            {
                WriteNumber(json, name, value);
            }
        }

        json.WriteEndObject();
    }

    /// <summary>A summary; statistics of nothing are null.</summary>
    internal static void WriteSummary(Utf8JsonWriter json, string name, Summary summary)
    {
        json.WriteStartObject(name);
        WriteNumber(json, "mean", summary.Mean);
        WriteNumber(json, "median", summary.Median);
        WriteNumber(json, "std", summary.Std);
        WriteNumber(json, "min", summary.Min);
        WriteNumber(json, "max", summary.Max);
        json.WriteEndObject();
    }

    /// <summary>A number; null where there is none, or none that JSON can say.</summary>
    internal static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
