using System.Globalization;
using System.Text;
using System.Text.Json;
using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Claims;

/// <summary>What the claims are about, taken from the finished cells of a store: the same as from the experiments themselves.</summary>
/// <param name="store">Where the cells are.</param>
public sealed class StoredNetworks(CellStore store)
{
    private static readonly int StatusColumn = ExampleRows.Columns.ToList().IndexOf("status");

    private static readonly int NormColumn = ExampleRows.Columns.ToList().IndexOf("relativePerturbationNorm");

    /// <summary>Networks trained plainly in the lazy ball; see <see cref="AttackedNetwork"/>.</summary>
    /// <param name="cells">Cells that the store holds.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">A cell has vanished, is damaged or cannot be read.</exception>
    public IReadOnlyList<AttackedNetwork> Attacked(IEnumerable<StudyCell> cells, CancellationToken cancellation = default) => Read(cells, ToAttacked, cancellation);

    /// <summary>Adversarially trained networks; see <see cref="AdversarialNetwork"/>.</summary>
    /// <param name="cells">Cells that the store holds.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A cell was not trained adversarially.</exception>
    /// <exception cref="OneStepException">A cell has vanished, is damaged or cannot be read.</exception>
    public IReadOnlyList<AdversarialNetwork> Adversarial(IEnumerable<StudyCell> cells, CancellationToken cancellation = default) => Read(cells, ToAdversarial, cancellation);

    /// <summary>Networks trained without a ball; see <see cref="FreeNetwork"/>.</summary>
    /// <param name="cells">Cells that the store holds.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">A cell has vanished, is damaged or cannot be read.</exception>
    public IReadOnlyList<FreeNetwork> Free(IEnumerable<StudyCell> cells, CancellationToken cancellation = default) => Read(cells, ToFree, cancellation);

    private T[] Read<T>(IEnumerable<StudyCell> cells, Func<ExperimentParameters, StoredCell, T> convert, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(cells);
        return [.. cells.Select(cell =>
        {
            cancellation.ThrowIfCancellationRequested();
            return convert(cell.Parameters, store.Get(cell));
        })];
    }

    private static AttackedNetwork ToAttacked(ExperimentParameters parameters, StoredCell cell)
    {
        JsonElement counts = cell.Result.GetProperty("examples");
        return new()
        {
            Dimension = parameters.Dimension,
            Width = parameters.Width,
            C0 = parameters.C0,
            Seed = parameters.Seed,
            Deviation = Number(cell.Result, "deviation") ?? double.NaN,
            Total = counts.GetProperty("total").GetInt32(),
            Misclassified = counts.GetProperty("misclassified").GetInt32() + counts.GetProperty("noLabel").GetInt32(),
            PerturbationNorms = FlippedNorms(cell.Examples),
            GradientNorm = Number(cell.Result.GetProperty("gradientNorm"), "mean"),
            StepSize = Number(cell.Result.GetProperty("stepSize"), "mean"),
        };
    }

    private static AdversarialNetwork ToAdversarial(ExperimentParameters parameters, StoredCell cell)
    {
        double budget = parameters.Adversarial.Budget;
        double[] budgets = [];
        JsonElement accuracy = default;
        if (cell.Result.TryGetProperty("robustAccuracy", out JsonElement robust))
        {
            budgets = [.. robust.GetProperty("budgets").EnumerateArray().Select(element => element.GetDouble())];
            accuracy = robust.GetProperty("value");
        }

        int position = Array.IndexOf(budgets, budget);
        AdversarialNetwork.Require(parameters.Adversarial.IsOn && position >= 0, nameof(cell));
        int total = cell.Result.GetProperty("examples").GetProperty("total").GetInt32();
        return new()
        {
            Dimension = parameters.Dimension,
            Width = parameters.Width,
            C0 = parameters.C0,
            Seed = parameters.Seed,
            Deviation = Number(cell.Result, "deviation") ?? double.NaN,
            Budget = budget,
            Total = total,
            Robust = (int)Math.Round(accuracy[position].GetDouble() * total),
        };
    }

    private static FreeNetwork ToFree(ExperimentParameters parameters, StoredCell cell) =>
        new(parameters.Dimension, parameters.Width, parameters.Seed, Number(cell.Result, "deviation") ?? double.NaN);

    // The store's rows are numbers and plain words, so a comma separates two of them.
    private static double[] FlippedNorms(byte[] examples) =>
    [
        .. Encoding.UTF8.GetString(examples).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => row.Split(','))
            .Where(fields => fields[StatusColumn] == "flipped")
            .Select(fields => double.Parse(fields[NormColumn], CultureInfo.InvariantCulture)),
    ];

    private static double? Number(JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;
}
