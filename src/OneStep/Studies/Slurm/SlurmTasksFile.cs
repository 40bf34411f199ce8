using System.Text;
using OneStep.Formats;

namespace OneStep.Studies.Slurm;

/// <summary>
/// Which cells each task of an array computes: one line a task, in the order of the array indices, the keys of its cells
/// separated by spaces.
/// </summary>
public static class SlurmTasksFile
{
    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="path">Where it shall stand; its folder must exist.</param>
    /// <param name="tasks">The tasks of one array.</param>
    /// <exception cref="OneStepException">The file cannot be written; the message names it.</exception>
    public static void Write(string path, IReadOnlyList<SlurmTask> tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        string text = string.Concat(tasks.Select(task => string.Join(' ', task.Keys) + "\n"));
        AtomicFile.Write(path, stream => stream.Write(Encoding.ASCII.GetBytes(text)));
    }

    /// <summary>Reads the keys of every task.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OneStepException">The file cannot be read or is damaged; the message names it and the line.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string path)
    {
        string[] lines = TextFile.ReadLines(path);
        return [.. lines.Select((line, index) => ReadTask(path, line, index + 1))];
    }

    /// <summary>Reads the keys of one task.</summary>
    /// <param name="path">The file.</param>
    /// <param name="task">The array index of the task, from 0.</param>
    /// <exception cref="InvalidParameterException">The file has no such task.</exception>
    /// <exception cref="OneStepException">The file cannot be read or is damaged; the message names it and the line.</exception>
    public static IReadOnlyList<string> Read(string path, int task)
    {
        IReadOnlyList<IReadOnlyList<string>> tasks = Read(path);
        InvalidParameterException.Require(
            task >= 0 && task < tasks.Count, "task", task, $"an integer from 0 to {tasks.Count - 1}, the tasks of '{path}'");
        return tasks[task];
    }

    private static string[] ReadTask(string path, string line, int number)
    {
        string[] keys = line.Split(' ');
        string? wrong = Array.Find(keys, key => !SlurmCell.IsKey(key));
        return wrong is null
            ? keys
            : throw new OneStepException($"'{path}' is damaged: line {number} has '{wrong}' where a cell's key of 32 hexadecimal digits should stand.");
    }
}
