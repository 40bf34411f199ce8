using OneStep.Experiments;
using OneStep.Statistics;

namespace OneStep.Studies;

/// <summary>The finished cells of a study that differ in nothing but the seed.</summary>
/// <param name="Cells">The cells, in the order of the study; at least one.</param>
public sealed record CellGroup(IReadOnlyList<CellResult> Cells)
{
    /// <summary>The parameters that all cells share, where they attack trained networks; the seed is that of the first.</summary>
    /// <exception cref="InvalidOperationException">They are experiments of another kind.</exception>
    public ExperimentParameters Parameters => Cells[0].Parameters;

    /// <summary>What a number is on average over the seeds.</summary>
    /// <param name="quantity">The number of one cell; null where it has none.</param>
    /// <returns>The mean over the cells that have the number; null where none has.</returns>
    public SeedMean? Mean(Func<CellResult, double?> quantity)
    {
        double[] values = [.. Values(quantity).Select(value => value.Y)];
        return values.Length == 0 ? null : new(values.Average(), ConfidenceInterval.OfMean(values), values.Length);
    }

    /// <summary>A number of every cell that has it, with the cell's seed; the abscissa is <paramref name="x"/>.</summary>
    public IEnumerable<SeededValue> Values(Func<CellResult, double?> quantity, double x = 0)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        foreach (CellResult cell in Cells)
        {
            if (quantity(cell) is double value && double.IsFinite(value))
            {
                yield return new(x, cell.Cell.Experiment.Seed, value);
            }
        }
    }
}

/// <summary>A mean over seeds.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Interval">Its confidence interval; null for a single seed.</param>
/// <param name="Seeds">How many seeds it is over.</param>
public sealed record SeedMean(double Mean, ConfidenceInterval? Interval, int Seeds);
