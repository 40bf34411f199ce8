using System.Text.Json.Nodes;

namespace OneStep.Reports;

/// <summary>One figure: what it shows, in words and as a Vega-Lite 6 specification that carries its data.</summary>
/// <param name="Name">A name fit for a file, for example <c>relative-perturbation</c>; unique in a report.</param>
/// <param name="Title">The title, without markup.</param>
/// <param name="Caption">What one sees, without markup.</param>
/// <param name="Specification">The Vega-Lite specification. It names no colours: marks have styles (<c>measured</c>,
/// <c>prediction</c>, …) that the page fills in for light and dark.</param>
public sealed record Figure(string Name, string Title, string Caption, JsonObject Specification)
{
    /// <summary>The numbers that are drawn, as a table: the names of the columns, then the rows, an empty field where there is
    /// no number. Empty for figures whose data have a table elsewhere.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Table { get; init; } = [];
}
