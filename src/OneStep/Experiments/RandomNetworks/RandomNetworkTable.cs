using System.Globalization;
using System.Text.Json;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>The fields that every network's row of a table begins with.</summary>
internal static class RandomNetworkTable
{
    /// <summary>The names of the columns, those of the JSON document where it has them.</summary>
    public static IReadOnlyList<string> Columns { get; } =
        ["network", "status", "inputNorm", "margin", "gradientNorm", "perturbationNorm", "scaledPerturbationNorm", "stepSize", "overshoot"];

    /// <summary>The fields of a network.</summary>
    public static IReadOnlyList<string> Fields(RandomNetworkRow row) =>
    [
        row.Index.ToString(CultureInfo.InvariantCulture),
        JsonNamingPolicy.CamelCase.ConvertName(row.Status.ToString()),
        Text(row.InputNorm),
        Text(row.Margin),
        Text(row.GradientNorm),
        Text(row.PerturbationNorm),
        Text(row.ScaledPerturbationNorm),
        Text(row.StepSize),
        Text(row.Overshoot),
    ];

    /// <summary>A number as shortly as it can be read back to the same bits; empty where there is none.</summary>
    public static string Text(double? value) => value is double number && double.IsFinite(number) ? MetadataEntries.TextOf(number) : string.Empty;
}
