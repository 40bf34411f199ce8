using System.CommandLine;
using System.Globalization;
using OneStep.Cli.Parsing;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Training;

namespace OneStep.Cli.Verbs;

/// <summary>
/// The options that determine an experiment's numbers, for every verb that runs experiments. Defaults are those of
/// <see cref="ExperimentParameters"/>; an option that is not given leaves them alone.
/// </summary>
internal sealed class ExperimentOptions
{
    private static readonly ExperimentParameters Defaults = new();

    private readonly ParameterOption<double> _learningRate = new(
        Options.Number("--learning-rate", "Step size of SGD on a minibatch's mean loss", "a finite number above 0", $"{Text(Defaults.Training.LearningRate)}; 0.1 for --hidden, which takes a momentum of 0.9"),
        p => p.Training.LearningRate,
        (p, value) => p with { Training = p.Training with { LearningRate = value } });

    private readonly ParameterOption<int> _batch = new(
        Options.Integer("--batch", "Examples a minibatch", "an integer from 1 to 1000000", Text(Defaults.Training.Batch)),
        p => p.Training.Batch,
        (p, value) => p with { Training = p.Training with { Batch = value } });

    private readonly ParameterOption<BallMode> _ball = new(
        Options.Choice<BallMode>(
            "--ball",
            "How training respects the lazy ball: end on its boundary, project back after every step or every epoch, or not at all",
            $"{Text(Defaults.Training.Ball)}; {Text(BallMode.Project)} for adversarial training"),
        p => p.Training.Ball,
        (p, value) => p with { Training = p.Training with { Ball = value } });

    private readonly ParameterOption<int> _epochs = new(
        Options.Integer(
            "--epochs",
            "The most passes over the training images",
            "an integer from 1 to 1000000",
            $"{ExperimentParameters.DefaultEpochs(BallMode.Stop)} for --ball stop, else {ExperimentParameters.DefaultEpochs(BallMode.Project)}"),
        p => p.Training.Epochs,
        (p, value) => p with { Training = p.Training with { Epochs = value } });

    private readonly ParameterOption<bool> _untrained = new(
        Options.Flag("--untrained", "Attack the network as initialized; excludes the training options"),
        p => p.Untrained,
        (p, value) => p with { Untrained = value });

    private readonly ParameterOption<bool> _strong = new(
        Options.Flag("--strong", "Also run stronger attacks and tell how far from the best one step is"),
        p => p.Strong,
        (p, value) => p with { Strong = value });

    private readonly ParameterOption<bool> _outputMoves = new(
        Options.Flag("--output-moves", "Also move all outputs of a deep network to given values, and tell how many pixels that takes"),
        p => p.OutputMoves,
        (p, value) => p with { OutputMoves = value });

    private readonly ParameterOption<int?> _limit;

    private readonly int? _defaultLimit;

    private readonly Purpose _purpose;

    private readonly AdversarialTrainingOptions _adversarial = new();

    private readonly RobustnessOptions _robustness = new();

    private readonly DeepNetworkOption _deep = new();

    private readonly MethodOptionSet _method = new();

    private readonly ParameterOption<int?> _trainLimit = new(
        Options.OptionalInteger("--train-limit", "Train on only the first N training images of the classes", "an integer from 1 on", "all"),
        p => p.TrainLimit,
        (p, value) => p with { TrainLimit = value });

    private readonly DocumentedOption<ExperimentProtocol> _protocol = Options.Choice<ExperimentProtocol>(
        "--protocol",
        "Defaults as the text describes the experiments, or as the published code trains adversarially; other options still change each of them",
        Text(ExperimentProtocol.Text));

    private readonly IParameterOption[] _task = NetworkOptionSet.Task();

    private readonly IParameterOption[] _network = NetworkOptionSet.Network();

    /// <summary>Makes the options of a verb that runs one attack.</summary>
    public ExperimentOptions()
        : this(Purpose.Attack, defaultLimit: null)
    {
    }

    private ExperimentOptions(Purpose purpose, int? defaultLimit)
    {
        _purpose = purpose;
        _defaultLimit = defaultLimit;
        _limit = new(
            Options.OptionalInteger("--limit", "Attack only the first N test images", "an integer from 1 on", defaultLimit is int some ? Text(some) : "all"),
            p => p.Limit,
            (p, value) => p with { Limit = value });
    }

