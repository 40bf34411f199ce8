using System.Globalization;
using System.Text;
using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Formats;

namespace OneStep.Studies;

/// <summary>The attacked examples of a cell as CSV, one row an example in test order.</summary>
internal static class ExampleRows
{
    /// <summary>The names of the columns, those of the JSON document where it has them.</summary>
    public static readonly IReadOnlyList<string> Columns = ExampleFields.Names;

    /// <summary>The file: a line of names, then one an example.</summary>
    public static byte[] Format(IReadOnlyList<AttackedExample> examples)
    {
        var text = new StringBuilder();
        CsvText.AppendLine(text, Columns);
        foreach (AttackedExample e in examples)
        {
            CsvText.AppendLine(text, ExampleFields.Of(e));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads the file back. What follows from other columns, such as the margin, is not looked at.</summary>
    /// <param name="file">What <see cref="Format"/> made.</param>
    public static IReadOnlyList<AttackedExample> Parse(byte[] file) =>
    [
        .. Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line =>
        {
            string[] fields = line.Split(',');
            return new AttackedExample
            {
                Index = int.Parse(fields[0], CultureInfo.InvariantCulture),
                Label = int.Parse(fields[1], CultureInfo.InvariantCulture),
                Status = Enum.Parse<ExampleStatus>(fields[2], ignoreCase: true),
                Score = Number(fields[3]) ?? double.NaN,
                InputNorm = Number(fields[5]) ?? double.NaN,
                GradientNorm = Number(fields[6]) ?? double.NaN,
                PerturbationNorm = Number(fields[7]),
                AdversarialScore = Number(fields[10]),
            };
        }),
    ];

    private static double? Number(string field) => field.Length == 0 ? null : double.Parse(field, CultureInfo.InvariantCulture);
}
