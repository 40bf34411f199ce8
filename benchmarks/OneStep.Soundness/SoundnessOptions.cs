using System.Globalization;

namespace OneStep.Soundness;

/// <summary>Which instances are attacked.</summary>
internal sealed record SoundnessOptions
{
    private const int MostInstances = 10_000_000;
    private const int MostThreads = 1024;

    /// <summary>The seed, from 0. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many instances, from 1 to 10 000 000. Default 10 000.</summary>
    public int Count { get; init; } = 10_000;

    /// <summary>The first of them, from 0. Default 0.</summary>
    public int First { get; init; }

    /// <summary>How many run at once, from 1 to 1024. Default one a processor.</summary>
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
                "--seed" => options with { Seed = Integer(name, arguments, ++i, 0, int.MaxValue) },
                "--count" => options with { Count = Integer(name, arguments, ++i, 1, MostInstances) },
                "--first" => options with { First = Integer(name, arguments, ++i, 0, int.MaxValue) },
                "--threads" => options with { Threads = Integer(name, arguments, ++i, 1, MostThreads) },
                _ => throw new InvalidParameterException($"There is no option {name}, only --seed, --count, --first, --threads and --json."),
            };
        }

        int most = int.MaxValue - options.Count;
        InvalidParameterException.Require(options.First <= most, "--first", options.First, $"at most {most} with --count {options.Count}");
        return options;
    }

    private static int Integer(string name, IReadOnlyList<string> arguments, int position, int least, int most)
    {
        string range = $"an integer from {least} to {most}";
        if (position >= arguments.Count)
        {
            throw new InvalidParameterException($"{name} needs a value, {range}.");
        }

        string text = arguments[position];
        bool isValid = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most;
        InvalidParameterException.Require(isValid, name, $"'{text}'", range);
        return value;
    }
}
