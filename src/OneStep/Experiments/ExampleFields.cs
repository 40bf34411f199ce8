using System.Globalization;
using System.Text.Json;
using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>An attacked input as a row of a table.</summary>
internal static class ExampleFields
{
    /// <summary>The names of the columns, those of the JSON document where it has them.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "index", "label", "status", "score", "margin", "inputNorm", "gradientNorm", "perturbationNorm", "relativePerturbationNorm", "stepSize",
        "adversarialScore",
    ];

    /// <summary>The fields of a row, one a column.</summary>
    public static IReadOnlyList<string> Of(AttackedExample example) =>
    [
        Text(example.Index), Text(example.Label), Text(example.Status), Text(example.Score), Text(example.Margin),
        Text(example.InputNorm), Text(example.GradientNorm), Text(example.PerturbationNorm), Text(example.RelativePerturbationNorm), Text(example.StepSize),
        Text(example.AdversarialScore),
    ];

    /// <summary>As short as can be read back to the same bits; what is not a number is left empty, as a statistic of nothing is.</summary>
    public static string Text(double? value) =>
        value is double number && double.IsFinite(number) ? number.ToString(CultureInfo.InvariantCulture) : string.Empty;

    /// <summary>An integer.</summary>
    public static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>What became of an input, in one word.</summary>
    public static string Text(ExampleStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
