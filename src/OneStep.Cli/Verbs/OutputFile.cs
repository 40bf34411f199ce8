namespace OneStep.Cli.Verbs;

/// <summary>Looks at the files that a verb shall write before minutes of work are spent on them.</summary>
internal static class OutputFile
{
    /// <summary>Checks that a file can be written, without leaving anything behind.</summary>
    /// <param name="option">The option that names the file, for the error.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="UsageException">The folder is missing or not writable, or the path names something else than a
    /// file.</exception>
    public static void RequireWritable(string option, string path)
    {
        string full = Path.GetFullPath(path);
        string? folder = Path.GetDirectoryName(full);
        if (Path.EndsInDirectorySeparator(path) || Directory.Exists(full) || folder is null)
        {
            throw new UsageException($"{option} is '{path}', but must be a file, not a folder.");
        }

        if (File.Exists(full) && !IsRegular(full))
        {
            throw new UsageException($"{option} is '{path}', but must be a regular file, not a device.");
        }

        if (!Directory.Exists(folder))
        {
            throw new UsageException($"{option} is '{path}', but its folder does not exist.");
        }

        TryToWrite(option, path, folder);
    }

    /// <summary>Checks that a folder can be written, and makes it where it does not exist.</summary>
    /// <param name="option">The option that names the folder, for the error.</param>
    /// <param name="path">The folder.</param>
    /// <exception cref="UsageException">It cannot be made, or is not writable.</exception>
    public static void RequireFolder(string option, string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            Probe(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option} is '{path}', but must be a folder that can be written.", exception);
        }
    }

    /// <summary>Checks that two options do not name the same file.</summary>
    /// <exception cref="UsageException">They do.</exception>
    public static void RequireDifferent(string firstOption, string? first, string secondOption, string? second)
    {
        if (first is not null && second is not null && string.Equals(Target(first), Target(second), StringComparison.Ordinal))
        {
            throw new UsageException($"{firstOption} and {secondOption} are both '{second}', but must be different files.");
        }
    }

    private static void TryToWrite(string option, string path, string folder)
    {
        try
        {
            Probe(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{option} is '{path}', but its folder is not writable.", exception);
        }
    }

    // Creating a file is the only honest test of permissions, quotas and read-only mounts.
    private static void Probe(string folder)
    {
        string probe = Path.Combine(folder, $".onestep-{Guid.NewGuid():N}.tmp");
        using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
        {
        }
    }

    private static bool IsRegular(string path)
    {
        FileAttributes attributes = File.GetAttributes(path);
        bool isDevice = !OperatingSystem.IsWindows()
            && path.StartsWith("/dev/", StringComparison.Ordinal)
            && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
        return !isDevice && !attributes.HasFlag(FileAttributes.Device);
    }

    private static string Target(string path)
    {
        string full = Path.GetFullPath(path);
        return File.Exists(full) && File.ResolveLinkTarget(full, returnFinalTarget: true) is { } target ? target.FullName : full;
    }
}
