using OneStep.Studies;

namespace OneStep.Cli;

/// <summary>The studies that come with the program.</summary>
internal static class EmbeddedStudies
{
    private const string Folder = "studies/";
    private const string Extension = ".yaml";

    /// <summary>Their names, in alphabetical order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(EmbeddedStudies).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => name[Folder.Length..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads one of them.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static StudyDefinition Load(string name)
    {
        using Stream stream = typeof(EmbeddedStudies).Assembly.GetManifestResourceStream(Folder + name + Extension)!;
        using var reader = new StreamReader(stream);
        return StudyFile.Parse(reader.ReadToEnd(), name, Folder + name + Extension);
    }
}
