using System.CommandLine;

namespace OneStep.Cli.Parsing;

/// <summary>Where a command stands below the program.</summary>
internal static class CommandPath
{
    /// <summary>The words that call it, as in <c>onestep study run</c>.</summary>
    public static string Of(Command command) =>
        string.Join(' ', Ancestors(command).Reverse().Append(command).Select(c => c is RootCommand ? "onestep" : c.Name));

    /// <summary>The commands above it, the nearest first.</summary>
    public static IEnumerable<Command> Ancestors(Command command)
    {
        for (Command? parent = Parent(command); parent is not null; parent = Parent(parent))
        {
            yield return parent;
        }
    }

    private static Command? Parent(Command command) => command.Parents.OfType<Command>().FirstOrDefault();
}
