using System.Text.RegularExpressions;
using OneStep.Reports;

namespace OneStep.Reproduction.Sections;

/// <summary>Formulas as claims write them, d^(−1/2) and w_(s,0), with raised and lowered letters.</summary>
internal static partial class FormulaText
{
    /// <summary>The formula.</summary>
    public static Html Of(string text)
    {
        List<Html> pieces = [];
        int written = 0;
        foreach (Match match in Script().Matches(text))
        {
            pieces.Add(Html.Of($"{text[written..match.Index]}"));
            string script = match.Groups["script"].Value;
            pieces.Add(match.ValueSpan[0] == '^' ? Html.Of($"<sup>{script}</sup>") : Html.Of($"<sub>{script}</sub>"));
            written = match.Index + match.Length;
        }

        pieces.Add(Html.Of($"{text[written..]}"));
        return Html.Of($"{pieces}");
    }

    [GeneratedRegex(@"[\^_](\((?<script>[^()]*)\)|(?<script>\w))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Script();
}
