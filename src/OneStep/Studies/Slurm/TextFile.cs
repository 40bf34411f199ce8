using OneStep.Formats;

namespace OneStep.Studies.Slurm;

/// <summary>Reads a small text file, with one sentence where it cannot be read.</summary>
internal static class TextFile
{
    /// <summary>The lines of a file; it must have at least one.</summary>
    /// <exception cref="OneStepException">The file cannot be read or is empty; the message names it.</exception>
    public static string[] ReadLines(string path)
    {
        using FileStream stream = FileFailure.OpenRead(path);
        try
        {
            using var reader = new StreamReader(stream);
            string[] lines = reader.ReadToEnd().TrimEnd('\n').Split('\n');
            return lines is [""] ? throw new OneStepException($"'{path}' is damaged: it is empty.") : lines;
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotRead(path, exception);
        }
    }
}
