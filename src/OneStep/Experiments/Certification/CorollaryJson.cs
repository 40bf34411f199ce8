using System.Text.Json;

namespace OneStep.Experiments.Certification;

/// <summary>A bound on robust accuracy as a JSON document: what <c>certify --corollary --json</c> prints. The names are a contract.</summary>
public static class CorollaryJson
{
    /// <summary>The document as indented text without a final line break.</summary>
    public static string Format(CorollaryResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return ExperimentJson.Format(json => Write(json, result));
    }

    private static void Write(Utf8JsonWriter json, CorollaryResult result)
    {
        json.WriteStartObject();
        json.WritePropertyName("parameters");
        ExperimentJson.WriteParameters(json, result.Parameters, result.DatasetFingerprint);
        WriteNumbers(json, result);
        json.WriteEndObject();
    }

    /// <summary>Writes what was measured, the seconds last, as members of an object.</summary>
    internal static void WriteNumbers(Utf8JsonWriter json, CorollaryResult result)
    {
        json.WriteStartObject("corollary");
        ExperimentJson.WriteNumber(json, "budget", result.Budget);
        json.WriteNumber("count", result.Count);
        ExperimentJson.WriteNumber(json, "upperBound", result.UpperBound);
        ExperimentJson.WriteNumber(json, "singleInputUpperBound", result.SingleInputUpperBound);
        ExperimentJson.WriteNumber(json, "jointUpperBound", result.JointUpperBound);
        json.WriteStartArray("explicit");
        foreach (ExplicitNetworkAccuracy network in result.Explicit)
        {
            json.WriteStartObject();
            json.WriteString("name", network.Name);
            ExperimentJson.WriteNumber(json, "accuracy", network.Accuracy);
            ExperimentJson.WriteNumber(json, "accuracyAtBound", network.AccuracyAtBound);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("seconds");
        ExperimentJson.WriteNumber(json, "bound", result.BoundSeconds);
        ExperimentJson.WriteNumber(json, "explicit", result.ExplicitSeconds);
        json.WriteEndObject();
    }
}
