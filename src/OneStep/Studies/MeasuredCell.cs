using System.Globalization;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Experiments.Kinds;

namespace OneStep.Studies;

/// <summary>A cell of another kind than the attack: what the verb <c>measure</c> runs.</summary>
public sealed record MeasuredCell : CellExperiment
{
    /// <summary>Makes a cell.</summary>
    /// <param name="kind">The experiment's kind.</param>
    /// <param name="experiment">What to do.</param>
    internal MeasuredCell(CellKind kind, IMeasuredExperiment experiment)
    {
        Kind = kind;
        Experiment = experiment;
    }

    /// <summary>What to do.</summary>
    public IMeasuredExperiment Experiment { get; }

    /// <inheritdoc/>
    public override CellKind Kind { get; }

    /// <inheritdoc/>
    public override ulong Seed => Experiment.Seed;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Entries => EntriesOf(Experiment);

    /// <inheritdoc/>
    internal override long NeededBytes => Experiment.NeededBytes;

    /// <inheritdoc/>
    internal override void RequireMemory(long? availableBytes)
    {
        IEnumerable<string> given = Experiment.Entries.Where(Kind.IsNoDefault).Select(entry => $" {entry.Key}={entry.Value}");
        ExperimentMemory.Require($"The experiment {Kind.Name}{string.Concat(given)}", NeededBytes, availableBytes);
    }

    /// <summary>Every parameter of an experiment, the seed last.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> EntriesOf(IMeasuredExperiment experiment) =>
        [.. experiment.Entries, new(CellKind.Seed, experiment.Seed.ToString(CultureInfo.InvariantCulture))];

    /// <inheritdoc/>
    internal override double Flops(CellCost cost) => Experiment.Flops;

    /// <inheritdoc/>
    internal override FinishedCell Run(ImageDataset images, TaskCache tasks, ExperimentExecution execution)
    {
        Measurement measured = Experiment.Run(Kind.NeedsImages ? images : null, execution);
        var rows = new CellRows(measured.Columns, measured.Rows);
        return new(CellKey.Entries(this, images.Fingerprint), measured.Json.Trim(), rows.Format(), measured.Rows.Count);
    }
}
