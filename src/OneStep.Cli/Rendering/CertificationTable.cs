using OneStep.Experiments.Certification;
using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>The sizes of what flips one network and of what flips every network of a ball: a row a kind.</summary>
internal static class CertificationTable
{
    // Below these widths the columns that say least are left out rather than wrapped.
    private const int WidthForExtremes = 84;
    private const int WidthForTheory = 60;

    /// <summary>Makes the table.</summary>
    public static Table Of(CertificationResult result, TerminalTraits traits) => NumberTable.Of(
        "size ‖δ‖", size => CertificationSentences.Name(size.Kind), ColumnsFor(traits.Width, result.Inputs.Count), result.Sizes);

    private static NumberColumn<SizeMeasurement>[] ColumnsFor(int width, int count)
    {
        NumberColumn<SizeMeasurement> median = new("median", size => NumberText.Significant(size.Size.Median));
        NumberColumn<SizeMeasurement> mean = new("mean", size => NumberText.Significant(size.Size.Mean));
        NumberColumn<SizeMeasurement>[] extremes = [new("min", size => NumberText.Significant(size.Size.Min)), new("max", size => NumberText.Significant(size.Size.Max))];
        NumberColumn<SizeMeasurement> ratio = new("to one step", size => NumberText.Significant(size.OverOneStep.Median));
        NumberColumn<SizeMeasurement> theory = new("to theory", size => NumberText.Significant(size.Prediction?.Ratio.Median));
        NumberColumn<SizeMeasurement> found = new("found", size => $"{size.Found}/{count}");
        NumberColumn<SizeMeasurement> flipped = new("flip W", size => $"{size.Flipped}");
        return width >= WidthForExtremes ? [median, mean, .. extremes, ratio, theory, found, flipped]
            : width >= WidthForTheory ? [median, ratio, theory, found, flipped]
            : [median, ratio, found];
    }
}
