using System.Text.Json;

namespace OneStep.Experiments;

/// <summary>Accuracy under attack as a part of the JSON document; see <see cref="ExperimentJson"/>.</summary>
internal static class RobustAccuracyJson
{
    /// <summary>Writes <c>robustAccuracy</c>; nothing where nobody asked for it.</summary>
    public static void Write(Utf8JsonWriter json, RobustAccuracy? robust)
    {
        if (robust is null)
        {
            return;
        }

        json.WriteStartObject("robustAccuracy");
        WriteNumbers(json, "budgets", robust.Budgets);
        WriteNumbers(json, "value", robust.Value);
        WriteAttacks(json, robust.Attacks);
        if (robust.Clipped is { } clipped)
        {
            json.WriteStartObject("clipped");
            WriteNumbers(json, "value", clipped.Value);
            WriteAttacks(json, clipped.Attacks);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("clipped");
        }

        if (robust.Certified is { } certified)
        {
            json.WriteStartObject("certified");
            json.WriteNumber("examined", certified.Examined);
            json.WriteNumber("found", certified.Found);
            json.WriteStartArray("alone");
            foreach (int alone in certified.Alone)
            {
                json.WriteNumberValue(alone);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteStartArray("warnings");
        foreach (string warning in robust.Warnings)
        {
            json.WriteStringValue(warning);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAttacks(Utf8JsonWriter json, IReadOnlyList<AttackCurve> attacks)
    {
        json.WriteStartArray("attacks");
        foreach (AttackCurve attack in attacks)
        {
            json.WriteStartObject();
            json.WriteString("name", attack.Name);
            WriteNumbers(json, "accuracy", attack.Accuracy);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            json.WriteNumberValue(value);
        }

        json.WriteEndArray();
    }
}
