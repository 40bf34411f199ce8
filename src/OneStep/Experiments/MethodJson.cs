using System.Text.Json;
using OneStep.Statistics;

namespace OneStep.Experiments;

/// <summary>The attack of an experiment as a part of its JSON document; see <see cref="ExperimentJson"/>.</summary>
internal static class MethodJson
{
    /// <summary>Writes what was asked for; nothing for the single step, which needs no choice.</summary>
    public static void WriteOptions(Utf8JsonWriter json, MethodOptions method)
    {
        if (method.IsOneStep)
        {
            return;
        }

        json.WriteString("method", method.Name);
        ExperimentJson.WriteNumber(json, "budget", method.Budget);
        json.WriteString("norm", NormNames.Of(method.Norm ?? ExperimentMethods.NormOf(method.Name)));
        ExperimentJson.WriteNumber(json, "attackSteps", method.Steps);
    }

    /// <summary>Writes <c>attack</c>: the size in the attack's own norm and its cost.</summary>
    public static void Write(Utf8JsonWriter json, MethodSummary? method)
    {
        if (method is null)
        {
            return;
        }

        json.WriteStartObject("attack");
        json.WriteString("norm", NormNames.Of(method.Norm));
        ExperimentJson.WriteSummary(json, "size", method.Size);
        WritePasses(json, method.ForwardPasses, method.BackwardPasses);
        if (method.Path is { } path)
        {
            ExperimentJson.WriteSummary(json, "pathLength", path.Length);
            ExperimentJson.WriteSummary(json, "pathSteps", path.Steps);
        }

        json.WriteEndObject();
    }

    /// <summary>Writes <c>passes</c>, per input that can be attacked.</summary>
    public static void WritePasses(Utf8JsonWriter json, double forward, double backward)
    {
        json.WriteStartObject("passes");
        ExperimentJson.WriteNumber(json, "forward", forward);
        ExperimentJson.WriteNumber(json, "backward", backward);
        json.WriteEndObject();
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <param name="json">The object.</param>
    /// <param name="summary">Reads the summary of a name in it.</param>
    /// <exception cref="KeyNotFoundException">A name is missing.</exception>
    /// <exception cref="FormatException">The norm is unknown.</exception>
    public static MethodSummary Read(JsonElement json, Func<string, Summary> summary)
    {
        string norm = json.GetProperty("norm").GetString()!;
        JsonElement passes = json.GetProperty("passes");
        return new(
            NormNames.Parse(norm) ?? throw new FormatException($"'{norm}' is no norm."),
            summary("size"),
            passes.GetProperty("forward").GetDouble(),
            passes.GetProperty("backward").GetDouble())
        {
            Path = json.TryGetProperty("pathLength", out _) ? new(summary("pathLength"), summary("pathSteps")) : null,
        };
    }
}
