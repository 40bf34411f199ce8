using System.Globalization;
using System.Text;
using OneStep.Attacks;
using OneStep.Formats;

namespace OneStep.Studies;

/// <summary>The attacked examples of a cell as CSV, one row an example in test order.</summary>
internal static class ExampleRows
{
    /// <summary>The names of the columns, those of the JSON document where it has them.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "index", "label", "status", "score", "margin", "inputNorm", "gradientNorm", "perturbationNorm", "relativePerturbationNorm", "stepSize",
        "adversarialScore",
    ];

    /// <summary>The file: a line of names, then one an example.</summary>
    public static byte[] Format(IReadOnlyList<AttackedExample> examples)
    {
        var text = new StringBuilder();
        CsvText.AppendLine(text, Columns);
        foreach (AttackedExample e in examples)
        {
            CsvText.AppendLine(
                text,
                [
                    Text(e.Index), Text(e.Label), char.ToLowerInvariant(e.Status.ToString()[0]) + e.Status.ToString()[1..], Text(e.Score), Text(e.Margin),
                    Text(e.InputNorm), Text(e.GradientNorm), Text(e.PerturbationNorm), Text(e.RelativePerturbationNorm), Text(e.StepSize),
                    Text(e.AdversarialScore),
                ]);
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    // As short as can be read back to the same bits; what is not a number is left empty, as a statistic of nothing is.
    private static string Text(double? value) =>
        value is double number && double.IsFinite(number) ? number.ToString(CultureInfo.InvariantCulture) : string.Empty;

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
