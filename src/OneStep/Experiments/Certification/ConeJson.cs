using System.Text.Json;

namespace OneStep.Experiments.Certification;

/// <summary>A multiple of a network in the cone as members of a JSON object, with the names of <see cref="CertificationJson"/> where it has them.</summary>
internal static class ConeJson
{
    /// <summary>Writes what was measured, the seconds last.</summary>
    public static void WriteNumbers(Utf8JsonWriter json, ConeResult result)
    {
        CertificationJson.WriteNetwork(json, result);
        CertificationJson.WriteCone(json, "trained", result.Trained);
        CertificationJson.WriteCone(json, "cone", result.Multiple);
        ExperimentJson.WriteNumber(json, "trueScale", result.TrueScale);
        ExperimentJson.WriteNumber(json, "scaleError", Math.Abs((result.Multiple.Scale / result.TrueScale) - 1));
        json.WriteBoolean("inCone", result.IsInCone);
        CertificationJson.WriteFound(json, result, withInputs: false);
    }
}
