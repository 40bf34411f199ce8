using System.Globalization;
using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>
/// The parameters that a study may name, which are those of a saved experiment and one more: <c>deviation</c>, the radius V
/// of the lazy ball, in place of C0 = V√m. A value may also be <c>$name</c>: that of another parameter in the same cell.
/// </summary>
internal static class StudyParameters
{
    public const string Deviation = "deviation";
    public const string C0 = "c0";
    public const string Seed = "seed";

    private const string Ball = "ball";
    private const string LearningRate = "learning-rate";
    private const string Epochs = "epochs";
    private const char Reference = '$';

    private static readonly Dictionary<string, string> Defaults = new(Entries(new ExperimentParameters()), StringComparer.Ordinal);

    /// <summary>The parameters of an experiment as strings, in a fixed order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Entries(ExperimentParameters parameters) => ExperimentMetadata.Parameters(parameters);

    /// <summary>Whether a parameter has another value than its default.</summary>
    public static bool IsNoDefault(KeyValuePair<string, string> entry) => Defaults[entry.Key] != entry.Value;

    /// <summary>The other name of the radius, where <paramref name="parameter"/> is one of the two.</summary>
    public static string? OtherRadius(string parameter) => parameter switch
    {
        Deviation => C0,
        C0 => Deviation,
        _ => null,
    };

    /// <summary>Refuses a name that no study may use.</summary>
    /// <exception cref="StudyFormatException">There is no such parameter.</exception>
    public static void RequireKnown(string parameter, string location)
    {
        if (parameter == Seed)
        {
            throw new StudyFormatException(location, "the parameter 'seed' is given by the key 'seeds'.");
        }

        if (parameter != Deviation && !Defaults.ContainsKey(parameter))
        {
            string names = string.Join(", ", Defaults.Keys.Where(name => name != Seed).Append(Deviation));
            throw new StudyFormatException(location, $"there is no parameter '{StudyFile.Shown(parameter)}'; the parameters are {names}.");
        }
    }

    /// <summary>The parameters of one cell.</summary>
    /// <param name="given">Values by name; all others have their defaults.</param>
    /// <param name="seed">The cell's seed.</param>
    /// <exception cref="InvalidParameterException">A value makes no sense or is out of its range.</exception>
    /// <exception cref="OneStepException">A value refers to a parameter that it must not refer to.</exception>
    public static ExperimentParameters Compose(IReadOnlyDictionary<string, string> given, ulong seed)
    {
        Dictionary<string, string> values = new(Defaults, StringComparer.Ordinal);
        foreach ((string name, string text) in given)
        {
            values[name] = text;
        }

        foreach ((string name, string text) in given)
        {
            values[name] = Resolve(name, text, given, values);
        }

        values[Seed] = seed.ToString(CultureInfo.InvariantCulture);
        var entries = new MetadataEntries(
            values, string.Empty, (key, value, wanted) => new InvalidParameterException(key, value, wanted));
        ExperimentParameters parameters = ExperimentMetadata.ReadParameters(entries);
        if (given.ContainsKey(Deviation))
        {
            double deviation = entries.Number<double>(Deviation);
            InvalidParameterException.Require(double.IsFinite(deviation) && deviation > 0, Deviation, deviation, "a finite number above 0");
            parameters = parameters with { C0 = deviation * Math.Sqrt(parameters.Width) };
        }

        if (!given.ContainsKey(Ball))
        {
            parameters = parameters with { Training = parameters.Training with { Ball = parameters.DefaultBall } };
        }

        if (!given.ContainsKey(LearningRate))
        {
            parameters = parameters with { Training = parameters.Training with { LearningRate = parameters.DefaultLearningRate } };
        }

        if (!given.ContainsKey(Epochs))
        {
            int epochs = ExperimentParameters.DefaultEpochs(parameters.Training.Ball);
            parameters = parameters with { Training = parameters.Training with { Epochs = epochs } };
        }

        parameters.Validate();
        return parameters;
    }

    /// <summary>The value of a parameter in a cell as tables show it: the same text for 1, 1.0 and 1e0.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="text">What the study says.</param>
    /// <param name="parameters">The cell.</param>
    /// <param name="entries">The same as <see cref="Entries"/> gives it.</param>
    public static string Canonical(string parameter, string text, ExperimentParameters parameters, IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        if (parameter != Deviation)
        {
            return entries.First(entry => entry.Key == parameter).Value;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double deviation)
            ? deviation.ToString(CultureInfo.InvariantCulture)
            : (parameters.C0 / Math.Sqrt(parameters.Width)).ToString(CultureInfo.InvariantCulture);
    }

    private static string Resolve(string name, string text, IReadOnlyDictionary<string, string> given, Dictionary<string, string> values)
    {
        if (!text.StartsWith(Reference))
        {
            return text;
        }

        string other = text[1..];
        bool isReference = given.TryGetValue(other, out string? target) && target.StartsWith(Reference);
        return values.TryGetValue(other, out string? value) && other != Seed && other != name && !isReference
            ? value
            : throw new InvalidParameterException(name, text, "a value, or $ and the name of another parameter that has one");
    }
}
