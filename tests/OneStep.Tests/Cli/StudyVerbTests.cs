using System.Text.Json;
using OneStep.Cli;
using OneStep.Studies;
using OneStep.Tests.Studies;

namespace OneStep.Tests.Cli;

public sealed class StudyVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _file;
    private readonly string _data;
    private readonly string _store;

    public StudyVerbTests()
    {
        _file = _folder.Put("small.yaml", System.Text.Encoding.UTF8.GetBytes(StudyScenes.Small));
        _data = Directory.CreateDirectory(_folder.At("data")).FullName;
        _store = _folder.At("store");
        StudyScenes.WriteIdx(_data);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_study_is_run_looked_at_and_exported()
    {
        CliRun before = Study("status");
        CliRun run = Study("run", "--threads", "2");
        CliRun again = Study("run");
        CliRun after = Study("status");
        CliRun export = Study("export");

        Assert.Equal($"Study small: 0 of 8 cells finished in {_store}.", before.Output.Split('\n')[0]);
        Assert.Contains("missing: side=4 c0=1 seed=0\n", before.Output, StringComparison.Ordinal);
        Assert.Equal((0, $"Study small: 8 of 8 cells finished, 8 of them computed now; they are in {_store}.\n", string.Empty), (run.ExitCode, run.Output, run.Error));
        Assert.Contains("8 of 8 cells finished, 0 of them computed now", again.Output, StringComparison.Ordinal);
        Assert.Equal($"Study small: 8 of 8 cells finished in {_store}.\n", after.Output);
        Assert.Equal(9, export.Output.TrimEnd('\n').Split('\n').Length);
        Assert.Equal((0, string.Empty), (export.ExitCode, export.Error));
    }

    [Fact]
    public void Shards_and_changes_reach_the_run()
    {
        CliRun first = Study("run", "--shard", "1/2", "--set", "seeds=1", "--set", "side=4,5,6");
        CliRun second = Study("run", "--shard", "2/2", "--set", "seeds=1", "--set", "side=4,5,6");
        CliRun export = Study("export", "--set", "seeds=1", "--set", "side=4,5,6");

        Assert.Contains(" 3 of 3 cells finished", first.Output, StringComparison.Ordinal);
        Assert.Contains(" 3 of 3 cells finished", second.Output, StringComparison.Ordinal);
        Assert.Equal(7, export.Output.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public void Json_is_one_document()
    {
        using var run = JsonDocument.Parse(Study("run", "--json").Output);
        using var status = JsonDocument.Parse(Study("status", "--json", "--set", "seeds=0,3,4").Output);
        using var export = JsonDocument.Parse(Study("export", "--json").Output);
        using var list = JsonDocument.Parse(CliRun.Of("study", "list", "--json").Output);

        Assert.Equal((8, 8), (run.RootElement.GetProperty("finished").GetInt32(), run.RootElement.GetProperty("computed").GetInt32()));
        Assert.Equal(4, status.RootElement.GetProperty("missing").GetArrayLength());
        Assert.Equal("4", status.RootElement.GetProperty("missing")[0].GetProperty("values").GetProperty("seed").GetString());
        Assert.Equal(8, export.RootElement.GetArrayLength());
        Assert.Contains(list.RootElement.GetProperty("studies").EnumerateArray(), s => s.GetProperty("name").GetString() == "smoke");
    }

    [Fact]
    public void A_report_is_a_page_with_figures_and_tables_beside_it()
    {
        Study("run");
        string folder = _folder.At("report");

        CliRun report = Study("report", "--out", folder);
        using var json = JsonDocument.Parse(Study("report", "--out", folder, "--json").Output);

        string page = Path.Combine(folder, "report.html");
        Assert.Equal((0, string.Empty), (report.ExitCode, report.Error));
        Assert.EndsWith($" figures of 8 cells; the report is {page}.\n", report.Output, StringComparison.Ordinal);
        Assert.Equal(page, json.RootElement.GetProperty("report").GetString());
        Assert.All(json.RootElement.GetProperty("files").EnumerateArray(), file => Assert.True(File.Exists(file.GetString())));
        Assert.Equal(Study("export").Output, File.ReadAllText(Path.Combine(folder, "tables", "cells.csv")));
        Assert.Contains($"<code>onestep study run {_file} --data {_data}</code>", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_may_be_the_page_alone_and_of_an_unfinished_study()
    {
        Study("run", "--set", "side=4");
        string page = _folder.At("page.html");

        CliRun report = Study("report", "--out", page);

        Assert.Equal((0, "4 of 8 cells are missing and left out.\n"), (report.ExitCode, report.Error));
        Assert.Contains("4 cells are missing or failed", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_of_nothing_or_into_a_file_is_refused_in_a_sentence()
    {
        CliRun nothing = Study("report", "--out", _folder.At("report"));
        CliRun file = Study("report", "--out", _file);

        Assert.Equal((1, string.Empty), (nothing.ExitCode, nothing.Output));
        Assert.StartsWith("No cell of the study small is finished in ", nothing.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.At("report")));
        Assert.Equal(2, file.ExitCode);
        Assert.StartsWith($"--out is '{_file}', which is a file", file.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_report_into_a_folder_that_cannot_be_made_is_wrong_usage()
    {
        Study("run", "--set", "side=4");
        string below = Path.Combine(_file, "below");

        CliRun report = Study("report", "--out", below);

        Assert.Equal((2, string.Empty, $"--out is '{below}', but must be a folder that can be written.\n"), (report.ExitCode, report.Output, report.Error));
    }

    [Fact]
    public void An_export_with_missing_cells_is_refused_unless_it_may_be_partial()
    {
        Study("run", "--set", "side=4");
        string output = _folder.At("table.csv");

        CliRun refused = Study("export", "--output", output);
        Assert.Equal((1, string.Empty), (refused.ExitCode, refused.Output));
        Assert.StartsWith("4 of 8 cells are missing in ", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(output));

        CliRun partial = Study("export", "--partial", "--output", output, "--examples");
        Assert.Equal((0, string.Empty, "4 of 8 cells are missing and left out.\n"), (partial.ExitCode, partial.Output, partial.Error));
        Assert.Equal(1 + (4 * 20), File.ReadAllLines(output).Length);
    }

    [Fact]
    public void Failed_cells_and_damaged_files_are_told()
    {
        Study("run", "--set", "side=4");
        string damaged = Directory.GetFiles(Path.Combine(_store, "cells"), "*.csv")[0];
        File.WriteAllText(damaged, "nonsense");

        CliRun status = Study("status", "--set", "side=4");
        CliRun run = Study("run", "--set", "side=4", "--set", "digits='0,1','0,7'");

        Assert.Contains("is damaged: the rows of its examples have been changed.\n", status.Output, StringComparison.Ordinal);
        Assert.Equal(1, run.ExitCode);
        string[] lines = run.Error.TrimEnd('\n').Split('\n');
        Assert.StartsWith("Warning: '", lines[0], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
        Assert.All(lines[1..], line => Assert.Matches(@"^The cell side=4 c0=\d digits=0,7 seed=\d failed: The training set has no image of digit 7\.$", line));
        Assert.Contains("4 of 8 cells finished, 1 of them computed now, 4 failed", run.Output, StringComparison.Ordinal);

        // Long after the run.
        CliRun after = Study("status", "--set", "side=4", "--set", "digits='0,1','0,7'", "--set", "seeds=0,3,5");
        Assert.StartsWith($"Study small: 4 of 12 cells finished in {_store}, 4 failed.\n", after.Output, StringComparison.Ordinal);
        Assert.Contains("failed: side=4 c0=1 digits=0,7 seed=3: The training set has no image of digit 7.\n", after.Output, StringComparison.Ordinal);
        Assert.Contains("missing: side=4 c0=1 digits=0,7 seed=5\n", after.Output, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(Study("status", "--json", "--set", "side=4", "--set", "digits='0,1','0,7'", "--set", "seeds=0,3,5").Output);
        Assert.Equal((4, 4, 4), (json.RootElement.GetProperty("finished").GetInt32(), json.RootElement.GetProperty("failed").GetArrayLength(), json.RootElement.GetProperty("missing").GetArrayLength()));
        Assert.Equal("The training set has no image of digit 7.", json.RootElement.GetProperty("failed")[0].GetProperty("error").GetString());
    }

    [Fact]
    public void An_interrupted_run_says_what_stays()
    {
        var host = new RunActivity();
        var report = new StudyProgress(StudyEvent.CellFinished) { Total = 8, Finished = 3, WorkDone = 1, WorkInAll = 2 };

        IProgress<StudyProgress> listener = host.Forwarding(new Ignored(), "results");
        Assert.Equal("Interrupted while looking for finished cells; what is finished stays in results.", host.InterruptionSentence);
        listener.Report(report);
        Assert.Equal("Interrupted with 3 of 8 cells finished; what is finished stays in results.", host.InterruptionSentence);
    }

    [Theory]
    [InlineData("study", "A verb is missing; see 'onestep study --help'.")]
    [InlineData("study foo", "There is no verb 'foo'; see 'onestep study --help'.")]
    [InlineData("study run", "onestep study run needs STUDY; see 'onestep study run --help'.")]
    [InlineData("study run smoke more", "onestep study run takes STUDY and options only, but was given 'more', too; see 'onestep study run --help'.")]
    [InlineData("study run nothing", "There is no study 'nothing', neither a file nor among ")]
    [InlineData("study run nowhere.yaml", "There is no study file 'nowhere.yaml'.")]
    [InlineData("study run smoke --set", "--set needs a value, like side=7,14 or seeds=3.")]
    [InlineData("study run smoke --set width=0", "--set width=0: parameter 'width' has the value 0; it must be an integer from 1 to 10000000.")]
    [InlineData("study run smoke --shard 3/2", "--shard is '3/2', but must be i/n with 1 <= i <= n <= 100000.")]
    [InlineData("study run smoke --task -1 --cells-from /nowhere", "--task is -1, but must be an integer from 0 on.")]
    [InlineData("study run smoke --set c0=1,1.0", "--set c0=1,1.0: axis 'c0' has the values 1 and 1.0, which make the same experiment.")]
    [InlineData("study run smoke --threads 0", "--threads is 0, but must be an integer from 1 to 1024.")]
    [InlineData("study run smoke --data /nowhere", "--data is '/nowhere', but must be an existing folder with IDX files.")]
    [InlineData("study export smoke --output /nowhere/x.csv", "--output is '/nowhere/x.csv', but its folder does not exist.")]
    [InlineData("study list smoke", "onestep study list takes options only, but was given 'smoke'; see 'onestep study list --help'.")]
    [InlineData("study run smoke --stroe x", "onestep study run has no option --stroe, did you mean --store; see 'onestep study run --help'.")]
    public void Wrong_usage_is_one_sentence_and_exit_2(string commandLine, string sentence)
    {
        CliRun run = CliRun.Of(commandLine.Split(' '));

        Assert.Equal((2, string.Empty), (run.ExitCode, run.Output));
        Assert.StartsWith(sentence, run.Error, StringComparison.Ordinal);
        Sentences.AssertOneSentence(run.Error.TrimEnd('\n'));
    }

    [Fact]
    public void A_wrong_study_file_is_wrong_usage_too()
    {
        string file = _folder.Put("wrong.yaml", "title: T\naxes:\n  width: [5, 0]\n"u8.ToArray());

        CliRun run = CliRun.Of("study", "run", file);

        Assert.Equal((2, $"{file}:3: axis 'width' has the value 0; it must be an integer from 1 to 10000000.\n"), (run.ExitCode, run.Error));
    }

    [Fact]
    public void A_store_that_is_a_file_is_wrong_usage() =>
        Assert.Equal((2, $"--store is '{_file}', but must be a folder.\n"), (CliRun.Of("study", "run", "smoke", "--store", _file).ExitCode, CliRun.Of("study", "run", "smoke", "--store", _file).Error));

    [Theory]
    [InlineData("study --help", "Usage: onestep study VERB [OPTION]...", "  export")]
    [InlineData("study run --help", "Usage: onestep study run STUDY [OPTION]...", "  --shard I/N")]
    [InlineData("study status --help", "Usage: onestep study status STUDY [OPTION]...", "  --store DIR")]
    [InlineData("study export --help", "Usage: onestep study export STUDY [OPTION]...", "  --examples")]
    [InlineData("study list --help", "Usage: onestep study list [OPTION]...", "  --json")]
    public void Every_verb_has_a_page_of_eighty_columns(string commandLine, params string[] parts)
    {
        CliRun run = CliRun.Of(commandLine.Split(' '));

        Assert.Equal(0, run.ExitCode);
        Assert.All(parts, part => Assert.Contains(part, run.Output, StringComparison.Ordinal));
        Assert.Contains("--help", run.Output, StringComparison.Ordinal);
        Assert.All(run.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Every_shipped_study_can_be_planned() => Assert.All(EmbeddedStudies.Names, name =>
    {
        StudyDefinition study = EmbeddedStudies.Load(name);
        Assert.Equal(study.CellCount, StudyPlan.Of(study, string.Empty).Cells.Count);
        Assert.Contains(name, CliRun.Of("study", "list").Output, StringComparison.Ordinal);
    });

    private CliRun Study(string verb, params string[] options) =>
        CliRun.Of(["study", verb, _file, "--store", _store, "--data", _data, .. options]);

    private sealed class Ignored : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value)
        {
        }
    }
}
