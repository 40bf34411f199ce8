using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Experiments;

namespace OneStep.Cli.Verbs;

/// <summary>An option that sets one experiment parameter.</summary>
internal interface IParameterOption
{
    /// <summary>The option itself.</summary>
    Option Option { get; }

    /// <summary>Whether the option stands on the command line.</summary>
    bool IsGiven(ParseResult parse);

    /// <summary>The parameters with this option's value, where it was given.</summary>
    ExperimentParameters Apply(ParseResult parse, ExperimentParameters parameters);

    /// <summary>The value given and the value of <paramref name="parameters"/>, where the two differ; else null.</summary>
    (string Given, string Actual)? Contradiction(ParseResult parse, ExperimentParameters parameters);
}

/// <summary>An option that sets one experiment parameter.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="option">The option itself.</param>
/// <param name="get">Reads the parameter.</param>
/// <param name="set">The parameters with another value of this one.</param>
internal sealed class ParameterOption<T>(
    DocumentedOption<T> option, Func<ExperimentParameters, T> get, Func<ExperimentParameters, T, ExperimentParameters> set) : IParameterOption
{
    /// <inheritdoc/>
    public Option Option => option;

    /// <inheritdoc/>
    public bool IsGiven(ParseResult parse) => option.IsGiven(parse);

    /// <inheritdoc/>
    public ExperimentParameters Apply(ParseResult parse, ExperimentParameters parameters) =>
        IsGiven(parse) ? set(parameters, parse.GetValue(option)!) : parameters;

    /// <inheritdoc/>
    public (string Given, string Actual)? Contradiction(ParseResult parse, ExperimentParameters parameters)
    {
        if (!IsGiven(parse))
        {
            return null;
        }

        T given = parse.GetValue(option)!;
        T actual = get(parameters);
        return EqualityComparer<T>.Default.Equals(given, actual) ? null : (ExperimentOptions.Text(given), ExperimentOptions.Text(actual));
    }
}
