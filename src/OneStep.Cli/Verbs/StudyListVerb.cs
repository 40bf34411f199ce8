using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Cli.Rendering;
using OneStep.Studies;

namespace OneStep.Cli.Verbs;

/// <summary>The verb <c>study list</c>: the studies that come with the program.</summary>
/// <param name="host">The terminal.</param>
internal sealed class StudyListVerb(CliHost host) : IStudyVerb
{
    private readonly DocumentedOption<bool> _json = Options.Flag("--json", "Print one JSON document instead of text");

    /// <inheritdoc/>
    public Command ToCommand()
    {
        var command = new Command("list", "List the studies that come with the program.") { _json };
        command.SetAction(parse =>
        {
            StudyDefinition[] studies = [.. EmbeddedStudies.Names.Select(EmbeddedStudies.Load)];
            host.WriteOutput(parse.GetValue(_json) ? StudyJson.Of(studies) : Text(studies));
            return ExitCodes.Done;
        });
        return command;
    }

    /// <inheritdoc/>
    public HelpPage Help(Command command) =>
        new(command, [new("Output", [_json])], ["onestep study list", "onestep study list --json"]);

    private static string Text(StudyDefinition[] studies)
    {
        int column = studies.Max(s => s.Name.Length) + 2;
        return string.Concat(studies.Select(s => $"{s.Name.PadRight(column)}{NumberText.Count((int)s.CellCount, "cell"),-11}{s.Title}\n"));
    }
}
