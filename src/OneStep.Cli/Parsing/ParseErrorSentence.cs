using System.CommandLine;
using System.CommandLine.Parsing;

namespace OneStep.Cli.Parsing;

/// <summary>Says in one sentence what is wrong with a command line that could not be parsed.</summary>
internal static class ParseErrorSentence
{
    /// <summary>The sentence for the first error.</summary>
    public static string Of(ParseResult parse)
    {
        // The parser's errors are in the order of the options' definitions; people read from left to right.
        List<string> words = [.. parse.Tokens.Select(t => t.Value)];
        OptionResult? option = parse.Errors.Select(e => OptionOf(e.SymbolResult)).OfType<OptionResult>()
            .MinBy(o => words.IndexOf(o.IdentifierToken?.Value ?? o.Option.Name));
        return TruthSentence(parse) ?? (option is not null ? OptionSentence(option, parse) : CommandSentence(parse));
    }

    /// <summary>The message as a single line that ends like a sentence.</summary>
    public static string OneLine(string message)
    {
        string line = string.Join(' ', message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.EndsWith('.') ? line : line + ".";
    }

    /// <summary>The parser takes a word behind a yes-or-no option that is neither for a word of its own.</summary>
    private static string? TruthSentence(ParseResult parse)
    {
        if (parse.UnmatchedTokens.Count == 0)
        {
            return null;
        }

        string token = parse.UnmatchedTokens[0];
        Token? previous = parse.Tokens.TakeWhile(t => t.Value != token).LastOrDefault();
        return parse.CommandResult.Command.Options.FirstOrDefault(o => o.Name == previous?.Value) is DocumentedOption<bool> option && !token.StartsWith('-')
            ? $"{option.Name} is '{token}', but must be {option.Range}."
            : null;
    }

    private static string OptionSentence(OptionResult result, ParseResult parse)
    {
        Option option = result.Option;
        if (result.IdentifierTokenCount > 1 && option is not RepeatedOption)
        {
            return $"{option.Name} is given {result.IdentifierTokenCount} times, but must be given once.";
        }

        string range = option is IDocumentedOption documented ? $", {documented.Range}" : string.Empty;
        return result.Tokens.Count == 0
            ? $"{option.Name} needs a value{range}."
            : OneLine(parse.Errors.First(e => OptionOf(e.SymbolResult) == result).Message);
    }

    private static string CommandSentence(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        string name = CommandPath.Of(command);
        string help = $"see '{name} --help'";
        bool hasVerbs = command.Subcommands.Count > 0;
        if (parse.UnmatchedTokens.Count == 0)
        {
            return command is ChoiceCommand nothing ? nothing.Sentence(token: null)
                : hasVerbs ? $"A verb is missing; {help}."
                : parse.Errors[0].SymbolResult is ArgumentResult { Argument: var argument } ? $"{name} needs {argument.Name}; {help}."
                : OneLine(parse.Errors[0].Message);
        }

        string token = parse.UnmatchedTokens[0];
        return token.StartsWith('-') && token.Length > 1 ? $"{name} has no option {token}{Suggestion(token, command)}; {help}."
            : command is ChoiceCommand choice ? choice.Sentence(token)
            : hasVerbs ? $"There is no verb '{token}'; {help}."
            : command.Arguments.Count > 0 ? $"{name} takes {command.Arguments[0].Name} and options only, but was given '{token}', too; {help}."
            : $"{name} takes options only, but was given '{token}'; {help}.";
    }

    private static OptionResult? OptionOf(SymbolResult? result) => result switch
    {
        null => null,
        OptionResult option => option,
        _ => OptionOf(result.Parent),
    };

    private static string Suggestion(string token, Command command)
    {
        string name = token.Split('=')[0];
        string? nearest = command.Options.Where(o => !o.Hidden).Select(o => o.Name).MinBy(o => EditDistance(name, o));
        return nearest is not null && EditDistance(name, nearest) <= 2 ? $", did you mean {nearest}" : string.Empty;
    }

    private static int EditDistance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] current = new int[b.Length + 1];
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
