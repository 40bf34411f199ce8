using System.CommandLine;
using OneStep.Cli.Parsing;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>study</c>: grids of experiments whose results stay in a folder.</summary>
internal sealed class StudyVerb
{
    private static readonly string[] Examples = ["onestep study list", "onestep study run smoke", "onestep study export smoke --output smoke.csv"];

    private readonly IStudyVerb[] _verbs;
    private readonly Command _command;
    private readonly IReadOnlyList<Command> _commands;

    /// <summary>Makes the verb.</summary>
    /// <param name="host">The terminal.</param>
    public StudyVerb(CliHost host)
    {
        _verbs = [new StudyListVerb(host), new StudyRunVerb(host), new StudySubmitVerb(host), new StudyStatusVerb(host), new StudyExportVerb(host), new StudyReportVerb(host)];
        _command = new Command("study", "Run a grid of experiments, keep every result, and make tables and figures of them.");
        _commands = [.. _verbs.Select(verb => verb.ToCommand())];
        foreach (Command command in _commands)
        {
            _command.Add(command);
        }
    }

    /// <summary>The help pages of the verb and of those below it.</summary>
    public IEnumerable<(Command Command, HelpPage Page)> HelpPages =>
    [
        (_command, new HelpPage(_command, [], Examples)),
        .. _verbs.Zip(_commands, (verb, command) => (command, verb.Help(command))),
    ];

    /// <summary>The verb as the parser knows it.</summary>
    public Command ToCommand() => _command;
}

/// <summary>A verb below <c>study</c>.</summary>
internal interface IStudyVerb
{
    /// <summary>The verb as the parser knows it.</summary>
    Command ToCommand();

    /// <summary>The verb's help page.</summary>
    HelpPage Help(Command command);
}
