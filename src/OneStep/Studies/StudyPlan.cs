using System.Globalization;

namespace OneStep.Studies;

/// <summary>Everything that a study asks for: its cells, in order, each checked.</summary>
public sealed class StudyPlan
{
    /// <summary>The most cells that a study may have.</summary>
    public const int MaximumCells = 100_000;

    private StudyPlan(StudyDefinition definition, string datasetFingerprint, IReadOnlyList<string> columns, IReadOnlyList<StudyCell> cells)
    {
        Definition = definition;
        DatasetFingerprint = datasetFingerprint;
        Columns = columns;
        Cells = cells;
    }

    /// <summary>The study.</summary>
    public StudyDefinition Definition { get; }

    /// <summary>Names the data; see <see cref="Data.ClassificationTask.DatasetFingerprint"/>.</summary>
    public string DatasetFingerprint { get; }

    /// <summary>What cells are told apart by: the axes, the seed, and other parameters that differ because an axis does.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The cells, in order; no two of them are equal.</summary>
    public IReadOnlyList<StudyCell> Cells { get; }

    /// <summary>Combines the axes and checks every cell.</summary>
    /// <param name="definition">The study.</param>
    /// <param name="datasetFingerprint">Names the data, which are part of every cell's key where its kind needs images.</param>
    /// <exception cref="StudyFormatException">A value is out of its range, two cells are equal, or there are too many; the
    /// message says where the value stands.</exception>
    public static StudyPlan Of(StudyDefinition definition, string datasetFingerprint)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(datasetFingerprint);
        CellKind kind = definition.Kind;
        List<(Dictionary<string, StudyValue> Values, CellExperiment Experiment)> combinations =
            [.. Combinations(definition).Select(values => (values, Compose(definition, values)))];
        List<string> columns = ColumnsOf(definition, [.. combinations.Select(c => c.Experiment)]);
        string[] own = [.. definition.Axes.Select(a => a.Parameter), CellKind.Seed];
        var cells = new StudyCell[combinations.Count];
        Dictionary<string, StudyCell> seen = [];
        for (int i = 0; i < cells.Length; i++)
        {
            (Dictionary<string, StudyValue> given, CellExperiment experiment) = combinations[i];
            IReadOnlyList<KeyValuePair<string, string>> entries = experiment.Entries;
            string[] values = [.. columns.Select(c => kind.Canonical(c, given.TryGetValue(c, out StudyValue? v) ? v.Text : string.Empty, experiment, entries))];
            string label = string.Join(' ', own.Select((name, k) => $"{name}={values[k]}"));
            cells[i] = new(i, CellKey.Of(CellKey.Entries(kind, entries, datasetFingerprint)), label, experiment, values);
            if (!seen.TryAdd(cells[i].Key, cells[i]))
            {
                StudyCell other = seen[cells[i].Key];
                throw Repeated(definition, combinations[other.Index].Values, given, other.Label, label);
            }
        }

        return new(definition, datasetFingerprint, columns, cells);
    }

    /// <summary>The same study on other data: its cells have other keys where their kind needs images.</summary>
    /// <param name="datasetFingerprint">Names the data.</param>
    public StudyPlan On(string datasetFingerprint) => new(
        Definition, datasetFingerprint, Columns, [.. Cells.Select(cell => cell with { Key = CellKey.Of(cell.Experiment, datasetFingerprint) })]);

    /// <summary>The error for two cells that are the same experiment, at the value that makes them so where there is one.</summary>
    private static StudyFormatException Repeated(
        StudyDefinition definition, Dictionary<string, StudyValue> first, Dictionary<string, StudyValue> second, string firstLabel, string secondLabel)
    {
        StudyAxis[] different = [.. definition.Axes.Where(axis => first[axis.Parameter].Text != second[axis.Parameter].Text)];
        if (different is not [StudyAxis only])
        {
            return new(definition.Location, $"the cells {firstLabel} and {secondLabel} are the same experiment.");
        }

        (StudyValue one, StudyValue other) = (first[only.Parameter], second[only.Parameter]);
        return new(
            other.Location, $"axis '{only.Parameter}' has the values {StudyFile.Shown(one.Text)} and {StudyFile.Shown(other.Text)}, which make the same experiment.");
    }

    private static IEnumerable<Dictionary<string, StudyValue>> Combinations(StudyDefinition definition)
    {
        double count = definition.CellCount;
        if (count > MaximumCells)
        {
            throw new StudyFormatException(definition.Location, $"the study has {count:F0} cells; it must have at most {MaximumCells}.");
        }

        for (int index = 0; index < (int)count; index++)
        {
            var values = definition.Settings.ToDictionary(s => s.Parameter, s => s.Value, StringComparer.Ordinal);
            int rest = index / definition.Seeds.Count;
            foreach (StudyAxis axis in definition.Axes.Reverse())
            {
                values[axis.Parameter] = axis.Values[rest % axis.Values.Count];
                rest /= axis.Values.Count;
            }

            ulong seed = definition.Seeds[index % definition.Seeds.Count];
            values[CellKind.Seed] = new(seed.ToString(CultureInfo.InvariantCulture), definition.Location);
            yield return values;
        }
    }

    private static CellExperiment Compose(StudyDefinition definition, Dictionary<string, StudyValue> values)
    {
        Dictionary<string, string> given = values.Where(v => v.Key != CellKind.Seed).ToDictionary(v => v.Key, v => v.Value.Text, StringComparer.Ordinal);
        try
        {
            return definition.Kind.Compose(given, ulong.Parse(values[CellKind.Seed].Text, CultureInfo.InvariantCulture));
        }
        catch (InvalidParameterException exception) when (exception is { Parameter: { } name, Range: { } range } && values.TryGetValue(Source(definition.Kind, name, values), out StudyValue? value))
        {
            string source = Source(definition.Kind, name, values);
            string kind = definition.Axes.Any(a => a.Parameter == source) ? "axis" : "parameter";
            throw new StudyFormatException(value.Location, $"{kind} '{source}' has the value {StudyFile.Shown(value.Text)}; it must be {range}.");
        }
        catch (OneStepException exception) when (exception is not StudyFormatException)
        {
            throw new StudyFormatException($"{definition.Location}: {exception.Message}", exception);
        }
    }

    /// <summary>What the user wrote that became a parameter: c0 may come from the deviation.</summary>
    private static string Source(CellKind kind, string parameter, Dictionary<string, StudyValue> values) =>
        !values.ContainsKey(parameter) && kind.OtherName(parameter) is { } other && values.ContainsKey(other) ? other : parameter;

    private static List<string> ColumnsOf(StudyDefinition definition, CellExperiment[] cells)
    {
        List<string> columns = [.. definition.Axes.Select(a => a.Parameter), CellKind.Seed];
        Dictionary<string, string> first = [];
        HashSet<string> varying = [];
        foreach (CellExperiment cell in cells)
        {
            foreach ((string name, string value) in cell.Entries)
            {
                if (!first.TryAdd(name, value) && first[name] != value)
                {
                    varying.Add(name);
                }
            }
        }

        columns.AddRange(first.Keys.Where(name => varying.Contains(name) && !columns.Contains(name)));
        return columns;
    }
}
