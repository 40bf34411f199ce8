using System.Globalization;

namespace OneStep.Soundness;

/// <summary>Which instances are attacked.</summary>
internal sealed record SoundnessOptions
{
    /// <summary>The seed, from 0. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many instances, from 1. Default 10 000.</summary>
    public int Count { get; init; } = 10_000;

    /// <summary>The first of them, from 0. Default 0.</summary>
    public int First { get; init; }

    /// <summary>How many run at once, from 1. Default one a processor.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether to print one JSON document in place of the table.</summary>
    public bool Json { get; init; }

    /// <summary>Reads a command line.</summary>
    /// <exception cref="InvalidParameterException">An option is unknown, has no value, or one out of its range.</exception>
    public static SoundnessOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new SoundnessOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            string name = arguments[i];
            options = name switch
            {
                "--json" => options with { Json = true },
                "--seed" => options with { Seed = Integer(name, arguments, ++i, 0) },
                "--count" => options with { Count = Integer(name, arguments, ++i, 1) },
                "--first" => options with { First = Integer(name, arguments, ++i, 0) },
                "--threads" => options with { Threads = Integer(name, arguments, ++i, 1) },
                _ => throw new InvalidParameterException("option", name, "--seed, --count, --first, --threads or --json"),
            };
        }

        return options;
    }

    private static int Integer(string name, IReadOnlyList<string> arguments, int position, int least)
    {
        string text = position < arguments.Count ? arguments[position] : string.Empty;
        bool isValid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least;
        InvalidParameterException.Require(isValid, name[2..], text, $"an integer from {least} on");
        return value;
    }
}
