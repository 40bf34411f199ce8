using System.Text.Json;

namespace OneStep.Experiments;

/// <summary>Attacked inputs as members of a JSON object.</summary>
internal static class AttackSummaryJson
{
    /// <summary>Writes <c>cleanAccuracy</c>, <c>examples</c>, the summaries and <c>verified</c>.</summary>
    public static void Write(Utf8JsonWriter json, AttackSummary summary)
    {
        ExperimentJson.WriteNumber(json, "cleanAccuracy", summary.CleanAccuracy);
        WriteCounts(json, summary.Examples);
        ExperimentJson.WriteSummary(json, "perturbationNorm", summary.PerturbationNorm);
        ExperimentJson.WriteSummary(json, "relativePerturbationNorm", summary.RelativePerturbationNorm);
        ExperimentJson.WriteSummary(json, "gradientNorm", summary.GradientNorm);
        ExperimentJson.WriteSummary(json, "stepSize", summary.StepSize);
        ExperimentJson.WriteSummary(json, "margin", summary.Margin);
        json.WriteNumber("verified", summary.Verified);
    }

    private static void WriteCounts(Utf8JsonWriter json, ExampleCounts counts)
    {
        json.WriteStartObject("examples");
        json.WriteNumber("total", counts.Total);
        json.WriteNumber("misclassified", counts.Misclassified);
        json.WriteNumber("flipped", counts.Flipped);
        json.WriteNumber("notFlipped", counts.NotFlipped);
        json.WriteNumber("noLabel", counts.NoLabel);
        json.WriteNumber("noDirection", counts.NoDirection);
        json.WriteEndObject();
    }
}
