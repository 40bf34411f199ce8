using System.Text.Json;
using OneStep.Statistics;

namespace OneStep.Experiments;

/// <summary>How all outputs were moved as a part of the JSON document; see <see cref="ExperimentJson"/>.</summary>
internal static class OutputMovesJson
{
    /// <summary>Writes <c>outputMoves</c>; nothing where nobody asked for it.</summary>
    public static void Write(Utf8JsonWriter json, OutputMoves? moves)
    {
        if (moves is null)
        {
            return;
        }

        json.WriteStartObject("outputMoves");
        json.WriteNumber("outputs", moves.Outputs);
        Write(json, "free", moves.Free);
        Write(json, "bounded", moves.Bounded);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write(Utf8JsonWriter, OutputMoves?)"/> wrote.</summary>
    /// <param name="json">The object.</param>
    /// <param name="summary">Reads a summary of a name.</param>
    /// <exception cref="KeyNotFoundException">A name is missing.</exception>
    public static OutputMoves Read(JsonElement json, Func<JsonElement, string, Summary> summary)
    {
        OutputMoveSummary Part(JsonElement part) => new(
            part.GetProperty("attempted").GetInt32(),
            part.GetProperty("reached").GetInt32(),
            summary(part, "coordinates"),
            summary(part, "regions"),
            summary(part, "folds"));
        return new(json.GetProperty("outputs").GetInt32(), Part(json.GetProperty("free")), Part(json.GetProperty("bounded")));
    }

    private static void Write(Utf8JsonWriter json, string name, OutputMoveSummary summary)
    {
        json.WriteStartObject(name);
        json.WriteNumber("attempted", summary.Attempted);
        json.WriteNumber("reached", summary.Reached);
        ExperimentJson.WriteSummary(json, "coordinates", summary.Coordinates);
        ExperimentJson.WriteSummary(json, "regions", summary.Regions);
        ExperimentJson.WriteSummary(json, "folds", summary.Folds);
        json.WriteEndObject();
    }
}
