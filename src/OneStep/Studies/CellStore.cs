using OneStep.Experiments;
using OneStep.Formats;

namespace OneStep.Studies;

/// <summary>
/// A folder of finished cells: <c>cells/KEY.json</c> beside <c>cells/KEY.csv</c>, each written under another name and
/// renamed, the JSON document last, so that a cell whose document is there is complete. There are no locks: two processes
/// may compute the same cell, and since both get the same bytes it does not matter whose files stay. Stores are merged by
/// copying.
/// </summary>
public sealed class CellStore
{
    private const string CellsFolder = "cells";
    private const string SetAsideFolder = "set-aside";
    private const string Document = ".json";
    private const string Rows = ".csv";
    private const string Temporaries = ".onestep-*.tmp";

    // No file takes that long to write, and no clock of a file server is that wrong.
    private static readonly TimeSpan ClearlyOld = TimeSpan.FromHours(1);

    private readonly string _cells;

    /// <summary>Names a store, without touching the disk.</summary>
    /// <param name="folder">The folder, which need not exist.</param>
    public CellStore(string folder)
    {
        Folder = folder;
        _cells = Path.Combine(folder, CellsFolder);
    }

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>
    /// Makes the folders where they are missing, takes away what killed processes left behind, and sets aside files that
    /// are none of a store's.
    /// </summary>
    /// <param name="time">The clock, for the age of temporary files.</param>
    /// <returns>A sentence for every file that was set aside.</returns>
    /// <exception cref="OneStepException">The folder cannot be made or read.</exception>
    public IReadOnlyList<string> Open(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        try
        {
            Directory.CreateDirectory(_cells);
            foreach (string file in Directory.EnumerateFiles(_cells, Temporaries))
            {
                if (time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(file) > ClearlyOld)
                {
                    File.Delete(file);
                }
            }

            // Names with a dot are the business of whoever made them, such as a network file system.
            string[] foreign = [.. Directory.EnumerateFiles(_cells).Where(f => !Path.GetFileName(f).StartsWith('.') && !IsOfCell(f)).Order(StringComparer.Ordinal)];
            return [.. foreign.Select(f => SetAside([f], $"'{f}' does not belong into a store"))];
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotWrite(_cells, exception);
        }
    }

    /// <summary>Whether a cell is finished and undamaged.</summary>
    /// <param name="key">The cell.</param>
    /// <param name="damage">A sentence that names the file and what is wrong, where it is damaged; else null.</param>
    /// <exception cref="OneStepException">A file is there but cannot be read.</exception>
    public bool Contains(string key, out string? damage) => Find(key, out damage) is not null;

    /// <summary>Keeps a finished cell.</summary>
    /// <param name="result">Its numbers.</param>
    /// <param name="provenance">How they were computed.</param>
    /// <exception cref="OneStepException">The files cannot be written, for example because the disk is full; what was there
    /// before is there still.</exception>
    public void Write(ExperimentResult result, CellProvenance provenance)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(provenance);
        string key = CellKey.Of(result.Parameters, result.DatasetFingerprint);
        byte[] rows = ExampleRows.Format(result.Rows);
        byte[] document = CellFile.Format(result, rows, provenance);
        AtomicFile.Write(PathOf(key, Rows), stream => stream.Write(rows));
        AtomicFile.Write(PathOf(key, Document), stream => stream.Write(document));
    }

    /// <summary>Moves a damaged cell out of the way.</summary>
    /// <param name="key">The cell.</param>
    /// <param name="damage">What is wrong with it.</param>
    /// <returns>What was done, in one sentence.</returns>
    /// <exception cref="OneStepException">The files cannot be moved.</exception>
    public string SetAside(string key, string damage) => SetAside([PathOf(key, Document), PathOf(key, Rows)], damage);

    /// <summary>The cell, or null where it is missing or damaged.</summary>
    internal StoredCell? Find(string key, out string? damage)
    {
        damage = null;
        string path = PathOf(key, Document);
        if (ReadIfThere(path) is not { } document)
        {
            return null;
        }

        StoredCell? cell = CellFile.Read(key, document, () => ReadIfThere(PathOf(key, Rows)), out CellDamage found);
        damage = cell is null ? $"'{path}' is damaged: {found.Reason}" : null;
        return cell;
    }

    /// <summary>A cell that is known to be there.</summary>
    /// <exception cref="OneStepException">The cell has vanished, or its file is damaged or cannot be read.</exception>
    internal StoredCell Get(StudyCell cell) =>
        Find(cell.Key, out string? damage)
        ?? throw new OneStepException(damage is null ? $"The cell {cell.Label} has vanished from '{Folder}'." : damage + ".");

    private static bool IsOfCell(string file) =>
        CellKey.IsKey(Path.GetFileNameWithoutExtension(file)) && Path.GetExtension(file) is Document or Rows;

    private static byte[]? ReadIfThere(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotRead(path, exception);
        }
    }

    private string SetAside(string[] files, string why)
    {
        string folder = Path.Combine(Folder, SetAsideFolder);
        try
        {
            Directory.CreateDirectory(folder);
            foreach (string file in files)
            {
                MoveInto(folder, file);
            }
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotWrite(folder, exception);
        }

        return $"{why}; it was moved to '{folder}'.";
    }

    private static void MoveInto(string folder, string file)
    {
        for (int copy = 0; ; copy++)
        {
            string suffix = copy == 0 ? string.Empty : $".{copy}";
            string target = Path.Combine(folder, Path.GetFileName(file) + suffix);
            try
            {
                File.Move(file, target, overwrite: false);
                return;
            }
            catch (FileNotFoundException)
            {
                // Another process was faster.
                return;
            }
            catch (IOException) when (File.Exists(target))
            {
                // The name is taken; the next one may be free.
            }
        }
    }

    private string PathOf(string key, string extension) => Path.Combine(_cells, key + extension);
}
