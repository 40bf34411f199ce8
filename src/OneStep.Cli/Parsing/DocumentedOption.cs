using System.CommandLine;
using System.CommandLine.Parsing;

namespace OneStep.Cli.Parsing;

/// <summary>What a help page and an error sentence need to know of an option.</summary>
internal interface IDocumentedOption
{
    /// <summary>What values are allowed, to be read after "must be".</summary>
    string Range { get; }

    /// <summary>Whether the help page tells the range; not where the placeholder or the description says it all.</summary>
    bool ShowsRange { get; }

    /// <summary>The default as users would type it; null where there is nothing to tell.</summary>
    string? DefaultText { get; }
}

/// <summary>Reads a value as users type it; false where the text is not of that form.</summary>
internal delegate bool ValueReader<T>(string text, out T value);

/// <summary>An option that says in one sentence what is wrong with its value.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
internal sealed class DocumentedOption<T> : Option<T>, IDocumentedOption
{
    /// <summary>Makes an option.</summary>
    /// <param name="name">The name with its dashes.</param>
    /// <param name="placeholder">Stands for the value on the help page; empty for a flag.</param>
    /// <param name="description">What the option does, with units.</param>
    /// <param name="range">What values are allowed, to be read after "must be".</param>
    /// <param name="reader">Reads the value.</param>
    public DocumentedOption(string name, string placeholder, string description, string range, ValueReader<T> reader)
        : base(name)
    {
        Description = description;
        HelpName = placeholder;
        Range = range;
        Arity = placeholder.Length == 0 ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne;
        CustomParser = argument => Read(argument, reader);
    }

    /// <inheritdoc/>
    public string Range { get; }

    /// <inheritdoc/>
    public bool ShowsRange { get; init; }

    /// <inheritdoc/>
    public string? DefaultText { get; init; }

    /// <summary>Whether the option stands on the command line.</summary>
    public bool IsGiven(ParseResult parse) => parse.GetResult(this) is { Implicit: false };

    private T? Read(ArgumentResult argument, ValueReader<T> reader)
    {
        // A flag without a value means yes.
        string text = argument.Tokens.Count == 0 ? "true" : argument.Tokens[0].Value;
        if (reader(text, out T value))
        {
            return value;
        }

        argument.AddError($"{Name} is '{text}', but must be {Range}.");
        return default;
    }
}
