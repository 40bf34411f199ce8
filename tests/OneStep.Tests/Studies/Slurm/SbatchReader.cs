using System.Text;

namespace OneStep.Tests.Studies.Slurm;

/// <summary>
/// How sbatch reads the words of a line that begins with #SBATCH, after its own source (get_argument in src/sbatch/opt.c):
/// blanks separate, both quotes group, and a backslash takes the next character as it is, inside quotes too.
/// </summary>
internal static class SbatchReader
{
    /// <summary>The words behind #SBATCH.</summary>
    public static string[] Words(string directives)
    {
        var words = new List<string>();
        int i = 0;
        while (true)
        {
            while (i < directives.Length && char.IsWhiteSpace(directives[i]))
            {
                i++;
            }

            if (i == directives.Length || directives[i] == '#')
            {
                return [.. words];
            }

            words.Add(Word(directives, ref i));
        }
    }

    private static string Word(string directives, ref int i)
    {
        var word = new StringBuilder();
        char? quote = null;
        for (; i < directives.Length && (quote is not null || !char.IsWhiteSpace(directives[i])); i++)
        {
            char c = directives[i];
            if (c == '\\')
            {
                word.Append(directives[++i]);
            }
            else if (quote == c)
            {
                quote = null;
            }
            else if (quote is null && c is '"' or '\'')
            {
                quote = c;
            }
            else
            {
                word.Append(c);
            }
        }

        return word.ToString();
    }
}