    /// <summary>The options in the groups of the help page.</summary>
    public IReadOnlyList<OptionGroup> Groups =>
    [
        new("Task", [.. _task.Select(o => o.Option)]),
        new("Network", [.. _network.Select(o => o.Option), _deep.Option.Option]),
        new("Training", [.. TrainingOptions.Append(_untrained).Select(o => o.Option)]),
        new("Adversarial training", [_protocol, .. _adversarial.All.Select(o => o.Option)]),
        new(_purpose == Purpose.Certification ? "Certificates" : "Attack", [.. Attacking.Select(o => o.Option)]),
    ];

    /// <summary>The options of a verb that runs several attacks, which chooses them by an option of its own.</summary>
    /// <param name="defaultLimit">How many images are attacked unless told otherwise.</param>
    public static ExperimentOptions ForComparison(int defaultLimit) => new(Purpose.Comparison, defaultLimit);

    /// <summary>The options of a verb that certifies, which chooses the inputs by an option of its own.</summary>
    public static ExperimentOptions ForCertification() => new(Purpose.Certification, defaultLimit: null);

    /// <summary>The groups of the help page with a verb's own options.</summary>
    /// <param name="task">Options that stand with the task.</param>
    /// <param name="attack">Options that stand before those of the attack.</param>
    public IEnumerable<OptionGroup> GroupsWith(IReadOnlyList<Option> task, IReadOnlyList<Option>? attack = null) =>
        Groups.Select((group, i) => i == 0 ? group with { Options = [.. group.Options, .. task] }
            : i == Groups.Count - 1 ? group with { Options = [.. attack ?? [], .. group.Options] }
            : group);

    private IParameterOption[] TrainingOptions => [_learningRate, _batch, _ball, _epochs, _trainLimit];

    private IParameterOption[] Attacking => _purpose switch
    {
        Purpose.Attack => [.. _method.All, _strong, _outputMoves, _limit, .. _robustness.All],
        Purpose.Comparison => [_limit],
        _ => [],
    };

    private IParameterOption[] DeterminingTheNetwork => [.. _task, .. _network, _deep.Option, .. TrainingOptions, .. _adversarial.All, _untrained];

