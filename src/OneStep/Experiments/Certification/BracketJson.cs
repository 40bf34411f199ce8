using System.Text.Json;

namespace OneStep.Experiments.Certification;

/// <summary>A bracket as a JSON document: what <c>certify --json</c> prints of a deep network, with the names of
/// <see cref="CertificationJson"/>.</summary>
public static class BracketJson
{
    /// <summary>The document as indented text without a final line break.</summary>
    public static string Format(BracketResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return ExperimentJson.Format(json =>
        {
            json.WriteStartObject();
            json.WritePropertyName("parameters");
            ExperimentJson.WriteParameters(json, result.Parameters, result.DatasetFingerprint);
            WriteNumbers(json, result, withInputs: true);
            json.WriteEndObject();
        });
    }

    /// <summary>Writes what was measured, the seconds last, as members of an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="result">The numbers.</param>
    /// <param name="withInputs">Whether the single inputs are among them; else a table has them.</param>
    internal static void WriteNumbers(Utf8JsonWriter json, BracketResult result, bool withInputs)
    {
        CertificationJson.WriteNetwork(json, result);
        json.WriteStartObject("certified");
        json.WriteNumber("count", result.Options.Count);
        json.WriteNumber("inputs", result.Inputs.Count);
        json.WriteEndObject();
        CertificationJson.WriteFound(json, result, withInputs);
    }
}
