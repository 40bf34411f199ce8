using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>
/// The parameters of an experiment as strings, as the metadata of a saved file holds them: only what determines the
/// numbers, in a fixed order, so that the same experiment gives the same bytes wherever and however it ran.
/// </summary>
internal static class ExperimentMetadata
{
    /// <summary>The entry that says what kind of file it is; no parameter.</summary>
    public const string FormatKey = "format";

    /// <summary>The entry that names the data; no parameter.</summary>
    public const string FingerprintKey = "dataset-fingerprint";

    private const string Format = "onestep-experiment-1";
    private const string Unlimited = "none";
    private const string Automatic = "automatic";
    private const int FingerprintLength = 64;

    private static readonly IReadOnlyList<KeyValuePair<string, string>> LaterDefaults = Later(new ExperimentParameters());

    /// <summary>The entries of an experiment, in the order in which they are written. What files of the first versions do not
    /// know is written only where it differs from its default.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Write(ExperimentParameters parameters, string datasetFingerprint) =>
    [
        new(FormatKey, Format),
        .. First(parameters),
        .. Later(parameters).Except(LaterDefaults),
        new(FingerprintKey, datasetFingerprint),
    ];

    /// <summary>Every parameter, those with their default included.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Parameters(ExperimentParameters parameters) => [.. First(parameters), .. Later(parameters)];

    private static KeyValuePair<string, string>[] First(ExperimentParameters parameters) =>
    [
        new("digits", parameters.Digits.ToString()),
        new("side", Text(parameters.Side)),
        new("antialias", Text(parameters.Antialias)),
        new("normalize", Text(parameters.Normalize)),
        new("width", Text(parameters.Width)),
        new("c0", Text(parameters.C0)),
        new("seed", Text(parameters.Seed)),
        new("initialization", Text(parameters.Initialization)),
        new("bias", Text(parameters.Bias)),
        new("untrained", Text(parameters.Untrained)),
        new("learning-rate", Text(parameters.Training.LearningRate)),
        new("batch", Text(parameters.Training.Batch)),
        new("ball", Text(parameters.Training.Ball)),
        new("epochs", Text(parameters.Training.Epochs)),
        new("evaluation-interval", Text(parameters.Training.EvaluationInterval)),
        new("strong", Text(parameters.Strong)),
        new("limit", parameters.Limit is int limit ? Text(limit) : Unlimited),
        new("adversarial-budget", Text(parameters.Adversarial.Budget)),
        new("inner-attack", Text(parameters.Adversarial.InnerAttack)),
        new("inner-steps", Text(parameters.Adversarial.Steps)),
        new("inner-step-size", parameters.Adversarial.StepSize is double size ? Text(size) : Automatic),
        new("inner-random-start", Text(parameters.Adversarial.RandomStart)),
        new("clip", Text(parameters.Adversarial.Clip)),
        new("rescale", Text(parameters.Adversarial.Rescale)),
        new("adversarial-refresh", Text(parameters.Adversarial.Refresh)),
        new("patience", parameters.Adversarial.Patience is int patience ? Text(patience) : Unlimited),
        new("train-limit", parameters.TrainLimit is int trainLimit ? Text(trainLimit) : Unlimited),
        new("robust-budgets", parameters.RobustBudgets.ToString()),
        new("robust-steps", Text(parameters.RobustSteps)),
        new("robust-clip", Text(parameters.RobustClip)),
    ];

    private static KeyValuePair<string, string>[] Later(ExperimentParameters parameters) =>
    [
        new("hidden", parameters.IsDeep ? parameters.Hidden.ToString() : Unlimited),
        new("method", parameters.Method.Name),
        new("budget", parameters.Method.Budget is double budget ? Text(budget) : Unlimited),
        new("norm", parameters.Method.Norm is { } norm ? NormNames.Of(norm) : Automatic),
        new("attack-steps", parameters.Method.Steps is int steps ? Text(steps) : Automatic),
        new("output-moves", Text(parameters.OutputMoves)),
    ];

