using System.CommandLine;

namespace OneStep.Cli.Parsing;

/// <summary>An option that may stand on the command line several times, each time with one value.</summary>
internal sealed class RepeatedOption : Option<string[]>, IDocumentedOption
{
    /// <summary>Makes an option.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="placeholder">Stands for the value on the help page.</param>
    /// <param name="description">What the option does.</param>
    /// <param name="range">What values are allowed, to be read after "must be".</param>
    public RepeatedOption(string name, string placeholder, string description, string range)
        : base(name)
    {
        Description = description;
        HelpName = placeholder;
        Range = range;
        Arity = ArgumentArity.OneOrMore;
        AllowMultipleArgumentsPerToken = false;
    }

    /// <inheritdoc/>
    public string Range { get; }

    /// <inheritdoc/>
    public bool ShowsRange => false;

    /// <inheritdoc/>
    public string? DefaultText => null;
}
