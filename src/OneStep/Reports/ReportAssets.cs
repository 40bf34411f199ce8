namespace OneStep.Reports;

/// <summary>The files embedded for reports.</summary>
internal static class ReportAssets
{
    private const string Folder = "Reports/Assets/";
    private const string SourceMapMark = "//# sourceMappingURL=";

    /// <summary>The scripts that draw figures, in the order in which they need each other.</summary>
    public static IReadOnlyList<string> Scripts { get; } = ["vega.min.js", "vega-lite.min.js", "vega-embed.min.js", "report.js"];

    /// <summary>One file's text.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(ReportAssets).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidOperationException($"The library lacks its embedded file {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A script as it may stand in a page: without the reference to a source map, which a browser's tools would
    /// look for beside the page.</summary>
    public static string ReadScript(string name)
    {
        string script = Read(name);
        int mark = script.LastIndexOf(SourceMapMark, StringComparison.Ordinal);
        return mark < 0 ? script : script[..mark];
    }
}
