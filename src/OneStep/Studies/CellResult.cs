using System.Globalization;
using System.Text.Json;
using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>A finished cell, read back from the store.</summary>
public sealed class CellResult
{
    private readonly ExperimentResult? _result;
    private readonly Lazy<OrderedDictionary<string, string>> _numbers;

    internal CellResult(StudyCell cell, StoredCell stored)
    {
        Cell = cell;
        Provenance = stored.Provenance;
        _result = cell.Experiment.ReadResult(stored.Result);

        // Few read an attack's numbers by their paths, and the document may be large.
        _numbers = _result is { } result
            ? new(() =>
            {
                using var json = JsonDocument.Parse(ExperimentJson.Format(result));
                return Flatten(json.RootElement);
            })
            : new(Flatten(stored.Result));
    }

    /// <summary>Which cell of the study it is, and with which parameters.</summary>
    public StudyCell Cell { get; }

    /// <summary>How it was computed; null where its file does not say.</summary>
    public CellProvenance? Provenance { get; }

    /// <summary>What was run, where it was the attack on a trained network.</summary>
    /// <exception cref="InvalidOperationException">It was an experiment of another kind.</exception>
    public ExperimentParameters Parameters => Cell.Parameters;

    /// <summary>The numbers of an attack. The rows of its examples are read on demand, see <see cref="StudyResults.WithExamples"/>, and
    /// rays are not kept: both are empty.</summary>
    /// <exception cref="InvalidOperationException">It was an experiment of another kind.</exception>
    public ExperimentResult Result => _result ?? throw new InvalidOperationException($"The cell {Cell.Label} is no attack on a trained network; its numbers go by their paths.");

    /// <summary>The paths of all numbers, in the order of the columns that <c>study export</c> writes.</summary>
    public IReadOnlyList<string> Paths => _numbers.Value.Keys;

    /// <summary>
    /// The part of the attacked inputs that no attack flips at the budget of the cell's own adversarial training; null
    /// where it was not trained so.
    /// </summary>
    public double? RobustAccuracy => Parameters.Adversarial.IsOn ? RobustAccuracyAt(Parameters.Adversarial.Budget) : null;

    /// <summary>A parameter of any kind of experiment in its shortest form, whether the study names it or not.</summary>
    /// <param name="name">One of the names that a study may use, or <c>seed</c>.</param>
    /// <exception cref="InvalidOperationException">The experiment has no such parameter.</exception>
    public string Parameter(string name) => Cell.Experiment.Entries.First(entry => entry.Key == name).Value;

    /// <summary>A measured number of any kind of experiment; null where the cell has none of that path or it is a word.</summary>
    /// <param name="path">As <c>study export</c> names the column, for example <c>perturbationNorm.mean</c>.</param>
    public double? Number(string path) =>
        double.TryParse(Text(path), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    /// <summary>What was measured, as text; null where the cell has nothing of that path, empty for a statistic of nothing.</summary>
    /// <param name="path">As <c>study export</c> names the column.</param>
    public string? Text(string path) => _numbers.Value.GetValueOrDefault(path);

    /// <summary>The part of the attacked inputs that no attack flips with at most <paramref name="budget"/>; null where that
    /// budget was not measured.</summary>
    public double? RobustAccuracyAt(double budget)
    {
        if (Result.RobustAccuracy is not { } robust)
        {
            return null;
        }

        int position = robust.Budgets.ToList().IndexOf(budget);
        return position < 0 ? null : robust.Value[position];
    }

    private static OrderedDictionary<string, string> Flatten(JsonElement json)
    {
        OrderedDictionary<string, string> numbers = new(StringComparer.Ordinal);
        foreach ((string column, string value) in ResultColumns.Of(json))
        {
            numbers[column] = value;
        }

        return numbers;
    }
}
