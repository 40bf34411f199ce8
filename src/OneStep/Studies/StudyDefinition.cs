namespace OneStep.Studies;

/// <summary>
/// A study as somebody wrote it: fixed parameters, axes whose values are combined with one another, and seeds. What the
/// values mean is checked when a <see cref="StudyPlan"/> is made of it.
/// </summary>
public sealed record StudyDefinition
{
    /// <summary>The name: that of its file, without extension.</summary>
    public required string Name { get; init; }

    /// <summary>What is studied, in one line.</summary>
    public required string Title { get; init; }

    /// <summary>More about it; null where nothing was written.</summary>
    public string? Description { get; init; }

    /// <summary>What the cells are experiments of. Default the attack on a trained network.</summary>
    public CellKind Kind { get; init; } = CellKind.Attack;

    /// <summary>Where the definition stands, for errors that belong to no line.</summary>
    public required string Location { get; init; }

    /// <summary>What is the same in every cell; all other parameters have their defaults.</summary>
    public required IReadOnlyList<StudySetting> Settings { get; init; }

    /// <summary>What differs between cells, the first axis outermost.</summary>
    public required IReadOnlyList<StudyAxis> Axes { get; init; }

    /// <summary>The seeds, different from one another; every combination of the axes' values is run with each of them.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>How many cells there are: every combination of the axes' values with every seed.</summary>
    public double CellCount => Axes.Aggregate((double)Seeds.Count, (product, axis) => product * axis.Values.Count);
}

/// <summary>A value and where it stands.</summary>
/// <param name="Text">The value as it was written.</param>
/// <param name="Location">The file and the line, or the option, for errors.</param>
public sealed record StudyValue(string Text, string Location);

/// <summary>A parameter that is the same in every cell.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Value">Its value.</param>
public sealed record StudySetting(string Parameter, StudyValue Value);

/// <summary>A parameter that differs between cells.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="Values">Its values, at least one.</param>
/// <param name="Location">Where the axis begins, for errors.</param>
public sealed record StudyAxis(string Parameter, IReadOnlyList<StudyValue> Values, string Location);
