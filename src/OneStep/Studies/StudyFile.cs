using System.Globalization;
using System.Text;
using OneStep.Experiments.Kinds;
using OneStep.Formats;

namespace OneStep.Studies;

/// <summary>
/// Reads a study from YAML: <c>title</c>, <c>description</c>, <c>experiment</c> (what cells are), <c>parameters</c> (fixed values),
/// <c>axes</c> (lists) and <c>seeds</c> (a list, or how many from 0 on). See docs/studies.md.
/// </summary>
public static class StudyFile
{
    /// <summary>The most seeds that a number may stand for.</summary>
    public const int MaximumSeeds = 10_000;

    private const int LongestFile = 1 << 20;
    private const string ExperimentKey = "experiment";
    private const string Keys = "title, description, experiment, parameters, axes and seeds";

    /// <summary>Reads a study from a file; its name is that of the file, without extension.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StudyFormatException">The file is not a study; the message names the file, the line and the key.</exception>
    /// <exception cref="OneStepException">The file cannot be read.</exception>
    public static StudyDefinition Read(string path)
    {
        using FileStream stream = FileFailure.OpenRead(path);
        try
        {
            if (stream.CanSeek && stream.Length > LongestFile)
            {
                throw new StudyFormatException($"{path}: a study has at most {LongestFile} bytes.");
            }

            using var reader = new StreamReader(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            return Parse(reader.ReadToEnd(), NameOf(path), path);
        }
        catch (DecoderFallbackException exception)
        {
            throw new StudyFormatException($"{path}: this is not a text in UTF-8.", exception);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotRead(path, exception);
        }
    }

    /// <summary>Reads a study from a text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="name">The study's name.</param>
    /// <param name="file">What errors call the text.</param>
    /// <exception cref="StudyFormatException">The text is not a study; the message names the file, the line and the key.</exception>
    public static StudyDefinition Parse(string text, string name, string file) => Parse(text, name, file, ExperimentKinds.All);

    /// <summary>Reads a study from a text.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="name">The study's name.</param>
    /// <param name="file">What errors call the text.</param>
    /// <param name="kinds">The kinds of experiment there are beside the attack.</param>
    internal static StudyDefinition Parse(string text, string name, string file, IReadOnlyList<ExperimentKind> kinds)
    {
        ArgumentNullException.ThrowIfNull(text);
        string Locate(YamlDotNet.Core.Mark mark) => string.Create(CultureInfo.InvariantCulture, $"{file}:{mark.Line}");
        StudyYamlNode? content = StudyYaml.Read(text, Locate);
        StudyYamlMapping root = content as StudyYamlMapping ?? throw new StudyFormatException($"{file}:1", $"a study has the keys {Keys}.");
        RequireOnce(root, key => $"the key '{key}' stands twice");
        var definition = new StudyDefinition
        {
            Name = name,
            Title = string.Empty,
            Kind = ReadKind(root, kinds),
            Location = file,
            Settings = [],
            Axes = [],
            Seeds = [0],
        };
        foreach ((StudyYamlScalar key, StudyYamlNode value) in root.Entries)
        {
            definition = Read(definition, key, value);
        }

        if (definition.Title.Length == 0)
        {
            throw new StudyFormatException($"{file}:1", "the key 'title' is missing.");
        }

        RequireApart(definition);
        return definition;
    }

    /// <summary>The seeds that a number or a list stands for.</summary>
    /// <exception cref="StudyFormatException">It is neither, or a seed stands twice.</exception>
    internal static IReadOnlyList<ulong> ReadSeeds(StudyYamlNode value)
    {
        if (value is StudyYamlScalar count)
        {
            return int.TryParse(count.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is >= 1 and <= MaximumSeeds
                ? [.. Enumerable.Range(0, number).Select(seed => (ulong)seed)]
                : throw new StudyFormatException(
                    count.Location, $"'seeds' is {Shown(count.Text)}; it must be a list of seeds or their number, from 1 to {MaximumSeeds}.");
        }

        List<ulong> seeds = [];
        HashSet<ulong> seen = [];
        foreach (StudyValue item in ReadValues("'seeds'", value))
        {
            if (!ulong.TryParse(item.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            {
                throw new StudyFormatException(item.Location, $"'seeds' has the value {Shown(item.Text)}; it must be an integer from 0 to {ulong.MaxValue}.");
            }

            if (!seen.Add(seed))
            {
                throw new StudyFormatException(item.Location, $"'seeds' has the value {seed} twice.");
            }

            seeds.Add(seed);
        }

        return seeds;
    }

    /// <summary>The values of a list.</summary>
    /// <param name="what">What errors call the list.</param>
    /// <param name="value">The list.</param>
    /// <exception cref="StudyFormatException">It is no list of plain values, is empty, or has a value twice.</exception>
    internal static IReadOnlyList<StudyValue> ReadValues(string what, StudyYamlNode value)
    {
        StudyYamlList list = value as StudyYamlList ?? throw new StudyFormatException(value.Location, $"{what} must be a list, as in [1, 2, 5].");
        if (list.Items.Count == 0)
        {
            throw new StudyFormatException(value.Location, $"{what} is empty; it must have at least one value.");
        }

        StudyValue[] values = [.. list.Items.Select(item => ReadValue(what, item))];
        HashSet<string> seen = [];
        StudyValue? repeated = Array.Find(values, v => !seen.Add(v.Text));
        return repeated is null ? values : throw new StudyFormatException(repeated.Location, $"{what} has the value {Shown(repeated.Text)} twice.");
    }

    /// <summary>A value as errors show it.</summary>
    internal static string Shown(string text)
    {
        const int longest = 60;
        string line = string.Concat(text.Take(longest).Select(c => char.IsControl(c) ? '?' : c));
        return line.Length == 0 ? "''" : line;
    }

    /// <summary>The file's name without its extension, unless nothing but dots were left, which name other folders.</summary>
    private static string NameOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name.Trim('.').Length > 0 ? name : Path.GetFileName(path);
    }

    private static StudyDefinition Read(StudyDefinition definition, StudyYamlScalar key, StudyYamlNode value) => key.Text switch
    {
        "title" => definition with { Title = OneLine(key.Text, value) },
        ExperimentKey => definition,
        "description" => definition with { Description = ReadValue($"'{key.Text}'", value).Text.Trim() },
        "parameters" => definition with { Settings = [.. Entries(definition.Kind, key, value).Select(e => new StudySetting(e.Key.Text, ReadValue($"parameter '{e.Key.Text}'", e.Value)))] },
        "axes" => definition with
        {
            Axes = [.. Entries(definition.Kind, key, value).Select(e => new StudyAxis(e.Key.Text, ReadValues($"axis '{e.Key.Text}'", e.Value), e.Key.Location))],
        },
        "seeds" => definition with { Seeds = ReadSeeds(value) },
        _ => throw new StudyFormatException(key.Location, $"there is no key '{Shown(key.Text)}'; the keys are {Keys}."),
    };

    // Which parameters there are depends on it, wherever in the file it stands.
    private static CellKind ReadKind(StudyYamlMapping root, IReadOnlyList<ExperimentKind> kinds)
    {
        if (root.Entries.FirstOrDefault(entry => entry.Key.Text == ExperimentKey).Value is not { } node)
        {
            return CellKind.Attack;
        }

        StudyValue name = ReadValue($"'{ExperimentKey}'", node);
        return CellKind.Find(name.Text, kinds) ?? throw new StudyFormatException(
            name.Location,
            $"'{ExperimentKey}' is {Shown(name.Text)}; it must be {string.Join(" or ", kinds.Select(kind => kind.Name).Prepend(CellKind.Attack.Name))}.");
    }

    private static string OneLine(string key, StudyYamlNode value)
    {
        StudyValue text = ReadValue($"'{key}'", value);
        return text.Text.Length > 0 && !text.Text.Any(char.IsControl)
            ? text.Text
            : throw new StudyFormatException(text.Location, $"'{key}' must be one line of text.");
    }

    private static StudyValue ReadValue(string what, StudyYamlNode value) =>
        value is StudyYamlScalar scalar ? new(scalar.Text, scalar.Location) : throw new StudyFormatException(value.Location, $"{what} must be one value here.");

    private static IReadOnlyList<(StudyYamlScalar Key, StudyYamlNode Value)> Entries(CellKind kind, StudyYamlScalar key, StudyYamlNode value)
    {
        StudyYamlMapping mapping = value as StudyYamlMapping
            ?? throw new StudyFormatException(value.Location, $"'{key.Text}' must have parameters and their values below it.");
        RequireOnce(mapping, name => key.Text == "axes" ? $"the axis '{name}' stands twice" : $"the parameter '{name}' stands twice");
        foreach ((StudyYamlScalar name, _) in mapping.Entries)
        {
            kind.RequireKnown(name.Text, name.Location);
        }

        return mapping.Entries;
    }

    private static void RequireOnce(StudyYamlMapping mapping, Func<string, string> sentence)
    {
        HashSet<string> seen = [];
        foreach ((StudyYamlScalar key, _) in mapping.Entries)
        {
            if (!seen.Add(key.Text))
            {
                throw new StudyFormatException(key.Location, sentence(Shown(key.Text)) + ".");
            }
        }
    }

    /// <summary>A parameter is fixed, or an axis, or left alone; and c0 and the deviation are two names of one thing.</summary>
    private static void RequireApart(StudyDefinition definition)
    {
        List<string> seen = [.. definition.Settings.Select(s => s.Parameter)];
        if (definition.Settings.FirstOrDefault(s => s.Parameter == AttackCellKind.Deviation) is { } deviation
            && definition.Kind.OtherName(deviation.Parameter) is { } c0 && seen.Contains(c0))
        {
            throw BothRadii(deviation.Value.Location);
        }

        foreach (StudyAxis axis in definition.Axes)
        {
            if (seen.Contains(axis.Parameter))
            {
                throw new StudyFormatException(axis.Location, $"'{axis.Parameter}' is an axis and a fixed parameter; it must be one of them.");
            }

            if (definition.Kind.OtherName(axis.Parameter) is { } other && seen.Contains(other))
            {
                throw BothRadii(axis.Location);
            }

            seen.Add(axis.Parameter);
        }
    }

    private static StudyFormatException BothRadii(string location) => new(
        location, $"'{AttackCellKind.Deviation}' and '{AttackCellKind.C0}' both give the radius of the ball; only one of them may stand here.");
}