    /// <summary>Adds every option to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in Groups.SelectMany(g => g.Options))
        {
            command.Add(option);
        }
    }

    /// <summary>The parameters that the command line asks for.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="loads">Whether a file says how the network was made: what the options mean together is then for
    /// <see cref="ReadFor"/> to say, and here only their ranges are checked.</param>
    /// <exception cref="UsageException">Options exclude one another.</exception>
    /// <exception cref="InvalidParameterException">A value is out of its range.</exception>
    public ExperimentParameters Read(ParseResult parse, bool loads = false)
    {
        ExperimentProtocol protocol = _protocol.IsGiven(parse) ? parse.GetValue(_protocol) : ExperimentProtocol.Text;
        ExperimentParameters parameters = ExperimentProtocols.ParametersOf(protocol) with { Limit = _defaultLimit };
        foreach (IParameterOption option in (IParameterOption[])[.. DeterminingTheNetwork, .. Attacking])
        {
            parameters = option.Apply(parse, parameters);
        }

        if (protocol == ExperimentProtocol.Text && !_ball.IsGiven(parse))
        {
            parameters = parameters with { Training = parameters.Training with { Ball = parameters.DefaultBall } };
        }

        if (protocol == ExperimentProtocol.Text && !_learningRate.IsGiven(parse))
        {
            parameters = parameters with { Training = parameters.Training with { LearningRate = parameters.DefaultLearningRate } };
        }

        if (protocol == ExperimentProtocol.Text && !_epochs.IsGiven(parse))
        {
            int epochs = ExperimentParameters.DefaultEpochs(parameters.Training.Ball);
            parameters = parameters with { Training = parameters.Training with { Epochs = epochs } };
        }

        if (!loads)
        {
            _deep.RequireUse(parse, parameters, protocol, DeterminingTheNetwork, [.. _adversarial.All]);
        }

        // The file may tell that the network is a deep one for these classes, and the attack one with these options.
        (loads ? parameters with { Digits = ClassSplit.ZeroVersusOne, Method = new(), OutputMoves = false } : parameters).Validate();
        if (!loads)
        {
            RequireConsistent(parse, protocol, parameters);
        }

        return parameters;
    }

    /// <summary>
    /// The parameters of a network that was loaded, with what the command line may still choose: how it is attacked.
    /// </summary>
    /// <param name="parse">The command line.</param>
    /// <param name="loaded">The parameters that the network was made with.</param>
    /// <param name="file">The file they come from, for the error.</param>
    /// <exception cref="UsageException">An option contradicts the file.</exception>
    public ExperimentParameters ReadFor(ParseResult parse, ExperimentParameters loaded, string file)
    {
        if (_protocol.IsGiven(parse))
        {
            throw new UsageException($"{_protocol.Name} excludes --load, because {file} says how its network was made.");
        }

        foreach (IParameterOption option in DeterminingTheNetwork)
        {
            if (option.Contradiction(parse, loaded) is (string given, string actual))
            {
                throw new UsageException($"{option.Option.Name} is {given}, but {file} was made with {actual}.");
            }
        }

        ExperimentParameters parameters = Attacking.Aggregate(AttackKept(parse, loaded), (p, option) => option.Apply(parse, p));
        RequireAttack(parse, parameters);
        return parameters;
    }

    /// <summary>The name of an option that was given and says how networks are trained; null where none was.</summary>
    public string? GivenTraining(ParseResult parse) =>
        Array.Find([.. TrainingOptions, .. _adversarial.All], option => option.IsGiven(parse))?.Option.Name;

    /// <summary>A value as users type it.</summary>
    public static string Text<T>(T value) => value switch
    {
        bool truth => truth ? "true" : "false",
        Enum word => Options.Word(word),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        null or HiddenWidths { Count: 0 } => "none",
        _ => value.ToString() ?? string.Empty,
    };

    /// <summary>Refuses options that exclude one another.</summary>
    private void RequireConsistent(ParseResult parse, ExperimentProtocol protocol, ExperimentParameters parameters)
    {
        if (parameters.Untrained && protocol != ExperimentProtocol.Text)
        {
            throw new UsageException($"--untrained excludes {_protocol.Name} {Text(protocol)}, because an untrained network takes no training steps.");
        }

        if (parameters.Untrained && GivenTraining(parse) is { } training)
        {
            throw new UsageException($"--untrained excludes {training}, because an untrained network takes no training steps.");
        }

        if (protocol != ExperimentProtocol.Text && !parameters.Adversarial.IsOn)
        {
            throw new UsageException($"{_protocol.Name} {Text(protocol)} needs --adversarial-budget above 0, because it is a protocol of adversarial training.");
        }

        _adversarial.RequireUse(parse, parameters);
        RequireAttack(parse, parameters);
    }

    // What the file's own experiment did to the network is nothing to another purpose, and what it chose of its attack nothing to
    // another attack.
    private ExperimentParameters AttackKept(ParseResult parse, ExperimentParameters loaded) =>
        _purpose != Purpose.Attack ? loaded with { Limit = _defaultLimit, Method = new(), Strong = false, OutputMoves = false, RobustBudgets = BudgetList.None }
        : _method.Method.IsGiven(parse) ? loaded with { Method = new(), Strong = false, OutputMoves = false }
        : loaded;

    private void RequireAttack(ParseResult parse, ExperimentParameters parameters)
    {
        if (_purpose != Purpose.Attack)
        {
            return;
        }

        parameters.Method.Validate();
        if (parameters.Strong && !parameters.Method.IsOneStep)
        {
            throw new UsageException($"{_strong.Option.Name} excludes --method {parameters.Method.Name}, because it looks how far from the best one step is; onestep compare sets other attacks side by side.");
        }

        _deep.RequireOutputs(parameters);
        _robustness.RequireBudgets(parse, parameters);
    }

    private enum Purpose
    {
        Attack,
        Comparison,
        Certification,
    }
}
