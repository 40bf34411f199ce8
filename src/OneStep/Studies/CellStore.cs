using OneStep.Experiments;
using OneStep.Formats;

namespace OneStep.Studies;

/// <summary>
/// A folder of finished cells: <c>cells/KEY.json</c> beside <c>cells/KEY.csv</c>, each written under another name and
/// renamed, the JSON document last, so that a cell whose document is there is complete. There are no locks: two processes
/// may compute the same cell, and since both get the same bytes it does not matter whose files stay. Stores are merged by
/// copying. What could not be computed has <c>failed/KEY.json</c>, with the reason, until it is.
/// </summary>
public sealed class CellStore
{
    private const string CellsFolder = "cells";
    private const string FailedFolder = "failed";
    private const string SetAsideFolder = "set-aside";
    private const string Document = ".json";
    private const string Rows = ".csv";
    private const string Temporaries = ".onestep-*.tmp";

    // No file takes that long to write, and no clock of a file server is that wrong.
    private static readonly TimeSpan ClearlyOld = TimeSpan.FromHours(1);

    private readonly string _cells;
    private readonly string _failed;

    /// <summary>Names a store, without touching the disk.</summary>
    /// <param name="folder">The folder, which need not exist.</param>
    public CellStore(string folder)
    {
        Folder = folder;
        _cells = Path.Combine(folder, CellsFolder);
        _failed = Path.Combine(folder, FailedFolder);
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
            DeleteOldTemporaries(_cells, time);
            if (Directory.Exists(_failed))
            {
                DeleteOldTemporaries(_failed, time);
                DeleteRefutedFailures();
            }

            // Names with a dot are the business of whoever made them, such as a network file system.
            string[] foreign = [.. Directory.EnumerateFiles(_cells).Where(f => !Path.GetFileName(f).StartsWith('.') && !IsOfCell(f)).Order(StringComparer.Ordinal)];
            return [.. foreign.Select(SetAsideForeign)];
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

    /// <summary>Keeps a finished cell that attacked a trained network.</summary>
    /// <param name="result">Its numbers.</param>
    /// <param name="provenance">How they were computed.</param>
    /// <exception cref="OneStepException">The files cannot be written, for example because the disk is full; what was there
    /// before is there still.</exception>
    public void Write(ExperimentResult result, CellProvenance provenance)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(provenance);
        Write(FinishedCell.Of(result), provenance);
    }

    /// <summary>Notes that a cell could not be computed; the note goes when the cell is kept one day.</summary>
    /// <param name="experiment">The cell.</param>
    /// <param name="datasetFingerprint">Names the data.</param>
    /// <param name="error">Why, in one sentence.</param>
    /// <param name="provenance">How it was tried.</param>
    /// <exception cref="OneStepException">The note cannot be written.</exception>
    public void WriteFailure(CellExperiment experiment, string datasetFingerprint, string error, CellProvenance provenance)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(provenance);
        IReadOnlyList<KeyValuePair<string, string>> entries = CellKey.Entries(experiment, datasetFingerprint);
        byte[] document = CellFile.FormatFailure(entries, error, provenance);
        string path = FailurePathOf(CellKey.Of(entries));
        try
        {
            Directory.CreateDirectory(_failed);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotWrite(path, exception);
        }

        AtomicFile.Write(path, stream => stream.Write(document));
    }

    /// <summary>Why a cell could not be computed when it was tried last; null where it never failed, or is finished since.</summary>
    /// <param name="key">The cell, which is not finished.</param>
    /// <exception cref="OneStepException">The note is there but cannot be read.</exception>
    public string? FindFailure(string key)
    {
        string path = FailurePathOf(key);
        return ReadIfThere(path) is not { } document ? null : CellFile.ReadFailure(document) ?? $"Nobody knows why, because '{path}' is damaged.";
    }

    /// <summary>Moves the document of a damaged cell out of the way, and copies its rows, which the next ones replace.</summary>
    /// <param name="key">The cell.</param>
    /// <param name="damage">What is wrong with it.</param>
    /// <returns>What was done, in one sentence; null where another process has repaired the cell since, or set it aside.</returns>
    /// <exception cref="OneStepException">The files cannot be moved.</exception>
    public string? SetAside(string key, string damage)
    {
        string document = PathOf(key, Document);
        string rows = PathOf(key, Rows);
        string folder = Path.Combine(Folder, SetAsideFolder);
        try
        {
            Directory.CreateDirectory(folder);
            if (PutInto(folder, document, File.Move) is not { } moved)
            {
                return null;
            }

            // Whoever repaired it meanwhile reported it as finished, so it must stay; the rows are never taken away.
            if (CellFile.Read(key, File.ReadAllBytes(moved), () => ReadIfThere(rows), out _) is not null)
            {
                File.Move(moved, document, overwrite: true);
                return null;
            }

            PutInto(folder, rows, File.Copy);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotWrite(folder, exception);
        }

        return $"{damage}; it was moved to '{folder}'.";
    }

    /// <summary>Keeps a finished cell of any kind.</summary>
    internal void Write(FinishedCell cell, CellProvenance provenance)
    {
        string key = CellKey.Of(cell.Entries);
        byte[] document = CellFile.Format(cell, provenance);
        AtomicFile.Write(PathOf(key, Rows), stream => stream.Write(cell.Rows));
        AtomicFile.Write(PathOf(key, Document), stream => stream.Write(document));
        DeleteFailure(key);
    }

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

    private static void DeleteOldTemporaries(string folder, TimeProvider time)
    {
        foreach (string file in Directory.EnumerateFiles(folder, Temporaries))
        {
            if (time.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(file) > ClearlyOld)
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>Takes away notes about cells that are finished: a process may be killed between the two, and stores are merged.</summary>
    private void DeleteRefutedFailures()
    {
        foreach (string note in Directory.EnumerateFiles(_failed, "*" + Document))
        {
            if (File.Exists(Path.Combine(_cells, Path.GetFileName(note))))
            {
                File.Delete(note);
            }
        }
    }

    private void DeleteFailure(string key)
    {
        string path = FailurePathOf(key);
        try
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotWrite(path, exception);
        }
    }

    private string SetAsideForeign(string file)
    {
        string folder = Path.Combine(Folder, SetAsideFolder);
        Directory.CreateDirectory(folder);
        PutInto(folder, file, File.Move);
        return $"'{file}' does not belong into a store; it was moved to '{folder}'.";
    }

    /// <summary>Moves or copies a file into a folder, under its own name or the next one that is free.</summary>
    /// <returns>Where it is now; null where another process was faster.</returns>
    private static string? PutInto(string folder, string file, Action<string, string, bool> put)
    {
        for (int copy = 0; ; copy++)
        {
            string suffix = copy == 0 ? string.Empty : $".{copy}";
            string target = Path.Combine(folder, Path.GetFileName(file) + suffix);
            try
            {
                put(file, target, false);
                return target;
            }
            catch (FileNotFoundException)
            {
                return null;
            }
            catch (IOException) when (File.Exists(target))
            {
                // The name is taken; the next one may be free.
            }
        }
    }

    private string FailurePathOf(string key) => Path.Combine(_failed, key + Document);

    private string PathOf(string key, string extension) => Path.Combine(_cells, key + extension);
}
