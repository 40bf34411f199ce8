using System.Text.Json.Nodes;

namespace OneStep.Reports.Figures;

/// <summary>The parts of Vega-Lite specifications that figures share.</summary>
internal static class VegaLite
{
    /// <summary>The language's version; an identifier, never fetched.</summary>
    public const string Schema = "https://vega.github.io/schema/vega-lite/v6.json";

    private const int Height = 240;
    private const int Ticks = 5;

    // Solid, dashed, dotted, and mixtures.
    private static readonly int[][] Patterns = [[1, 0], [6, 4], [2, 3], [8, 3, 2, 3], [12, 4]];

    /// <summary>A chart as wide as its place on the page, of layers that share their axes.</summary>
    public static JsonObject Chart(string description, params JsonNode[] layers) => new()
    {
        ["$schema"] = Schema,
        ["description"] = description,
        ["width"] = "container",
        ["height"] = Height,
        ["layer"] = new JsonArray([.. layers.Where(HasRows)]),
    };

    // Of a layer with no rows, such as intervals where there is one seed, the browser's console complains.
    private static bool HasRows(JsonNode layer) => layer["data"]?["values"] is not JsonArray { Count: 0 };

    /// <summary>A layer with data of its own; rows that another layer has already are copied.</summary>
    public static JsonObject Layer(IEnumerable<JsonObject> rows, JsonObject mark, JsonObject encoding) => new()
    {
        ["data"] = new JsonObject { ["values"] = new JsonArray([.. rows.Select(row => row.Parent is null ? row : row.DeepClone())]) },
        ["mark"] = mark,
        ["encoding"] = encoding,
    };

    /// <summary>A mark whose looks are the page's business.</summary>
    public static JsonObject Mark(string type, string style) => new() { ["type"] = type, ["style"] = style };

    /// <summary>A numeric channel whose axis need not contain zero.</summary>
    public static JsonObject Quantitative(string field, string title) => new()
    {
        ["field"] = field,
        ["type"] = "quantitative",
        ["title"] = title,
        ["scale"] = new JsonObject { ["zero"] = false, ["nice"] = Ticks },
    };

    /// <summary>A numeric channel whose axis reaches to zero.</summary>
    public static JsonObject FromZero(string field, string title)
    {
        JsonObject channel = Quantitative(field, title);
        channel["scale"]!["zero"] = true;
        return channel;
    }

    /// <summary>Tells lines apart by dash as well as by the page's colours: the first name is solid, the second dashed, the third dotted.</summary>
    /// <param name="encoding">The encoding that gets the channels.</param>
    /// <param name="field">The field with the names.</param>
    /// <param name="names">One name to five, in the order of the legend.</param>
    public static void DistinguishLines(JsonObject encoding, string field, params string[] names) =>
        Distinguish(encoding, "strokeDash", [.. Patterns.Take(names.Length).Select(Dash)], field, names, names);

    /// <summary>Tells lines apart by dash as well as by the colours that they have among more names.</summary>
    /// <param name="encoding">The encoding that gets the channels.</param>
    /// <param name="field">The field with the names.</param>
    /// <param name="lines">The names of the lines, five at most.</param>
    /// <param name="names">Every name of the chart, in the order of the page's colours.</param>
    public static void DistinguishLinesAmong(JsonObject encoding, string field, IReadOnlyList<string> lines, IReadOnlyList<string> names) =>
        Distinguish(encoding, "strokeDash", [.. Patterns.Take(lines.Count).Select(Dash)], field, lines, names);

    /// <summary>Tells points apart by shape as well as by the colours that they have among more names.</summary>
    /// <param name="encoding">The encoding that gets the channels.</param>
    /// <param name="field">The field with the names.</param>
    /// <param name="shapes">The shape of each.</param>
    /// <param name="points">The names of the points, as many as shapes.</param>
    /// <param name="names">Every name of the chart, in the order of the page's colours.</param>
    public static void DistinguishPointsAmong(
        JsonObject encoding, string field, IReadOnlyList<string> shapes, IReadOnlyList<string> points, IReadOnlyList<string> names) =>
        Distinguish(encoding, "shape", Names(shapes), field, points, names);

    /// <summary>A channel of dashes alone, for lines whose colour says something else: the first name is solid.</summary>
    /// <param name="field">The field with the names.</param>
    /// <param name="names">One name to five, in the order of the legend.</param>
    public static JsonObject Dashes(string field, IReadOnlyList<string> names)
    {
        JsonObject encoding = [];
        Distinguish(encoding, "strokeDash", [.. Patterns.Take(names.Count).Select(Dash)], field, names, names);
        JsonNode dash = encoding["strokeDash"]!;
        encoding.Remove("strokeDash");
        return (JsonObject)dash;
    }

    /// <summary>A line of a mark's tooltip.</summary>
    public static JsonObject Tooltip(string field, string title, string type = "quantitative") =>
        new() { ["field"] = field, ["type"] = type, ["title"] = title };

    /// <summary>A legend above the chart.</summary>
    public static JsonObject Legend(int columns) => new()
    {
        ["title"] = null,
        ["orient"] = "top",
        ["columns"] = columns,
    };

    private static void Distinguish(
        JsonObject encoding, string channel, JsonArray range, string field, IReadOnlyList<string> shown, IReadOnlyList<string> names)
    {
        encoding["color"] = ByName(names);
        encoding[channel] = ByName(shown);
        encoding[channel]!["scale"]!["range"] = range;

        JsonObject ByName(IReadOnlyList<string> domain)
        {
            JsonObject legend = Legend(columns: 1);
            if (shown.Count < names.Count)
            {
                legend["values"] = Names(shown);
            }

            return new() { ["field"] = field, ["type"] = "nominal", ["scale"] = new JsonObject { ["domain"] = Names(domain) }, ["legend"] = legend };
        }
    }

    private static JsonArray Names(IReadOnlyList<string> names) => new([.. names.Select(name => JsonValue.Create(name))]);

    private static JsonArray Dash(int[] pattern) => new([.. pattern.Select(length => JsonValue.Create(length))]);
}
