using System.Text.Json;

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
        json.WriteString("norm", NormNames.Of(method.Norm ?? AttackMethods.NormOf(method.Name)));
        ExperimentJson.WriteNumber(json, "attackSteps", method.Steps);
    }
}
