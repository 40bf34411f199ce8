namespace OneStep.Cli.Parsing;

/// <summary>Writes words so that a shell reads them back.</summary>
internal static class ShellWord
{
    /// <summary>The words as a command line.</summary>
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quoted));

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./,+=:".Contains(c, StringComparison.Ordinal))
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";
}
