using System.Text.Json.Nodes;

namespace OneStep.Reports.Figures;

/// <summary>The data of a figure as a table.</summary>
internal static class FigureTable
{
    /// <summary>One row an object; the columns in the order in which they first occur.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IEnumerable<JsonObject> rows)
    {
        JsonObject[] all = [.. rows];
        string[] columns = [.. all.SelectMany(row => row.Select(field => field.Key)).Distinct()];
        return [columns, .. all.Select(row => (IReadOnlyList<string>)[.. columns.Select(column => row[column]?.ToString() ?? string.Empty)])];
    }
}
