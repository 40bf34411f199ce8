using System.Text.RegularExpressions;

namespace OneStep.Reports;

/// <summary>
/// What a report's page is made of. The page carries its scripts, styles, data and images, so that it opens without a
/// network, now and in ten years.
/// </summary>
internal sealed partial record ReportPage
{
    /// <summary>The title, without markup.</summary>
    public required string Title { get; init; }

    /// <summary>What was found, in a sentence or two, without markup.</summary>
    public required string Description { get; init; }

    /// <summary>The head of the page.</summary>
    public required Html Head { get; init; }

    /// <summary>The sections: an element with the identifier <c>Anchor</c> each, and what the contents call it.</summary>
    public required IReadOnlyList<(string Anchor, string Name)> Contents { get; init; }

    /// <summary>The sections themselves.</summary>
    public required Html Content { get; init; }

    /// <summary>Writes the page.</summary>
    /// <param name="writer">Receives the HTML; to be encoded as UTF-8.</param>
    public void Write(TextWriter writer)
    {
        string template = ReportAssets.Read("report.html");
        int written = 0;
        foreach (Match place in Placeholder().Matches(template))
        {
            writer.Write(template.AsSpan(written, place.Index - written));
            writer.Write(Fill(place.Groups["name"].Value));
            written = place.Index + place.Length;
        }

        writer.Write(template.AsSpan(written));
    }

    private string Fill(string place) => place switch
    {
        "title" => Html.Of($"{Title} – OneStep").Markup,
        "description" => Html.Of($"{Description}").Markup,
        "style" => ReportAssets.Read("report.css"),
        "head" => Html.Of($"""
            <a class="skip" href="#{Contents[0].Anchor}">Skip to the content</a>
            {Head}
            <nav aria-label="Contents">
            {Contents.Select(section => Html.Of($"<a href=\"#{section.Anchor}\">{section.Name}</a>\n"))}</nav>
            """).Markup,
        "content" => Content.Markup,
        "notices" => Html.Of($"{ReportAssets.Read("THIRD-PARTY-NOTICES.md")}").Markup,
        "scripts" => string.Concat(ReportAssets.Scripts.Select(name => $"<script>{ReportAssets.ReadScript(name)}</script>\n")),
        _ => throw new InvalidOperationException($"The report's template asks for '{place}', which nothing fills."),
    };

    [GeneratedRegex(@"\{\{(?<name>\w+)\}\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
