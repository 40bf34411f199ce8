using System.CommandLine;
using OneStep.Cli.Parsing;

namespace OneStep.Cli.Verbs;

/// <summary>The options of the verbs <c>attack</c>, <c>compare</c> and <c>certify</c> that do not determine their numbers: where they come from
/// and go to.</summary>
/// <param name="saves">Whether the verb can keep the network.</param>
internal sealed class AttackOptions(bool saves = true)
{
    private readonly DocumentedOption<string> _data = Options.Path(
        "--data",
        "DIR",
        "Folder of four IDX files named as MNIST's, plain or .gz",
        "an existing folder with IDX files",
        "the built-in MNIST");

    private readonly DocumentedOption<string> _load = Options.Path(
        "--load",
        "FILE",
        "Attack the network in FILE, written by --save, instead of a new one; the options that made it are taken from FILE",
        "an existing file");

    private readonly DocumentedOption<string> _save = Options.Path(
        "--save", "FILE", "Write the network and every perturbation as safetensors", "a file in an existing folder");

    private readonly DocumentedOption<string> _report = Options.Path(
        "--report", "FILE", "Write a self-contained HTML page with figures and images", "a file in an existing folder");

    private readonly DocumentedOption<bool> _json = Options.Flag("--json", "Print one JSON document instead of text");

    private readonly DocumentedOption<int> _threads = Options.Integer(
        "--threads", "Threads to use; they change the speed, never a number", "an integer from 1 to 1024", "all processors");

    private readonly DocumentedOption<bool> _noProgress = Options.Flag("--no-progress", "Do not show progress");

    /// <summary>Where images come from; stands with the task.</summary>
    public Option Data => _data;

    /// <summary>Whether a network is loaded instead of made.</summary>
    public bool Loads(ParseResult parse) => _load.IsGiven(parse);

    /// <summary>The options in the groups of the help page.</summary>
    public IReadOnlyList<OptionGroup> Groups =>
    [
        new("Input and output", saves ? [_load, _save, _report, _json] : [_load, _report, _json]),
        new("Running", [_threads, _noProgress]),
    ];

    /// <summary>Adds every option to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        foreach (Option option in Groups.SelectMany(g => g.Options))
        {
            command.Add(option);
        }
    }

    /// <summary>What the command line asks for, looked at as far as is possible without doing any work.</summary>
    /// <exception cref="UsageException">A file or folder is missing or of no use.</exception>
    /// <exception cref="InvalidParameterException">A value is out of its range.</exception>
    public AttackRequest Read(ParseResult parse)
    {
        var request = new AttackRequest
        {
            DataFolder = parse.GetValue(_data),
            LoadPath = parse.GetValue(_load),
            SavePath = saves ? parse.GetValue(_save) : null,
            ReportPath = parse.GetValue(_report),
            Json = parse.GetValue(_json),
            ShowProgress = !parse.GetValue(_noProgress),
            Threads = _threads.IsGiven(parse) ? parse.GetValue(_threads) : Environment.ProcessorCount,
            Command = CommandText(parse),
        };
        Check(request);
        return request;
    }

    private void Check(AttackRequest request)
    {
        if (request.Threads is < 1 or > 1024)
        {
            throw new InvalidParameterException("threads", request.Threads, _threads.Range);
        }

        if (request.DataFolder is { } data && !Directory.Exists(data))
        {
            throw new UsageException($"--data is '{data}', but must be {_data.Range}.");
        }

        if (request.LoadPath is { } load && !File.Exists(load))
        {
            throw new UsageException($"--load is '{load}', but must be {_load.Range}.");
        }

        OutputFile.RequireDifferent("--save", request.SavePath, "--report", request.ReportPath);
        OutputFile.RequireDifferent("--load", request.LoadPath, "--report", request.ReportPath);
        if (request.SavePath is { } save)
        {
            OutputFile.RequireWritable("--save", save);
        }

        if (request.ReportPath is { } report)
        {
            OutputFile.RequireWritable("--report", report);
        }
    }

    private static string CommandText(ParseResult parse) => ShellWord.Join(parse.Tokens.Select(t => t.Value).Prepend("onestep"));
}
