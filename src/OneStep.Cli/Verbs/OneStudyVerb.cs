using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Studies;

namespace OneStep.Cli.Verbs;

/// <summary>A verb below <c>study</c> that works on one study: what all of them have in common.</summary>
/// <param name="host">The terminal.</param>
/// <param name="name">The verb.</param>
/// <param name="description">What it does, for the help page.</param>
internal abstract class OneStudyVerb(CliHost host, string name, string description) : IStudyVerb
{
    private readonly DocumentedOption<bool> _json = Options.Flag("--json", "Print one JSON document instead of text");

    private readonly DocumentedOption<bool> _noProgress = Options.Flag("--no-progress", "Do not show progress");

    /// <summary>The terminal.</summary>
    protected CliHost Host => host;

    /// <summary>Which study, and where.</summary>
    protected StudyOptions Study { get; } = new();

    /// <summary>The verb's own options, under their heading.</summary>
    protected abstract OptionGroup Own { get; }

    /// <summary>Command lines to try.</summary>
    protected abstract IReadOnlyList<string> Examples { get; }

    private IReadOnlyList<OptionGroup> Groups =>
        [Study.Group, .. Own.Options.Count > 0 ? (OptionGroup[])[Own] : [], new("Output", [_json, _noProgress])];

    /// <inheritdoc/>
    public Command ToCommand()
    {
        var command = new Command(name, description) { Study.Argument };
        foreach (Option option in Groups.SelectMany(group => group.Options))
        {
            command.Add(option);
        }

        command.SetAction((parse, cancellation) => Task.Run(() => Run(parse, cancellation), CancellationToken.None));
        return command;
    }

    /// <inheritdoc/>
    public HelpPage Help(Command command) => new(command, Groups, Examples);

    /// <summary>Does what the command line asks for.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    protected abstract int Run(ParseResult parse, CancellationToken cancellation);

    /// <summary>Whether results are to be a JSON document.</summary>
    protected bool WantsJson(ParseResult parse) => parse.GetValue(_json);

    /// <summary>How progress is to be shown.</summary>
    protected IStudyDisplay DisplayFor(ParseResult parse) => parse.GetValue(_noProgress) ? StudyDisplay.Silent(host) : StudyDisplay.For(host);

    /// <summary>Looks which cells there are, and shows how far that is.</summary>
    protected StudyInventory TakeInventory(ParseResult parse, StudyRequest request, CancellationToken cancellation) =>
        DisplayFor(parse).Show(progress => new StudyTable(request.Plan, request.Store).Take(progress, cancellation));
}
