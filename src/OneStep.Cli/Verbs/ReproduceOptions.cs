using System.CommandLine;
using System.Globalization;
using OneStep.Cli.Parsing;
using OneStep.Reproduction;

namespace OneStep.Cli.Verbs;

/// <summary>What <c>reproduce</c> takes.</summary>
internal sealed class ReproduceOptions
{
    private const string DefaultFolder = "onestep-reproduce";

    private readonly DocumentedOption<ProfileName> _profile = Options.Choice<ProfileName>(
        "--profile", "How much to measure: a minute or two, half an hour, or hours on two processors", "quick");

    private readonly DocumentedOption<string> _out = Options.Path(
        "--out", "DIR", "Folder of the report and of the finished cells; all profiles may share it", "a folder", DefaultFolder);

    private readonly DocumentedOption<string> _data = Options.Path(
        "--data", "DIR", "Folder of four IDX files named as MNIST's, plain or .gz", "an existing folder with IDX files", "the built-in MNIST");

    private readonly DocumentedOption<ulong> _seed = Options.Seed("Is added to every seed: other networks, the same experiment");

    private readonly DocumentedOption<int> _threads = Options.Integer(
        "--threads", "Threads to use; they change the speed, never a number", "an integer from 1 to 1024", "all processors");

    private readonly DocumentedOption<bool> _json = Options.Flag("--json", "Print one JSON document instead of text");

    private readonly DocumentedOption<bool> _noProgress = Options.Flag("--no-progress", "Do not show progress");

    /// <summary>The options on the help page.</summary>
    public IReadOnlyList<OptionGroup> Groups => [new("What", [_profile, _seed, _data]), new("Running", [_out, _threads, _json, _noProgress])];

    /// <summary>What the command line asks for.</summary>
    /// <exception cref="UsageException">An option is of no use.</exception>
    /// <exception cref="InvalidParameterException">A number is out of its range.</exception>
    public ReproduceRequest Read(ParseResult parse)
    {
        int threads = _threads.IsGiven(parse) ? parse.GetValue(_threads) : Environment.ProcessorCount;
        if (threads is < 1 or > 1024)
        {
            throw new InvalidParameterException("threads", threads, _threads.Range);
        }

        string folder = parse.GetValue(_out) ?? DefaultFolder;
        if (File.Exists(folder))
        {
            throw new UsageException($"{_out.Name} is '{folder}', which is a file, but must be {_out.Range}.");
        }

        string? data = parse.GetValue(_data);
        if (data is not null && !Directory.Exists(data))
        {
            throw new UsageException($"{_data.Name} is '{data}', but must be {_data.Range}.");
        }

        OutputFile.RequireFolder(_out.Name, folder);
        ulong seed = parse.GetValue(_seed);
        ProfileName profile = parse.GetValue(_profile);
        return new(ReproductionProfile.Of(profile), folder, data, seed, threads, parse.GetValue(_json), !parse.GetValue(_noProgress))
        {
            // The folder and the threads change no number.
            Command = ShellWord.Join(
            [
                "onestep", "reproduce", _profile.Name, Options.Word(profile),
                .. seed == 0 ? Array.Empty<string>() : [_seed.Name, seed.ToString(CultureInfo.InvariantCulture)],
                .. data is null ? Array.Empty<string>() : [_data.Name, data],
            ]),
        };
    }
}

/// <summary>What a command line asks <c>reproduce</c> for.</summary>
/// <param name="Profile">What is measured.</param>
/// <param name="Folder">Where the report and the cells go.</param>
/// <param name="DataFolder">The folder of the data; null for the built-in data.</param>
/// <param name="Seed">Is added to every seed.</param>
/// <param name="Threads">How many threads may be used.</param>
/// <param name="Json">Whether to print a JSON document.</param>
/// <param name="ShowProgress">Whether to show progress.</param>
internal sealed record ReproduceRequest(ReproductionProfile Profile, string Folder, string? DataFolder, ulong Seed, int Threads, bool Json, bool ShowProgress)
{
    /// <summary>The command that makes the same numbers again.</summary>
    public required string Command { get; init; }
}
