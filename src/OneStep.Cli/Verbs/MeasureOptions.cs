using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Experiments.Kinds;

namespace OneStep.Cli.Verbs;

/// <summary>What <c>measure</c> takes for one kind of experiment.</summary>
internal sealed class MeasureOptions
{
    private readonly ExperimentKind _kind;
    private readonly IReadOnlyList<(ExperimentParameter Parameter, DocumentedOption<string> Option)> _parameters;

    private readonly DocumentedOption<ulong> _seed = Options.Seed("The seed of everything random");

    private readonly DocumentedOption<string> _data = Options.Path(
        "--data", "DIR", "Folder of four IDX files named as MNIST's, plain or .gz", "an existing folder with IDX files", "the built-in MNIST");

    private readonly DocumentedOption<string> _rows = Options.Path(
        "--rows", "FILE", "Write one row a network, or an input, as CSV", "a file in an existing folder");

    private readonly DocumentedOption<bool> _json = Options.Flag("--json", "Print one JSON document instead of text");

    private readonly DocumentedOption<int> _threads = Options.Integer(
        "--threads", "Threads to use; they change the speed, never a number", "an integer from 1 to 1024", "all processors");

    private readonly DocumentedOption<bool> _noProgress = Options.Flag("--no-progress", "Do not show progress");

    /// <summary>Makes the options.</summary>
    /// <param name="kind">The kind of experiment.</param>
    public MeasureOptions(ExperimentKind kind)
    {
        _kind = kind;
        _parameters = [.. kind.Parameters.Select(parameter => (parameter, OptionOf(parameter)))];
    }

    /// <summary>The options on the help page.</summary>
    public IReadOnlyList<OptionGroup> Groups =>
    [
        new("Experiment", [.. _parameters.Select(p => p.Option), _seed, .. _kind.NeedsImages ? (Option[])[_data] : []]),
        new("Output", [_rows, _json]),
        new("Running", [_threads, _noProgress]),
    ];

    /// <summary>What the command line asks for, looked at as far as is possible without doing any work.</summary>
    /// <exception cref="UsageException">A file or folder is missing or of no use.</exception>
    /// <exception cref="InvalidParameterException">A value is out of its range.</exception>
    public MeasureRequest Read(ParseResult parse)
    {
        var given = _parameters.Where(p => p.Option.IsGiven(parse)).ToDictionary(p => p.Parameter.Name, p => parse.GetValue(p.Option)!, StringComparer.Ordinal);
        IMeasuredExperiment experiment = _kind.Read(given, parse.GetValue(_seed));
        int threads = _threads.IsGiven(parse) ? parse.GetValue(_threads) : Environment.ProcessorCount;
        if (threads is < 1 or > 1024)
        {
            throw new InvalidParameterException("threads", threads, _threads.Range);
        }

        string? data = _kind.NeedsImages ? parse.GetValue(_data) : null;
        if (data is not null && !Directory.Exists(data))
        {
            throw new UsageException($"{_data.Name} is '{data}', but must be {_data.Range}.");
        }

        string? rows = parse.GetValue(_rows);
        if (rows is not null)
        {
            OutputFile.RequireWritable(_rows.Name, rows);
        }

        return new(experiment, data, rows, threads, parse.GetValue(_json), !parse.GetValue(_noProgress));
    }

    /// <summary>The option of a parameter. The kind reads the value, so that it is the same here and in a study.</summary>
    private static DocumentedOption<string> OptionOf(ExperimentParameter parameter) => new(
        $"--{parameter.Name}",
        parameter.Placeholder,
        char.ToUpperInvariant(parameter.Description[0]) + parameter.Description[1..],
        parameter.Range,
        (string text, out string value) => (value = text).Length > 0)
    {
        // Where the placeholder tells the words, they need not be told again.
        ShowsRange = !parameter.Placeholder.Contains('|', StringComparison.Ordinal),
        DefaultText = parameter.Default,
    };
}

/// <summary>What a command line asks <c>measure</c> for.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="DataFolder">The folder of the images; null for the built-in ones.</param>
/// <param name="RowsPath">Where the rows go; null for nowhere.</param>
/// <param name="Threads">How many threads may be used.</param>
/// <param name="Json">Whether to print the JSON document.</param>
/// <param name="ShowProgress">Whether to show progress.</param>
internal sealed record MeasureRequest(
    IMeasuredExperiment Experiment, string? DataFolder, string? RowsPath, int Threads, bool Json, bool ShowProgress);
