namespace OneStep.Reports.Sections;

/// <summary>Names and values below a heading.</summary>
internal static class FactList
{
    /// <summary>The list.</summary>
    public static Html Of(string title, IEnumerable<(string Name, string Value)> items) => Html.Of($"""
        <div><h3>{title}</h3><dl class="facts">{items.Select(item => Html.Of($"<div><dt>{item.Name}</dt><dd>{item.Value}</dd></div>"))}</dl></div>
        """);

    /// <summary>The command that makes the same numbers again; nothing where there is none.</summary>
    public static Html Command(string? command) => string.IsNullOrWhiteSpace(command) ? Html.Empty : Html.Of($"""
        <p>The same numbers again, on any machine:</p>
        <pre tabindex="0"><code>{command}</code></pre>
        """);
}
