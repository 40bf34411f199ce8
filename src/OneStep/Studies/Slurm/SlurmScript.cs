namespace OneStep.Studies.Slurm;

/// <summary>The script of one array, as sbatch takes it: what it asks of the cluster, and the command of a task.</summary>
/// <param name="Study">The study.</param>
/// <param name="Options">What a task asks of the cluster.</param>
/// <param name="Folder">The folder of the array in the store: of its tasks file, and of the logs of its tasks.</param>
/// <param name="Tasks">The tasks.</param>
public sealed record SlurmScript(SlurmStudy Study, SlurmOptions Options, SlurmArrayFolder Folder, IReadOnlyList<SlurmTask> Tasks)
{
    /// <summary>The text of the script.</summary>
    public string Text
    {
        get
        {
            string[] lines =
            [
                "#!/bin/bash",
                .. Directives().Select(directive => $"#SBATCH {Option(directive.Name, SlurmQuoting.Directive(directive.Value))}"),
                "",
                $"# {Summary}. Cells that are finished are skipped, so a task that runs again goes on where it ended.",
                CommandLine(),
                "",
            ];
            return string.Join('\n', lines);
        }
    }

    /// <summary>What the script asks for, as words of sbatch's command line: there it overrules the variables of whoever submits,
    /// which overrule the script.</summary>
    public IReadOnlyList<string> Arguments => [.. Directives().Select(directive => Option(directive.Name, directive.Value))];

    /// <summary>How much the array is to do, for people.</summary>
    public string Summary
    {
        get
        {
            int cells = Tasks.Sum(task => task.Keys.Count);
            string longest = SlurmTime.Format(TimeSpan.FromSeconds(Tasks.Max(task => task.EstimatedSeconds)));
            return $"{Counted(cells, "cell")} in {Counted(Tasks.Count, "task")}, the longest of about {longest}";
        }
    }

    private static string Counted(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Option(string name, string value) => value.Length == 0 ? $"--{name}" : $"--{name}={value}";

    private IEnumerable<(string Name, string Value)> Directives()
    {
        yield return ("job-name", Study.JobName);
        if (Options.Partition is not null)
        {
            yield return ("partition", Options.Partition);
        }

        string parallelism = Options.ArrayParallelism is int most ? $"%{most}" : string.Empty;
        string log = SlurmQuoting.FilePattern(Folder.Path) + "/task-%a.log";
        yield return ("time", SlurmTime.Format(Options.Time));
        yield return ("mem", $"{Options.MemoryMegabytes}M");
        yield return ("nodes", "1");
        yield return ("ntasks", "1");
        yield return ("cpus-per-task", $"{Options.CpusPerTask}");
        yield return ("array", $"0-{Tasks.Count - 1}{parallelism}");

        // A lost node costs the cell at hand: the task runs again, its log goes on.
        yield return ("requeue", string.Empty);
        yield return ("open-mode", "append");
        yield return ("output", log);
        yield return ("error", log);
    }

    private string CommandLine()
    {
        // The program takes the shell's place: Slurm's signal at the time limit is its own to heed, and its exit code the task's.
        string[] data = Study.DataFolder is { } folder ? ["--data", folder] : [];
        string[] words = [.. Study.Program, "study", "run", Study.StudyFile, "--store", Study.Store, .. data, "--cells-from", Folder.TasksFile];
        return $"exec {string.Join(' ', words.Select(SlurmQuoting.ShellWord))} "
            + "--task \"$SLURM_ARRAY_TASK_ID\" --threads \"$SLURM_CPUS_PER_TASK\" --no-progress";
    }
}
