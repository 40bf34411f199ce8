using System.Text.Json;

namespace OneStep.Cli.Rendering;

/// <summary>
/// The numbers of a measurement's document, sorted by how a table shows them; each in the order of the document and under its
/// name in words.
/// </summary>
internal sealed class MeasuredNumbers
{
    private const string Parameters = "parameters";
    private const string Seconds = "seconds";
    private const string Name = "name";

    private static readonly string[] Statistics = ["mean", "median", "std", "min", "max"];

    private readonly List<(string Name, string Value)> _values = [];
    private readonly List<(string Name, IReadOnlyList<double?> Statistics)> _summaries = [];
    private readonly List<(string Name, IReadOnlyList<double?> Values)> _lists = [];

    /// <summary>Sorts a document.</summary>
    /// <param name="document">What <see cref="OneStep.Experiments.Kinds.Measurement.Json"/> holds.</param>
    public MeasuredNumbers(JsonElement document)
    {
        foreach (JsonProperty property in document.EnumerateObject())
        {
            switch (property.Name)
            {
                case Parameters:
                    Given = [.. property.Value.EnumerateObject().Select(p => (Words(p.Name), Exactly(p.Value)))];
                    break;
                case Seconds:
                    Time = Total(property.Value);
                    break;
                default:
                    Add(Words(property.Name), property.Value);
                    break;
            }
        }
    }

    /// <summary>What was asked for.</summary>
    public IReadOnlyList<(string Name, string Value)> Given { get; } = [];

    /// <summary>Single values.</summary>
    public IReadOnlyList<(string Name, string Value)> Values => _values;

    /// <summary>Mean, median, standard deviation, smallest and largest.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<double?> Statistics)> Summaries => _summaries;

    /// <summary>Lists of numbers.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<double?> Values)> Lists => _lists;

    /// <summary>Seconds in all.</summary>
    public double Time { get; }

    private void Add(string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object)
        {
            bool isSummary = Statistics.All(statistic => value.TryGetProperty(statistic, out _));
            if (isSummary)
            {
                _summaries.Add((name, [.. Statistics.Select(statistic => Number(value.GetProperty(statistic)))]));
            }

            foreach (JsonProperty property in value.EnumerateObject().Where(property => !isSummary || !Statistics.Contains(property.Name)))
            {
                Add($"{name}: {Words(property.Name)}", property.Value);
            }
        }
        else if (value.ValueKind != JsonValueKind.Array)
        {
            _values.Add((name, ValueOf(value)));
        }
        else if (value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Number or JsonValueKind.Null))
        {
            _lists.Add((name, [.. value.EnumerateArray().Select(Number)]));
        }
        else
        {
            AddNamed(name, value);
        }
    }

    /// <summary>Elements of a list that have names; others are too many for a table.</summary>
    private void AddNamed(string list, JsonElement items)
    {
        foreach (JsonElement item in items.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(Name, out _)))
        {
            foreach (JsonProperty property in item.EnumerateObject().Where(property => !property.NameEquals(Name)))
            {
                Add($"{list}: {item.GetProperty(Name).GetString()}: {Words(property.Name)}", property.Value);
            }
        }
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static double Total(JsonElement seconds) => seconds.ValueKind == JsonValueKind.Object
        ? seconds.EnumerateObject().Sum(property => Number(property.Value) ?? 0)
        : Number(seconds) ?? 0;

    /// <summary>Whole numbers as they stand, others rounded.</summary>
    private static string ValueOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetUInt64(out _) || value.TryGetInt64(out _) => value.GetRawText(),
        JsonValueKind.Number => NumberText.Significant(value.GetDouble()),
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        _ => NumberText.None,
    };

    /// <summary>What was asked for, as it was typed.</summary>
    private static string Exactly(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(Exactly)),
        _ => ValueOf(value),
    };

    /// <summary>A name of the document in words: <c>stepSize</c> is "step size".</summary>
    private static string Words(string name) => string.Concat(name.Select(c => char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));
}
