namespace OneStep.Formats;

/// <summary>
/// Writes a file whole or not at all: under a temporary name in the same folder, flushed to disk and then renamed, so that
/// a reader sees the old content or the new one, never a part.
/// </summary>
public static class AtomicFile
{
    private const int BufferSize = 1 << 20;

    /// <summary>Writes the file at <paramref name="path"/>, in place of whatever file is there.</summary>
    /// <param name="path">Where the file shall stand; its folder must exist.</param>
    /// <param name="write">Writes the content. Whatever it throws ends the work, leaves the old file as it was, and no
    /// temporary file behind; exceptions other than of input and output pass through as they are.</param>
    /// <exception cref="OneStepException">The folder is missing or not writable, the disk is full, or the like; the message
    /// names <paramref name="path"/>.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(write);
        RequireReplaceable(path);
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;

        // A name of its own length: the target's name plus a suffix could be longer than the file system allows.
        string temporary = Path.Combine(folder, $".onestep-{Guid.NewGuid():N}.tmp");
        bool renamed = false;
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
            renamed = true;
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotWrite(path, exception);
        }
        finally
        {
            if (!renamed)
            {
                TryDelete(temporary);
            }
        }
    }

    /// <summary>Refuses what a rename must not replace: a nameless file, a folder, a device.</summary>
    private static void RequireReplaceable(string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new OneStepException("Cannot write a file whose name is empty or contains a zero character.");
        }

        if (Directory.Exists(path) || Path.EndsInDirectorySeparator(path))
        {
            throw new OneStepException($"Cannot write '{path}': it is a folder.");
        }

        // The superuser may rename a file over /dev/null, with sad consequences for everybody.
        string full = Path.GetFullPath(path);
        if (!OperatingSystem.IsWindows() && full.StartsWith("/dev/", StringComparison.Ordinal) && !full.StartsWith("/dev/shm/", StringComparison.Ordinal))
        {
            throw new OneStepException($"Cannot write '{path}': it is a device.");
        }
    }

    private static void TryDelete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            // The failure that brought us here is the one to tell of.
        }
    }
}
