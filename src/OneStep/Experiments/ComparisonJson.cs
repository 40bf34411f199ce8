using System.Text;
using System.Text.Json;
using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>
/// The numbers of a comparison as a JSON document: what <c>compare --json</c> prints. The names are a contract; statistics of
/// nothing are null. Passes are per input that can be attacked.
/// </summary>
public static class ComparisonJson
{
    /// <summary>The document as indented text without a final line break.</summary>
    public static string Format(ComparisonResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, ExperimentJson.Indented))
        {
            Write(json, result);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static void Write(Utf8JsonWriter json, ComparisonResult result)
    {
        json.WriteStartObject();
        json.WritePropertyName("parameters");
        ExperimentJson.WriteParameters(json, result.Parameters, result.DatasetFingerprint);
        ExperimentJson.WriteTraining(json, result.Training);
        ExperimentJson.WriteNumber(json, "deviation", result.Deviation);
        ExperimentJson.WriteNumber(json, "cleanAccuracy", result.CleanAccuracy);
        json.WriteStartArray("attacks");
        foreach (MethodMeasurement attack in result.Attacks)
        {
            WriteAttack(json, attack);
        }

        json.WriteEndArray();
        json.WriteStartArray("violations");
        foreach (AttackViolation violation in result.Violations)
        {
            WriteViolation(json, violation);
        }

        json.WriteEndArray();
        json.WriteStartObject("seconds");
        ExperimentJson.WriteNumber(json, "train", result.TrainSeconds);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAttack(Utf8JsonWriter json, MethodMeasurement attack)
    {
        json.WriteStartObject();
        json.WriteString("method", attack.Method);
        json.WriteString("attack", attack.Attack);
        json.WriteString("norm", NormNames.Of(attack.Norm));
        ExperimentJson.WriteNumber(json, "median", attack.Size.Median);
        ExperimentJson.WriteNumber(json, "mean", attack.Size.Mean);
        ExperimentJson.WriteNumber(json, "std", attack.Size.Std);
        ExperimentJson.WriteNumber(json, "min", attack.Size.Min);
        ExperimentJson.WriteNumber(json, "max", attack.Size.Max);
        json.WriteStartObject("overBest");
        ExperimentJson.WriteNumber(json, "median", attack.OverBest.Median);
        ExperimentJson.WriteNumber(json, "max", attack.OverBest.Max);
        json.WriteEndObject();
        MethodJson.WritePasses(json, attack.ForwardPasses, attack.BackwardPasses);
        ExperimentJson.WriteNumber(json, "seconds", attack.Seconds);
        json.WriteNumber("attacked", attack.Attackable);
        json.WriteNumber("flipped", attack.Examples.Flipped);
        json.WriteNumber("verified", attack.Verified);
        json.WriteEndObject();
    }

    private static void WriteViolation(Utf8JsonWriter json, AttackViolation violation)
    {
        json.WriteStartObject();
        json.WriteString("method", violation.Method);
        json.WriteString("contained", violation.Contained);
        json.WriteNumber("index", violation.Index);
        ExperimentJson.WriteNumber(json, "size", violation.Norm);
        ExperimentJson.WriteNumber(json, "containedSize", violation.ContainedNorm);
        json.WriteEndObject();
    }
}
