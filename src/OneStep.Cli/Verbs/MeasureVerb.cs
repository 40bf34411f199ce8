using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Experiments.Kinds;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>measure</c>: one experiment beside the attack on a trained network, of every kind there is.</summary>
internal sealed class MeasureVerb
{
    private readonly ChoiceCommand _command = new(
        "measure", "Run one experiment on random networks, on the limit of infinite width, or on all networks of a lazy ball, and show what it measured.", "experiment");

    private readonly List<(Command Command, HelpPage Page)> _pages = [];

    /// <summary>Makes the verb.</summary>
    /// <param name="host">The terminal.</param>
    public MeasureVerb(CliHost host)
    {
        foreach (ExperimentKind kind in ExperimentKinds.All)
        {
            var verb = new MeasureKindVerb(host, kind);
            Command command = verb.ToCommand();
            _command.Add(command);
            _pages.Add((command, verb.Help(command)));
        }

        _pages.Add((_command, new HelpPage(
            _command, [], [.. ExperimentKinds.All.Select(kind => $"onestep measure {kind.Name}"), $"onestep measure {ExperimentKinds.All[0].Name} --help"])));
    }

    /// <summary>The help pages of the verb and of every experiment below it.</summary>
    public IEnumerable<(Command Command, HelpPage Page)> HelpPages => _pages;

    /// <summary>The verb as the parser knows it.</summary>
    public Command ToCommand() => _command;
}
