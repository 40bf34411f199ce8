using System.Text.Json;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>What experiments on random networks have in common in their JSON documents.</summary>
internal static class RandomNetworkJson
{
    /// <summary>Writes how many networks fell, how many did not and why, and the parts that these are of all.</summary>
    public static void WriteCounts(Utf8JsonWriter json, RandomNetworkSummary summary)
    {
        json.WriteNumber("networks", summary.Networks);
        json.WriteNumber("flipped", summary.Flipped);
        json.WriteNumber("notFlipped", summary.NotFlipped);
        json.WriteNumber("noLabel", summary.WithoutLabel);
        json.WriteNumber("noDirection", summary.WithoutDirection);
        WriteShare(json, "flippedShare", summary.Flipped, summary.Networks);
        WriteShare(json, "notFlippedShare", summary.NotFlipped, summary.Networks);
        WriteShare(json, "vanishedShare", summary.Vanished, summary.Networks);
    }

    /// <summary>Writes what the single steps say together.</summary>
    public static void WriteSummaries(Utf8JsonWriter json, RandomNetworkSummary summary)
    {
        ExperimentJson.WriteSummary(json, "scaledPerturbationNorm", summary.ScaledPerturbationNorm);
        ExperimentJson.WriteSummary(json, "perturbationNorm", summary.PerturbationNorm);
        ExperimentJson.WriteSummary(json, "gradientNorm", summary.GradientNorm);
        ExperimentJson.WriteSummary(json, "stepSize", summary.StepSize);
        ExperimentJson.WriteSummary(json, "overshoot", summary.Overshoot);
        ExperimentJson.WriteSummary(json, "margin", summary.Margin);
    }

    /// <summary>Writes a list of numbers; null where there is none.</summary>
    public static void WriteNumbers(Utf8JsonWriter json, string name, IEnumerable<double?> values)
    {
        json.WriteStartArray(name);
        foreach (double? value in values)
        {
            if (value is double number)
            {
                json.WriteNumberValue(number);
            }
            else
            {
                json.WriteNullValue();
            }
        }

        json.WriteEndArray();
    }

    /// <summary>Writes the widths of hidden layers.</summary>
    public static void WriteHiddenWidths(Utf8JsonWriter json, IReadOnlyList<int> widths) =>
        WriteNumbers(json, "hiddenWidths", widths.Select(width => (double?)width));

    private static void WriteShare(Utf8JsonWriter json, string name, int part, int whole) => ExperimentJson.WriteNumber(json, name, part / (double)whole);
}
