using System.Globalization;
using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>
/// The attack on a trained network. A study may name the parameters of a saved experiment and one more: <c>deviation</c>, the
/// radius V of the lazy ball, in place of C0 = V√m.
/// </summary>
internal sealed class AttackCellKind : CellKind
{
    public const string Deviation = "deviation";
    public const string C0 = "c0";

    private const string Ball = "ball";
    private const string LearningRate = "learning-rate";
    private const string Epochs = "epochs";

    private static readonly Dictionary<string, string> AllDefaults = new(ExperimentMetadata.Parameters(new ExperimentParameters()), StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string Name => AttackName;

    /// <inheritdoc/>
    public override bool NeedsImages => true;

    /// <inheritdoc/>
    internal override IReadOnlyList<string> Parameters { get; } = [.. AllDefaults.Keys.Where(name => name != Seed), Deviation];

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, string> Defaults => AllDefaults;

    /// <inheritdoc/>
    internal override IReadOnlyList<string>? RowColumns => ExampleRows.Columns;

    /// <inheritdoc/>
    // The cells of the attack were named before there were others.
    internal override IReadOnlyList<KeyValuePair<string, string>> KeyEntries => [];

    /// <inheritdoc/>
    internal override string? OtherName(string parameter) => parameter switch
    {
        Deviation => C0,
        C0 => Deviation,
        _ => null,
    };

    /// <inheritdoc/>
    internal override CellExperiment Compose(IReadOnlyDictionary<string, string> given, ulong seed)
    {
        Dictionary<string, string> values = Resolve(given);
        values[Seed] = seed.ToString(CultureInfo.InvariantCulture);
        var entries = new MetadataEntries(
            values, string.Empty, (key, value, wanted) => new InvalidParameterException(key, value, wanted));
        ExperimentParameters parameters = ExperimentMetadata.ReadParameters(entries);
        if (given.ContainsKey(Deviation))
        {
            double deviation = entries.Number<double>(Deviation);
            InvalidParameterException.Require(double.IsFinite(deviation) && deviation > 0, Deviation, deviation, "a finite number above 0");
            parameters = parameters with { C0 = deviation * Math.Sqrt(parameters.Width) };
        }

        if (!given.ContainsKey(Ball))
        {
            parameters = parameters with { Training = parameters.Training with { Ball = parameters.DefaultBall } };
        }

        if (!given.ContainsKey(LearningRate))
        {
            parameters = parameters with { Training = parameters.Training with { LearningRate = parameters.DefaultLearningRate } };
        }

        if (!given.ContainsKey(Epochs))
        {
            int epochs = ExperimentParameters.DefaultEpochs(parameters.Training.Ball);
            parameters = parameters with { Training = parameters.Training with { Epochs = epochs } };
        }

        parameters.Validate();
        return new AttackCell(parameters);
    }

    /// <inheritdoc/>
    internal override string Canonical(string parameter, string text, CellExperiment experiment, IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        if (parameter != Deviation)
        {
            return base.Canonical(parameter, text, experiment, entries);
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double deviation)
            ? deviation.ToString(CultureInfo.InvariantCulture)
            : experiment.AttackParameters.Radius.ToString(CultureInfo.InvariantCulture);
    }
}
