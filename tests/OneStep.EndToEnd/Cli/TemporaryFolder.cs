namespace OneStep.EndToEnd.Cli;

/// <summary>A folder that vanishes with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("onestep-").FullName;

    /// <summary>Every file and folder in it.</summary>
    public string[] Entries => Directory.GetFileSystemEntries(_path);

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(_path, name);

    /// <summary>The folder itself.</summary>
    public override string ToString() => _path;

    public void Dispose() => Directory.Delete(_path, recursive: true);
}
