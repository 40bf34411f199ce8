using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>A cell that has been computed, as its files will hold it.</summary>
/// <param name="Entries">Which cell it is: see <see cref="CellKey"/>.</param>
/// <param name="Json">The numbers, one JSON object.</param>
/// <param name="Rows">The rows: CSV in UTF-8 with a line of names.</param>
/// <param name="RowCount">How many there are.</param>
internal sealed record FinishedCell(IReadOnlyList<KeyValuePair<string, string>> Entries, string Json, byte[] Rows, int RowCount)
{
    /// <summary>A cell that attacked a trained network.</summary>
    public static FinishedCell Of(ExperimentResult result) => new(
        CellKey.Entries(result.Parameters, result.DatasetFingerprint), ExperimentJson.Format(result), ExampleRows.Format(result.Rows), result.Rows.Count);
}
