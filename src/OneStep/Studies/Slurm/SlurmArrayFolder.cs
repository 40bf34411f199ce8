using System.Text;
using OneStep.Formats;

namespace OneStep.Studies.Slurm;

/// <summary>
/// What a store keeps of one array, in <c>slurm/&lt;number&gt;</c>: the file <c>tasks</c> with the cells of each task, the script
/// <c>array.sh</c>, the file <c>job</c> with the number that Slurm gave the array and the name that it was given here, and the logs of its tasks. An array without
/// that number counts as never submitted: sbatch has not answered yet, or the program was ended before it did.
/// </summary>
public sealed record SlurmArrayFolder
{
    private const string FolderName = "slurm";
    private const string JobFileName = "job";
    private const string TasksFileName = "tasks";

    private readonly string _store;

    /// <summary>Names a folder, whether it exists or not.</summary>
    /// <param name="store">The store, as an absolute path.</param>
    /// <param name="number">The number of the array in the store, from 1.</param>
    public SlurmArrayFolder(string store, int number)
    {
        _store = store;
        Number = number;
    }

    /// <summary>The number of the array in the store, from 1.</summary>
    public int Number { get; }

    /// <summary>The folder.</summary>
    public string Path => System.IO.Path.Combine(_store, FolderName, $"{Number}");

    /// <summary>The file with the cells of each task: see <see cref="SlurmTasksFile"/>.</summary>
    public string TasksFile => System.IO.Path.Combine(Path, TasksFileName);

    /// <summary>The script that was submitted.</summary>
    public string ScriptFile => System.IO.Path.Combine(Path, "array.sh");

    private string JobFile => System.IO.Path.Combine(Path, JobFileName);

    /// <summary>The folders of a store's arrays, oldest first.</summary>
    /// <exception cref="OneStepException">The store cannot be read.</exception>
    public static IReadOnlyList<SlurmArrayFolder> In(string store)
    {
        string all = System.IO.Path.Combine(System.IO.Path.GetFullPath(store), FolderName);
        try
        {
            if (!Directory.Exists(all))
            {
                return [];
            }

            int[] numbers = [.. Directory.GetDirectories(all).Select(NumberOf).Where(number => number > 0).Order()];
            return [.. numbers.Select(number => new SlurmArrayFolder(System.IO.Path.GetFullPath(store), number))];
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotRead(all, exception);
        }
    }

    /// <summary>The number that the next array gets, as far as is known before its folder is made.</summary>
    public static int NextNumber(string store) => In(store) is [.., SlurmArrayFolder last] ? last.Number + 1 : 1;

    /// <summary>Makes the folder of a new array, with its tasks in it, under the next free number.</summary>
    /// <param name="store">The store; it is made where it does not exist.</param>
    /// <param name="tasks">The tasks of the array.</param>
    /// <exception cref="OneStepException">The folder cannot be made.</exception>
    public static SlurmArrayFolder Create(string store, IReadOnlyList<SlurmTask> tasks)
    {
        store = System.IO.Path.GetFullPath(store);
        string all = System.IO.Path.Combine(store, FolderName);
        string temporary = System.IO.Path.Combine(all, $".onestep-{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(temporary);
            SlurmTasksFile.Write(System.IO.Path.Combine(temporary, TasksFileName), tasks);

            // Two people may submit at once: a rename onto a folder that is not empty fails, so each number is taken once.
            for (int number = NextNumber(store); ; number++)
            {
                var folder = new SlurmArrayFolder(store, number);
                try
                {
                    Directory.Move(temporary, folder.Path);
                    return folder;
                }
                catch (IOException) when (Directory.Exists(folder.Path) && Directory.Exists(temporary))
                {
                    // Somebody was faster; the next number.
                }
            }
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotWrite(all, exception);
        }
        finally
        {
            TryDelete(temporary);
        }
    }

    /// <summary>Writes the script.</summary>
    /// <exception cref="OneStepException">The script cannot be written.</exception>
    public void WriteScript(SlurmScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        AtomicFile.Write(ScriptFile, stream => stream.Write(Encoding.UTF8.GetBytes(script.Text)));
    }

    /// <summary>Keeps the number that Slurm gave the array, and its name.</summary>
    /// <exception cref="OneStepException">They cannot be written.</exception>
    public void WriteJob(string jobId, string jobName) => AtomicFile.Write(JobFile, stream => stream.Write(Encoding.ASCII.GetBytes($"{jobId}\n{jobName}\n")));

    /// <summary>The array as it was submitted; null where it never was.</summary>
    /// <exception cref="OneStepException">A file cannot be read or is damaged.</exception>
    public SlurmArray? Read()
    {
        if (!File.Exists(JobFile))
        {
            return null;
        }

        return TextFile.ReadLines(JobFile) is [string number, string name] && number.Length > 0 && number.All(char.IsAsciiDigit) && SlurmStudy.IsJobName(name)
            ? new(number, name, SlurmTasksFile.Read(TasksFile))
            : throw new OneStepException($"'{JobFile}' is damaged: it does not hold the number and the name of a job alone.");
    }

    /// <summary>Removes the folder of an array that could not be submitted.</summary>
    internal void Delete() => TryDelete(Path);

    private static int NumberOf(string folder) => int.TryParse(System.IO.Path.GetFileName(folder), out int number) ? number : 0;

    private static void TryDelete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            // The failure that brought us here is the one to tell of; a folder without a job's number counts for nothing.
        }
    }
}
