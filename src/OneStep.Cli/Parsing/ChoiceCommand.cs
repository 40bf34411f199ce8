using System.CommandLine;

namespace OneStep.Cli.Parsing;

/// <summary>A command below which stand things to choose from, not verbs.</summary>
/// <param name="name">The name.</param>
/// <param name="description">What it does.</param>
/// <param name="noun">What there is to choose, for example "experiment".</param>
internal sealed class ChoiceCommand(string name, string description, string noun) : Command(name, description)
{
    /// <summary>What there is to choose, for example "experiment".</summary>
    public string Noun => noun;

    /// <summary>The sentence for a command line that does not choose, or chooses what there is not.</summary>
    /// <param name="token">What was chosen; null for nothing.</param>
    public string Sentence(string? token)
    {
        string choices = string.Join(", ", Subcommands.Select(command => command.Name));
        string help = $"see '{CommandPath.Of(this)} --help'";
        return token is null
            ? $"{CommandPath.Of(this)} needs an {noun}, one of {choices}; {help}."
            : $"There is no {noun} '{token}', only {choices}; {help}.";
    }
}