    /// <summary>Reads the entries back and checks every range.</summary>
    /// <param name="metadata">The entries; others are ignored.</param>
    /// <param name="file">What errors call the file.</param>
    /// <exception cref="OneStepException">An entry is missing or makes no sense; the message names the file and it.</exception>
    public static (ExperimentParameters Parameters, string DatasetFingerprint) Read(
        IReadOnlyDictionary<string, string> metadata, string file)
    {
        var entries = new MetadataEntries(metadata, file);
        if (entries.Text(FormatKey) != Format)
        {
            throw entries.Invalid(FormatKey, $"'{Format}'");
        }

        string fingerprint = entries.Text(FingerprintKey);
        if (fingerprint.Length != FingerprintLength || !fingerprint.All(char.IsAsciiHexDigitLower))
        {
            throw entries.Invalid(FingerprintKey, "64 lower-case hexadecimal digits");
        }

        try
        {
            ExperimentParameters parameters = ReadParameters(entries);
            parameters.Validate();
            return (parameters, fingerprint);
        }
        catch (InvalidParameterException exception)
        {
            // A damaged file is no wrong usage of the program, so this is not passed on as what it is.
            throw new OneStepException($"'{file}' does not hold a valid experiment: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the entries that are parameters, checking each by itself and not yet its range.</summary>
    /// <exception cref="OneStepException">An entry is missing or makes no sense.</exception>
    public static ExperimentParameters ReadParameters(MetadataEntries entries) => new()
    {
        Digits = ClassSplit.Parse(entries.Text("digits")),
        Side = entries.Number<int>("side"),
        Antialias = entries.Flag("antialias"),
        Normalize = entries.Flag("normalize"),
        Width = entries.Number<int>("width"),
        C0 = entries.Number<double>("c0"),
        Seed = entries.Number<ulong>("seed"),
        Initialization = entries.Choice<InitializationKind>("initialization"),
        Bias = entries.Flag("bias"),
        Untrained = entries.Flag("untrained"),
        Training = new TrainingOptions
        {
            LearningRate = entries.Number<double>("learning-rate"),
            Batch = entries.Number<int>("batch"),
            Ball = entries.Choice<BallMode>("ball"),
            Epochs = entries.Number<int>("epochs"),
            EvaluationInterval = entries.Number<int>("evaluation-interval"),
        },
        Strong = entries.Flag("strong"),
        Limit = entries.Text("limit") == Unlimited ? null : entries.Number<int>("limit"),
        Adversarial = ReadAdversarial(entries),
        TrainLimit = entries.OrDefault("train-limit", null, key => entries.Text(key) == Unlimited ? null : (int?)entries.Number<int>(key)),
        RobustBudgets = entries.OrDefault("robust-budgets", BudgetList.None, key => BudgetList.Parse(entries.Text(key))),
        RobustSteps = entries.OrDefault("robust-steps", new ExperimentParameters().RobustSteps, key => entries.Number<int>(key)),
        RobustClip = entries.OrDefault("robust-clip", false, entries.Flag),
        Hidden = entries.OrDefault("hidden", HiddenWidths.None, key => entries.Text(key) == Unlimited ? HiddenWidths.None : HiddenWidths.Parse(entries.Text(key))),
        Method = ReadMethod(entries),
        OutputMoves = entries.OrDefault("output-moves", false, entries.Flag),
    };

    // Files from before there was adversarial training have none of these.
    private static AdversarialOptions ReadAdversarial(MetadataEntries entries)
    {
        var plain = new AdversarialOptions();
        return new()
        {
            Budget = entries.OrDefault("adversarial-budget", plain.Budget, key => entries.Number<double>(key)),
            InnerAttack = entries.OrDefault("inner-attack", plain.InnerAttack, entries.Choice<InnerAttack>),
            Steps = entries.OrDefault("inner-steps", plain.Steps, key => entries.Number<int>(key)),
            StepSize = entries.OrDefault("inner-step-size", plain.StepSize, key => entries.Text(key) == Automatic ? null : (double?)entries.Number<double>(key)),
            RandomStart = entries.OrDefault("inner-random-start", plain.RandomStart, entries.Flag),
            Clip = entries.OrDefault("clip", plain.Clip, entries.Flag),
            Rescale = entries.OrDefault("rescale", plain.Rescale, entries.Flag),
            Refresh = entries.OrDefault("adversarial-refresh", plain.Refresh, entries.Choice<AdversarialRefresh>),
            Patience = entries.OrDefault("patience", plain.Patience, key => entries.Text(key) == Unlimited ? null : (int?)entries.Number<int>(key)),
        };
    }

    private static MethodOptions ReadMethod(MetadataEntries entries) => new()
    {
        Name = entries.OrDefault("method", MethodOptions.OneStep, entries.Text),
        Budget = entries.OrDefault("budget", null, key => entries.Text(key) == Unlimited ? null : (double?)entries.Number<double>(key)),
        Norm = entries.OrDefault<NormKind?>("norm", null, key => entries.Text(key) == Automatic ? null : NormNames.Parse(entries.Text(key)) ?? throw entries.Invalid(key, "l2 or linf")),
        Steps = entries.OrDefault("attack-steps", null, key => entries.Text(key) == Automatic ? null : (int?)entries.Number<int>(key)),
    };

    private static string Text(bool value) => value ? MetadataEntries.True : MetadataEntries.False;

    private static string Text<T>(T value)
        where T : struct, IFormattable => MetadataEntries.TextOf(value);
}
