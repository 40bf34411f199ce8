using OneStep.Experiments.Kinds;

namespace OneStep.Studies;

/// <summary>A kind of experiment beside the attack. A study may name its parameters.</summary>
/// <param name="kind">The kind.</param>
internal sealed class MeasuredCellKind(ExperimentKind kind) : CellKind
{
    /// <summary>The parameter-like entry of a key that names the kind.</summary>
    public const string NameEntry = "experiment";

    private readonly Lazy<Dictionary<string, string>> _defaults = new(() =>
        new(MeasuredCell.EntriesOf(kind.Read(new Dictionary<string, string>(StringComparer.Ordinal), seed: 0)), StringComparer.Ordinal));

    /// <inheritdoc/>
    public override string Name => kind.Name;

    /// <inheritdoc/>
    public override bool NeedsImages => kind.NeedsImages;

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Parameters { get; } = [.. kind.Parameters.Select(parameter => parameter.Name)];

    /// <inheritdoc/>
    // Read and written once: what stands on a help page need not be the shortest form.
    internal override IReadOnlyDictionary<string, string> Defaults => _defaults.Value;

    /// <inheritdoc/>
    internal override IReadOnlyList<string>? RowColumns => null;

    /// <inheritdoc/>
    internal override IReadOnlyList<KeyValuePair<string, string>> KeyEntries => [new(NameEntry, Name)];

    /// <inheritdoc/>
    internal override CellExperiment Compose(IReadOnlyDictionary<string, string> given, ulong seed)
    {
        Dictionary<string, string> values = Resolve(given);
        return new MeasuredCell(this, kind.Read(given.Keys.ToDictionary(name => name, name => values[name], StringComparer.Ordinal), seed));
    }
}
