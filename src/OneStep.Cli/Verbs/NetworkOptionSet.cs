using System.Globalization;
using OneStep.Cli.Parsing;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Networks;

namespace OneStep.Cli.Verbs;

/// <summary>The options of the task, and of the network but for its training.</summary>
internal static class NetworkOptionSet
{
    private static readonly ExperimentParameters Defaults = new();

    /// <summary>The options of the task.</summary>
    public static IParameterOption[] Task() =>
    [
        new ParameterOption<ClassSplit>(
            new("--digits", "A,B", "Digit A (y = -1) against digit B (y = +1), 0 to 9; sums of digits as in 0+2,1+3; more classes as in 0,1,2 with --hidden", ClassSplit.Range, ReadDigits) { DefaultText = ExperimentOptions.Text(Defaults.Digits) },
            p => p.Digits,
            (p, value) => p with { Digits = value }),
        new ParameterOption<int>(
            Options.Integer("--side", "Resize images to N x N pixels; the dimension is d = N*N", "an integer from 1 to 100", ExperimentOptions.Text(Defaults.Side)),
            p => p.Side,
            (p, value) => p with { Side = value }),
        new ParameterOption<bool>(
            Options.Flag("--antialias", "Average over the pixels that resizing leaves out"),
            p => p.Antialias,
            (p, value) => p with { Antialias = value }),
        new ParameterOption<bool>(
            Options.Truth("--normalize", "Scale every input to Euclidean norm 1", ExperimentOptions.Text(Defaults.Normalize)),
            p => p.Normalize,
            (p, value) => p with { Normalize = value }),
    ];

    /// <summary>The options of the network.</summary>
    public static IParameterOption[] Network() =>
    [
        new ParameterOption<int>(
            Options.Integer("--width", "Hidden neurons m", $"an integer from 1 to {ExperimentParameters.MaximumWidth}", ExperimentOptions.Text(Defaults.Width)),
            p => p.Width,
            (p, value) => p with { Width = value }),
        new ParameterOption<double>(
            Options.Number("--c0", "Radius of the lazy ball: no neuron's weights move further than V = C0/sqrt(m)", "a finite number above 0", ExperimentOptions.Text(Defaults.C0)),
            p => p.C0,
            (p, value) => p with { C0 = value }),
        new ParameterOption<ulong>(
            new("--seed", "N", "Seed of everything random", $"an integer from 0 to {ulong.MaxValue}", ReadSeed) { ShowsRange = true, DefaultText = ExperimentOptions.Text(Defaults.Seed) },
            p => p.Seed,
            (p, value) => p with { Seed = value }),
        new ParameterOption<InitializationKind>(
            Options.Choice<InitializationKind>(
                "--initialization", "Independent neurons, or pairs that cancel so that f = 0 at the start", ExperimentOptions.Text(Defaults.Initialization)),
            p => p.Initialization,
            (p, value) => p with { Initialization = value }),
        new ParameterOption<bool>(
            Options.Flag("--bias", "Give hidden neurons biases"),
            p => p.Bias,
            (p, value) => p with { Bias = value }),
    ];

    private static bool ReadDigits(string text, out ClassSplit value)
    {
        try
        {
            value = ClassSplit.Parse(text);
            return true;
        }
        catch (InvalidParameterException)
        {
            value = Defaults.Digits;
            return false;
        }
    }

    private static bool ReadSeed(string text, out ulong value) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
