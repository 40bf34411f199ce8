namespace OneStep.Tests;

/// <summary>Finds the files that stand in the repository beside the tests.</summary>
internal static class RepositoryFiles
{
    private const string RootMarker = "OneStep.slnx";

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the four MNIST files.</summary>
    public static string Mnist => Path.Combine(Root, "data", "mnist");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, RootMarker)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"There is no {RootMarker} above {AppContext.BaseDirectory}.");
    }
}
