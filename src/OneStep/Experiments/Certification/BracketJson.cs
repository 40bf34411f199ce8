using System.Text.Json;

namespace OneStep.Experiments.Certification;

/// <summary>A bracket as members of a JSON object, with the names of <see cref="CertificationJson"/>.</summary>
internal static class BracketJson
{
    /// <summary>Writes what was measured, the seconds last.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="result">The numbers.</param>
    /// <param name="withInputs">Whether the single inputs are among them; else a table has them.</param>
    public static void WriteNumbers(Utf8JsonWriter json, BracketResult result, bool withInputs)
    {
        CertificationJson.WriteNetwork(json, result);
        json.WriteStartObject("bracket");
        json.WriteNumber("count", result.Options.Count);
        json.WriteNumber("inputs", result.Inputs.Count);
        json.WriteEndObject();
        CertificationJson.WriteFound(json, result, withInputs);
    }
}
