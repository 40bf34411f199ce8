using System.Text.RegularExpressions;

namespace OneStep.Studies.Slurm;

/// <summary>A study as a cluster sees it: a program, the file that describes the study, and the folder of its results, all on a
/// file system that every node sees.</summary>
public sealed partial record SlurmStudy
{
    /// <summary>Describes a study; relative paths are made absolute.</summary>
    /// <param name="name">Names the study; the jobs are named after it.</param>
    /// <param name="program">The words that start the program, for example <c>onestep</c>, or <c>dotnet</c> and the path of its
    /// assembly; at least one.</param>
    /// <param name="studyFile">The file that describes the study.</param>
    /// <param name="store">The folder of the study's results; its folder <c>slurm</c> takes what this part writes.</param>
    /// <exception cref="OneStepException">A path cannot be written into the script of an array.</exception>
    public SlurmStudy(string name, IReadOnlyList<string> program, string studyFile, string store)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(studyFile);
        ArgumentException.ThrowIfNullOrEmpty(store);
        if (program.Count == 0)
        {
            throw new ArgumentException("A program has at least one word.", nameof(program));
        }

        Name = name;
        Program = [.. program];
        StudyFile = Path.GetFullPath(studyFile);
        Store = Path.GetFullPath(store);
        RequireOneLine([.. Program, StudyFile, Store]);
        if (Store.Contains('\\', StringComparison.Ordinal))
        {
            throw new OneStepException($"Slurm cannot write its logs into '{Store}': the path contains a backslash.");
        }
    }

    /// <summary>Names the study.</summary>
    public string Name { get; }

    /// <summary>The words that start the program.</summary>
    public IReadOnlyList<string> Program { get; }

    /// <summary>The file that describes the study, as an absolute path.</summary>
    public string StudyFile { get; }

    /// <summary>The folder of the study's results, as an absolute path.</summary>
    public string Store { get; }

    /// <summary>The folder of the data; null for those that come with the program.</summary>
    public string? DataFolder
    {
        get;
        init
        {
            RequireOneLine([value ?? string.Empty]);
            field = value;
        }
    }

    /// <summary>What the study's jobs are called in the queue; only letters, digits and _ . -, so that it can be searched for.</summary>
    public string JobName => "onestep-" + Unusual().Replace(Name, "-");

    /// <summary>Whether a text may be the name of a study's jobs.</summary>
    internal static bool IsJobName(string text) => text.Length > 0 && !Unusual().IsMatch(text);

    private static void RequireOneLine(string[] texts)
    {
        string? wrong = Array.Find(texts, text => text.Any(char.IsControl));
        if (wrong is not null)
        {
            string shown = new([.. wrong.Select(c => char.IsControl(c) ? '?' : c)]);
            throw new OneStepException($"The script of an array cannot name '{shown}': it contains a line break or another control character.");
        }
    }

    [GeneratedRegex("[^A-Za-z0-9_.-]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unusual();
}
