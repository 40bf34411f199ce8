using System.Text.RegularExpressions;

namespace OneStep.Studies.Slurm;

/// <summary>Writes any text so that a shell, or sbatch in the head of a script, reads it back as it was.</summary>
internal static partial class SlurmQuoting
{
    /// <summary>A word of a shell's command line.</summary>
    public static string ShellWord(string text) =>
        Plain().IsMatch(text) ? text : $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>The value of an option in a line that begins with #SBATCH. sbatch does not call a shell: it knows both quotes, and
    /// the backslash, inside quotes too.</summary>
    public static string Directive(string text) =>
        text.Length == 0 || Plain().IsMatch(text)
            ? text
            : $"\"{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>A path in the pattern of an output file, where the percent sign begins a symbol.</summary>
    public static string FilePattern(string path) => path.Replace("%", "%%", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z0-9_./:@%+,=-]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Plain();
}
