using System.Text;
using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Tests.Studies;

public sealed class CellStoreTests : IDisposable
{
    private static readonly Lazy<ExperimentResult> Finished = new(Run);

    private readonly TemporaryFolder _folder = new();
    private readonly CellStore _store;
    private readonly string _key = CellKey.Of(Finished.Value.Parameters, Finished.Value.DatasetFingerprint);

    public CellStoreTests()
    {
        _store = new CellStore(_folder.At("store"));
        Assert.Empty(_store.Open(TimeProvider.System));
    }

    private string Cells => Path.Combine(_store.Folder, "cells");

    private string Failed => Path.Combine(_store.Folder, "failed");

    private string Json => Path.Combine(Cells, _key + ".json");

    private string Csv => Path.Combine(Cells, _key + ".csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_cell_is_found_as_it_was_kept()
    {
        Write();

        StoredCell cell = _store.Find(_key, out string? damage)!;
        Assert.Null(damage);
        Assert.Equal(ExperimentJson.Format(Finished.Value), cell.Result.GetRawText());
        string[] rows = Encoding.UTF8.GetString(cell.Rows).TrimEnd('\n').Split('\n');
        Assert.Equal(
            "index,label,status,score,margin,inputNorm,gradientNorm,perturbationNorm,relativePerturbationNorm,stepSize,adversarialScore", rows[0]);
        Assert.Equal(Finished.Value.Rows.Count, rows.Length - 1);
        Assert.All(Finished.Value.Rows, row => Assert.StartsWith($"{row.Index},{row.Label},", rows[row.Index + 1], StringComparison.Ordinal));
        Assert.All(Finished.Value.Rows, row => Assert.Equal($"{row.Score}", rows[row.Index + 1].Split(',')[3]));
        Assert.Equal(2, Directory.GetFiles(Cells).Length);
    }

    [Fact]
    public void A_missing_cell_is_no_damage()
    {
        Assert.False(_store.Contains(_key, out string? damage));
        Assert.Null(damage);
        Assert.False(new CellStore(_folder.At("nowhere")).Contains(_key, out damage));
        Assert.Null(damage);
    }

    [Fact]
    public void A_cell_is_not_there_before_its_document_is()
    {
        Write();
        File.Delete(Json);

        Assert.False(_store.Contains(_key, out string? damage));
        Assert.Null(damage);
    }

    [Theory]
    [InlineData("cut", "it is not the file of a cell")]
    [InlineData("empty", "it is not the file of a cell")]
    [InlineData("list", "it is not the file of a cell")]
    [InlineData("object", "it is not the file of a cell")]
    [InlineData("format", "its format is not 'onestep-cell-1'")]
    [InlineData("parameter", "its name is not that of the cell it holds")]
    [InlineData("number", "its numbers have been changed")]
    [InlineData("hash", "the rows of its examples have been changed")]
    [InlineData("rows", "the number of its rows is wrong")]
    [InlineData("no csv", "the rows of its examples are missing")]
    [InlineData("short csv", "the rows of its examples have been changed")]
    [InlineData("other csv", "the rows of its examples have been changed")]
    public void Damage_is_named(string kind, string reason)
    {
        Write();
        Damage(kind);

        Assert.False(_store.Contains(_key, out string? damage));
        Assert.Equal($"'{Json}' is damaged: {reason}", damage);
    }

    [Fact]
    public void A_cell_under_a_foreign_name_is_damaged()
    {
        Write();
        string other = new('0', 32);
        File.Copy(Json, Path.Combine(Cells, other + ".json"));
        File.Copy(Csv, Path.Combine(Cells, other + ".csv"));

        Assert.False(_store.Contains(other, out string? damage));
        Assert.EndsWith("its name is not that of the cell it holds", damage, StringComparison.Ordinal);
        Assert.True(_store.Contains(_key, out _));
    }

    [Fact]
    public void What_is_set_aside_is_kept_and_makes_room()
    {
        for (int time = 0; time < 2; time++)
        {
            Write();
            Damage("number");
            Sentences.AssertOneSentence(_store.SetAside(_key, "It is damaged")!);
            Assert.False(_store.Contains(_key, out string? damage));
            Assert.Null(damage);
        }

        Assert.Equal(
            [$"{_key}.csv", $"{_key}.csv.1", $"{_key}.json", $"{_key}.json.1"],
            Directory.GetFiles(Path.Combine(_store.Folder, "set-aside")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Setting_aside_what_another_process_has_moved_already_is_no_error() =>
        Assert.Null(_store.SetAside(_key, "It is damaged"));

    [Fact]
    public void What_another_process_has_repaired_meanwhile_stays()
    {
        Write();
        Assert.Null(_store.SetAside(_key, "It was damaged"));
        Assert.True(_store.Contains(_key, out _));
        Assert.Empty(Directory.GetFiles(Path.Combine(_store.Folder, "set-aside")));
    }

    [Fact]
    public void Foreign_files_are_set_aside_and_named()
    {
        Write();
        string[] foreign = [.. new[] { "notes.txt", "ABCDEF.json", new string('0', 32) + ".exe" }.Select(name => Path.Combine(Cells, name))];
        Array.ForEach(foreign, file => File.WriteAllText(file, "mine"));
        File.WriteAllText(Path.Combine(Cells, ".nfs0001"), "the file server's");

        IReadOnlyList<string> warnings = _store.Open(TimeProvider.System);

        Assert.Equal(3, warnings.Count);
        Assert.All(foreign, file => Assert.Contains(warnings, w => w.Contains($"'{file}'", StringComparison.Ordinal)));
        Assert.All(warnings, Sentences.AssertOneSentence);
        Assert.Equal([".nfs0001", $"{_key}.csv", $"{_key}.json"], Directory.GetFiles(Cells).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(3, Directory.GetFiles(Path.Combine(_store.Folder, "set-aside")).Length);
    }

    [Fact]
    public void Only_old_temporary_files_are_taken_away()
    {
        string old = Path.Combine(Cells, ".onestep-1.tmp");
        string young = Path.Combine(Cells, ".onestep-2.tmp");
        File.WriteAllText(old, "half");
        File.WriteAllText(young, "half");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-2));

        Assert.Empty(_store.Open(TimeProvider.System));
        Assert.Equal([young], Directory.GetFiles(Cells));
    }

    [Fact]
    public void A_store_that_is_a_file_is_one_sentence()
    {
        string file = _folder.Put("file", [1]);
        Sentences.AssertFails(() => new CellStore(file).Open(TimeProvider.System), file);
    }

    private static ExperimentResult Run()
    {
        StudyCell cell = StudyScenes.Plan().Cells[0];
        ExperimentRun run = Experiment.Run(cell.Parameters, StudyScenes.Dataset, new() { Threads = 1 });
        run.Model.Dispose();
        return run.Result;
    }

    private void Fail(string error) => _store.WriteFailure(new AttackCell(Finished.Value.Parameters), Finished.Value.DatasetFingerprint, error, new("1.0", "vectors", 2, 0.5));

    private void Write() => _store.Write(Finished.Value, new("1.0", "vectors", 2, 0.5));

    private void Damage(string kind)
    {
        string text = File.ReadAllText(Json);
        string rows = File.ReadAllText(Csv);
        switch (kind)
        {
            case "no csv":
                File.Delete(Csv);
                break;
            case "short csv":
                File.WriteAllText(Csv, rows[..^9]);
                break;
            case "other csv":
                File.WriteAllText(Csv, rows.Replace("flipped", "flopped", StringComparison.Ordinal));
                break;
            default:
                File.WriteAllText(Json, Damaged(kind, text));
                break;
        }

        Assert.True(!File.Exists(Csv) || text != File.ReadAllText(Json) || rows != File.ReadAllText(Csv));
    }

    private static string Damaged(string kind, string text) => kind switch
    {
        "cut" => text[..(text.Length / 2)],
        "empty" => string.Empty,
        "list" => "[]",
        "object" => "{}",
        "format" => text.Replace("onestep-cell-1", "onestep-cell-0", StringComparison.Ordinal),
        "parameter" => text.Replace("\"width\": \"16\"", "\"width\": \"17\"", StringComparison.Ordinal),
        "number" => text.Replace("\"deviation\": 0.", "\"deviation\": 1.", StringComparison.Ordinal),
        "hash" => text.Replace("\"sha256\": \"", "\"sha256\": \"0", StringComparison.Ordinal),
        _ => text.Replace("\"rows\": 20", "\"rows\": 21", StringComparison.Ordinal),
    };

    [Fact]
    public void Why_a_cell_failed_is_kept_until_it_is_finished()
    {
        Assert.Null(_store.FindFailure(_key));
        Fail("It diverged.");
        Fail("It diverged again.");
        Assert.Equal("It diverged again.", _store.FindFailure(_key));
        Assert.Equal([_key + ".json"], Directory.GetFiles(Failed).Select(Path.GetFileName));
        Assert.False(_store.Contains(_key, out _));

        Write();
        Assert.Null(_store.FindFailure(_key));
        Assert.Empty(Directory.GetFiles(Failed));
    }

    [Fact]
    public void A_failure_says_which_cell_it_was_and_how_it_was_tried()
    {
        Fail("It diverged.");
        string text = File.ReadAllText(Path.Combine(Failed, _key + ".json"));
        Assert.All(
            [$"\"key\": \"{_key}\"", "\"width\": \"16\"", "\"error\": \"It diverged.\"", "\"version\": \"1.0\"", "\"threads\": 2"],
            part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_of_a_cell_that_is_finished_goes_when_the_store_is_opened()
    {
        Write();
        Fail("It diverged.");
        File.WriteAllText(Path.Combine(Failed, new string('0', 32) + ".json"), "another cell");

        _store.Open(TimeProvider.System);

        Assert.Equal([new string('0', 32) + ".json"], Directory.GetFiles(Failed).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"error\": null}")]
    public void A_damaged_failure_is_a_failure_for_unknown_reasons(string content)
    {
        Fail("It diverged.");
        File.WriteAllText(Path.Combine(Failed, _key + ".json"), content);
        string failure = _store.FindFailure(_key)!;
        Assert.Contains("is damaged", failure, StringComparison.Ordinal);
        Sentences.AssertOneSentence(failure);
    }
}
