namespace OneStep.Tests;

/// <summary>A folder of a test's own, gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("onestep-tests-");

    /// <summary>Where it is.</summary>
    public string FullName => _folder.FullName;

    /// <summary>The names of everything in it, sorted.</summary>
    public string[] Names => [.. _folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order(StringComparer.Ordinal)];

    /// <summary>The path of a file in it.</summary>
    public string At(string name) => Path.Combine(FullName, name);

    /// <summary>Writes a file into it and gives its path.</summary>
    public string Put(string name, byte[] content)
    {
        File.WriteAllBytes(At(name), content);
        return At(name);
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);
}
