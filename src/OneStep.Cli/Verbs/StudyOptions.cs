using System.CommandLine;
using OneStep.Cli.Parsing;
using OneStep.Data;
using OneStep.Studies;

namespace OneStep.Cli.Verbs;

/// <summary>What every verb about one study takes: which study, with which changes, on which data, in which store.</summary>
internal sealed class StudyOptions
{
    /// <summary>Below which folder stores are, unless one is named.</summary>
    public const string DefaultFolder = "onestep-studies";

    private readonly RepeatedOption _set = new(
        "--set", "NAME=V,V", "Give a parameter other values: several make it an axis, one fixes it; seeds=3 means 0, 1 and 2; may be repeated", "like side=7,14 or seeds=3");

    private readonly DocumentedOption<string> _store = Options.Path(
        "--store", "DIR", "Folder of the finished cells", "a folder", $"{DefaultFolder}/STUDY");

    private readonly DocumentedOption<string> _data = Options.Path(
        "--data", "DIR", "Folder of four IDX files named as MNIST's, plain or .gz", "an existing folder with IDX files", "the built-in MNIST");

    /// <summary>Which study.</summary>
    public Argument<string> Argument { get; } = new("STUDY")
    {
        Description = "The name of a study of 'onestep study list', or a YAML file (docs/studies.md)",
    };

    /// <summary>The options on the help page.</summary>
    public OptionGroup Group => new("Study", [_set, _store, _data]);

    /// <summary>What the command line asks for.</summary>
    /// <exception cref="UsageException">There is no such study, or an option is of no use.</exception>
    /// <exception cref="StudyFormatException">The study makes no sense.</exception>
    /// <exception cref="OneStepException">A file cannot be read.</exception>
    public StudyRequest Read(ParseResult parse)
    {
        StudyDefinition definition = Find(parse.GetValue(Argument)!);
        foreach (string change in parse.GetValue(_set) ?? [])
        {
            definition = StudyChange.Apply(definition, change, _set.Name);
        }

        string folder = parse.GetValue(_store) ?? Path.Combine(DefaultFolder, definition.Name);
        if (File.Exists(folder))
        {
            throw new UsageException($"{_store.Name} is '{folder}', but must be {_store.Range}.");
        }

        string? data = parse.GetValue(_data);
        if (data is not null && !Directory.Exists(data))
        {
            throw new UsageException($"{_data.Name} is '{data}', but must be {_data.Range}.");
        }

        // The study is checked before time is spent on the data; the data only enter the cells' names.
        var plan = StudyPlan.Of(definition, string.Empty);
        ImageDataset images = data is null ? EmbeddedMnist.Load() : ImageDataset.FromDirectory(data);
        return new(plan.On(images.Fingerprint), images, new CellStore(folder));
    }

    /// <summary>The folder of the data as it was given; null for the built-in data.</summary>
    public string? DataFolder(ParseResult parse) => parse.GetValue(_data);

    /// <summary>The command that computes the study again, as a shell reads it; the store is the reader's own business.</summary>
    public string CommandText(ParseResult parse)
    {
        IEnumerable<string> changes = (parse.GetValue(_set) ?? []).SelectMany(change => new[] { _set.Name, change });
        string[] data = parse.GetValue(_data) is { } folder ? [_data.Name, folder] : [];
        return ShellWord.Join(["onestep", "study", "run", parse.GetValue(Argument)!, .. changes, .. data]);
    }

    private static StudyDefinition Find(string study)
    {
        if (EmbeddedStudies.Names.Contains(study))
        {
            return EmbeddedStudies.Load(study);
        }

        bool looksLikeFile = study.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.HasExtension(study);
        return File.Exists(study) ? StudyFile.Read(study) : throw new UsageException(looksLikeFile
            ? $"There is no study file '{study}'."
            : $"There is no study '{study}', neither a file nor among {string.Join(", ", EmbeddedStudies.Names)}.");
    }
}

/// <summary>A study, its data and its store.</summary>
/// <param name="Plan">The cells.</param>
/// <param name="Images">The data.</param>
/// <param name="Store">Where finished cells are.</param>
internal sealed record StudyRequest(StudyPlan Plan, ImageDataset Images, CellStore Store);
