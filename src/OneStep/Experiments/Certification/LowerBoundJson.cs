using System.Text.Json;

namespace OneStep.Experiments.Certification;

/// <summary>Lower bounds as members of the document of <see cref="CertificationJson"/>; nothing where none was asked for.</summary>
internal static class LowerBoundJson
{
    private const string Group = "lowerBounds";

    /// <summary>Writes the bounds over all inputs.</summary>
    public static void WriteSummary(Utf8JsonWriter json, CertifiedNetworkResult result)
    {
        if (result.LowerBounds.Count == 0)
        {
            return;
        }

        json.WriteStartObject(Group);
        foreach (LowerBoundMeasurement bound in result.LowerBounds)
        {
            json.WriteStartObject(LowerBoundSet.Name(bound.Kind));
            CertificationJson.WriteSummary(json, bound.Radius);
            ExperimentJson.WriteNumber(json, "overOneStep", bound.OverOneStep.Median);
            ExperimentJson.WriteNumber(json, "overBest", bound.OverBest.Median);
            json.WriteNumber("proved", bound.Proved);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        ExperimentJson.WriteNumber(json, "ratio", result.Ratio);
    }

    /// <summary>Writes the bounds of one input.</summary>
    public static void WriteInput(Utf8JsonWriter json, CertifiedInput input, CertifiedNetworkResult result)
    {
        WriteNumbers(json, result, bound => input[bound.Kind]);
        if (result.LowerBounds.Count > 0)
        {
            ExperimentJson.WriteNumber(json, "ratio", input.Ratio);
        }
    }

    /// <summary>Writes the times of the bounds.</summary>
    public static void WriteSeconds(Utf8JsonWriter json, CertifiedNetworkResult result) => WriteNumbers(json, result, bound => bound.Seconds);

    /// <summary>Writes bounds that a flip contradicts, as elements of a list.</summary>
    public static void WriteViolations(Utf8JsonWriter json, CertifiedNetworkResult result)
    {
        foreach (LowerBoundViolation violation in result.BrokenBounds)
        {
            json.WriteStartObject();
            json.WriteString("bound", LowerBoundSet.Name(violation.Bound));
            ExperimentJson.WriteNumber(json, "radius", violation.Radius);
            json.WriteString("kind", CertificationJson.Name(violation.Kind));
            json.WriteNumber("index", violation.Index);
            ExperimentJson.WriteNumber(json, "norm", violation.Norm);
            json.WriteEndObject();
        }
    }

    private static void WriteNumbers(Utf8JsonWriter json, CertifiedNetworkResult result, Func<LowerBoundMeasurement, double?> number)
    {
        if (result.LowerBounds.Count == 0)
        {
            return;
        }

        json.WriteStartObject(Group);
        foreach (LowerBoundMeasurement bound in result.LowerBounds)
        {
            ExperimentJson.WriteNumber(json, LowerBoundSet.Name(bound.Kind), number(bound));
        }

        json.WriteEndObject();
    }
}
