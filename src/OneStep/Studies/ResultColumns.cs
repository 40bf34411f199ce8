using System.Text.Json;

namespace OneStep.Studies;

/// <summary>
/// A cell's JSON document as one row of a table: every measured number under its path, as in <c>perturbationNorm.mean</c>.
/// Whatever the document will hold one day has its column without further ado.
/// </summary>
internal static class ResultColumns
{
    private const string Parameters = "parameters";
    private const string Name = "name";

    // Wall times belong to no table, and a training curve is no single number.
    private static readonly string[] LeftOut = ["seconds", "trace", "robustTrace"];

    // What there may be none of as a whole: null in its place is no number that is missing, and has no column.
    private static readonly string[] Groups = ["training", "prediction", "clipped"];

    // What follows from the parameters and is not among them: the input dimension and the radius of the ball.
    private static readonly string[] Derived = ["d", "radius"];

    /// <summary>The columns and their values, in the order of the document; a statistic of nothing is empty.</summary>
    public static IEnumerable<(string Column, string Value)> Of(JsonElement result)
    {
        foreach (JsonProperty property in result.EnumerateObject())
        {
            if (property.NameEquals(Parameters))
            {
                foreach (string name in Derived.Where(name => property.Value.TryGetProperty(name, out _)))
                {
                    yield return (name, Text(property.Value.GetProperty(name)));
                }
            }
            else if (!IsLeftOut(property))
            {
                foreach ((string, string) column in Flatten(property.Name, property.Value))
                {
                    yield return column;
                }
            }
        }
    }

    private static bool IsLeftOut(JsonProperty property) =>
        LeftOut.Contains(property.Name) || (property.Value.ValueKind == JsonValueKind.Null && Groups.Contains(property.Name));

    private static IEnumerable<(string Column, string Value)> Flatten(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject()
            .Where(p => !IsLeftOut(p) && !p.NameEquals(Name))
            .SelectMany(p => Flatten($"{path}.{p.Name}", p.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany((item, i) => Flatten($"{path}.{ItemName(item, i)}", item)),
        _ => [(path, Text(value))],
    };

    /// <summary>An element of a list goes by its name, where it has one, and else by its place.</summary>
    private static string ItemName(JsonElement item, int place) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(Name, out JsonElement name) ? Text(name) : $"{place}";

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => string.Empty,
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
