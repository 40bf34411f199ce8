namespace OneStep.Studies;

/// <summary>
/// Changes a study from outside its file: <c>width=100,200</c> gives an axis other values, makes a fixed parameter an axis,
/// or adds one; <c>width=100</c> fixes it; <c>seeds=5</c> or <c>seeds=3,7</c> sets the seeds.
/// </summary>
public static class StudyChange
{
    private const string Seeds = "seeds";

    /// <summary>The study with the change.</summary>
    /// <param name="definition">The study.</param>
    /// <param name="change">A name, an equals sign, and what would stand between the brackets of a list in the file.</param>
    /// <param name="source">What errors call the change, for example the option that it came from.</param>
    /// <exception cref="StudyFormatException">The change is not of that form.</exception>
    public static StudyDefinition Apply(StudyDefinition definition, string change, string source = "--set")
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(change);
        string location = $"{source} {StudyFile.Shown(change)}";
        int sign = change.IndexOf('=', StringComparison.Ordinal);
        if (sign < 1 || change.Any(char.IsControl))
        {
            throw new StudyFormatException(location, "a change has the form NAME=VALUE,VALUE.");
        }

        string name = change[..sign].Trim();
        StudyYamlNode list = StudyYaml.Read($"[{change[(sign + 1)..]}]", _ => location) ?? new StudyYamlList([], location);
        if (name == Seeds)
        {
            return definition with { Seeds = StudyFile.ReadSeeds(list is StudyYamlList { Items: [StudyYamlScalar number] } ? number : list) };
        }

        definition.Kind.RequireKnown(name, location);
        IReadOnlyList<StudyValue> values = StudyFile.ReadValues($"'{name}'", list);
        return Set(Without(definition, definition.Kind.OtherName(name)), new(name, values, location));
    }

    private static StudyDefinition Set(StudyDefinition definition, StudyAxis axis)
    {
        if (definition.Axes.Any(a => a.Parameter == axis.Parameter))
        {
            return definition with { Axes = [.. definition.Axes.Select(a => a.Parameter == axis.Parameter ? axis : a)] };
        }

        IEnumerable<StudySetting> others = definition.Settings.Where(s => s.Parameter != axis.Parameter);
        return axis.Values is [StudyValue value]
            ? definition with { Settings = [.. others, new(axis.Parameter, value)] }
            : definition with { Settings = [.. others], Axes = [.. definition.Axes, axis] };
    }

    /// <summary>Whoever sets c0 no longer wants the deviation of the file, and the other way round.</summary>
    private static StudyDefinition Without(StudyDefinition definition, string? other) => other is null ? definition : definition with
    {
        Settings = [.. definition.Settings.Where(s => s.Parameter != other)],
        Axes = [.. definition.Axes.Where(a => a.Parameter != other)],
    };
}
