namespace OneStep.Formats;

/// <summary>Turns what the operating system says about a file into one sentence that names the file.</summary>
internal static class FileFailure
{
    // ENOSPC and EDQUOT, which .NET passes on as they are, and Windows' ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private static readonly int[] DiskFullCodes = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    /// <summary>Whether an exception is about a file or a path rather than about a mistake in the program.</summary>
    public static bool IsFileFailure(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException;

    /// <summary>The error for a file that cannot be read.</summary>
    public static OneStepException CannotRead(string path, Exception cause) => new($"Cannot read '{path}': {Reason(cause)}.", cause);

    /// <summary>The error for a file that cannot be written.</summary>
    public static OneStepException CannotWrite(string path, Exception cause) => new($"Cannot write '{path}': {Reason(cause)}.", cause);

    /// <summary>Opens a file for reading from its beginning to its end.</summary>
    /// <exception cref="OneStepException">The file cannot be opened.</exception>
    public static FileStream OpenRead(string path)
    {
        if (string.IsNullOrEmpty(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new OneStepException("Cannot read a file whose name is empty or contains a zero character.");
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception exception) when (IsFileFailure(exception))
        {
            throw CannotRead(path, exception);
        }
    }

    // The framework's own messages name temporary files and sometimes run over several sentences, so the common causes
    // are said in our words.
    private static string Reason(Exception cause) => cause switch
    {
        FileNotFoundException => "it does not exist",
        DirectoryNotFoundException => "its folder does not exist",
        UnauthorizedAccessException => "access is denied",
        PathTooLongException => "its name is too long",
        _ when Array.IndexOf(DiskFullCodes, cause.HResult) >= 0 => "the disk is full",
        _ => cause.Message.ReplaceLineEndings(" ").Replace(". ", "; ", StringComparison.Ordinal).TrimEnd('.', ' '),
    };
}
