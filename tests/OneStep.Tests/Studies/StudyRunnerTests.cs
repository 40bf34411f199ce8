using System.Collections.Concurrent;
using System.Text.Json;
using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Tests.Studies;

public sealed class StudyRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly StudyPlan _plan = StudyScenes.Plan();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_cell_has_the_numbers_of_its_experiment()
    {
        CellStore store = Store("one");
        StudyOutcome outcome = StudyScenes.Run(store, _plan);

        Assert.Equal((8, 8, 8, 0, 0), (outcome.Total, outcome.Finished, outcome.Computed, outcome.Failures.Count, outcome.Warnings.Count));
        Assert.All(_plan.Cells, cell =>
        {
            ExperimentRun run = Experiment.Run(cell.Parameters, StudyScenes.Dataset, new() { Threads = 1 });
            run.Model.Dispose();
            JsonElement stored = store.Find(cell.Key, out _)!.Result;
            Assert.Equal(run.Result.PerturbationNorm.Mean, stored.GetProperty("perturbationNorm").GetProperty("mean").GetDouble());
            Assert.Equal(run.Result.Training!.Steps, stored.GetProperty("training").GetProperty("steps").GetInt32());
        });
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 5)]
    [InlineData(16, 1)]
    public void Tables_are_the_same_whatever_the_threads_and_the_order(int threads, int first)
    {
        StudyScenes.Run(Store("one"), _plan);
        StudyScenes.Run(Store("other"), _plan, new() { Threads = threads, FirstCell = first });

        Assert.Equal(StudyScenes.Csv(_plan, Store("one")), StudyScenes.Csv(_plan, Store("other")));
        Assert.Equal(StudyScenes.Csv(_plan, Store("one"), examples: true), StudyScenes.Csv(_plan, Store("other"), examples: true));
    }

    [Fact]
    public void Finished_cells_are_not_computed_again()
    {
        CellStore store = Store("one");
        StudyScenes.Run(store, _plan);
        DateTime[] written = Times();
        string table = StudyScenes.Csv(_plan, store);
        File.Delete(PathOf(_plan.Cells[3], ".json"));

        StudyOutcome outcome = StudyScenes.Run(store, _plan);

        Assert.Equal((8, 1), (outcome.Finished, outcome.Computed));
        DateTime[] rewritten = Times();
        Assert.Equal([3], Enumerable.Range(0, 8).Where(i => rewritten[i] != written[i]));
        Assert.Equal(table, StudyScenes.Csv(_plan, store));

        DateTime[] Times() => [.. _plan.Cells.Select(c => File.GetLastWriteTimeUtc(PathOf(c, ".json")))];
    }

    [Fact]
    public void A_damaged_cell_is_named_set_aside_and_computed_again()
    {
        CellStore store = Store("one");
        StudyScenes.Run(store, _plan);
        string table = StudyScenes.Csv(_plan, store);
        File.WriteAllText(PathOf(_plan.Cells[2], ".csv"), "nothing");

        StudyOutcome outcome = StudyScenes.Run(store, _plan);

        Assert.Equal((8, 1), (outcome.Finished, outcome.Computed));
        Assert.Contains(PathOf(_plan.Cells[2], ".json"), Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(store.Folder, "set-aside", _plan.Cells[2].Key + ".csv")));
        Assert.Equal(table, StudyScenes.Csv(_plan, store));
    }

    [Fact]
    public void Shards_together_are_the_study()
    {
        CellStore store = Store("one");
        StudyOutcome[] parts = [.. Enumerable.Range(1, 3).Select(i => StudyScenes.Run(store, _plan, new() { Threads = 1, Shard = new(i, 3) }))];

        Assert.Equal(8, parts.Sum(p => p.Computed));
        Assert.All(parts, part => Assert.Equal(part.Total, part.Finished));
        Assert.Equal(8, StudyScenes.Run(store, _plan).Finished);
    }

    [Fact]
    public void A_cell_that_cannot_be_computed_is_told_and_the_others_go_on()
    {
        StudyPlan plan = StudyScenes.Plan("title: T\nparameters: {width: 16, epochs: 1}\naxes: {digits: ['0,1', '0,7']}\nseeds: 2");
        var progress = new Recorder();

        StudyOutcome outcome = StudyScenes.Run(Store("one"), plan, new() { Threads = 2, Progress = progress });

        Assert.Equal((4, 2, 2), (outcome.Total, outcome.Finished, outcome.Computed));
        Assert.Equal([2, 3], outcome.Failures.Select(f => f.Cell.Index));
        Assert.All(outcome.Failures, f => Assert.Equal("The training set has no image of digit 7.", f.Message));
        Assert.Equal(2, progress.Reports.Count(r => r.Event == StudyEvent.CellFailed));
    }

    [Fact]
    public void A_network_too_large_for_memory_fails_alone()
    {
        StudyPlan plan = StudyScenes.Plan("title: T\nparameters: {epochs: 1}\naxes: {width: [16, 1000000]}");

        StudyOutcome outcome = StudyScenes.Run(Store("one"), plan, new() { Threads = 1, AvailableMemory = 1_000_000 });

        Assert.Equal(1, outcome.Computed);
        Assert.Contains(" of memory, but 1.0 MB are available.", Assert.Single(outcome.Failures).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_is_remembered_until_the_cell_can_be_computed()
    {
        CellStore store = Store("one");
        StudyPlan plan = StudyScenes.Plan("title: T\nparameters: {epochs: 1}\naxes: {width: [16, 2000]}");
        StudyOutcome outcome = StudyScenes.Run(store, plan, new() { Threads = 1, AvailableMemory = 1_000_000 });

        CellFailure failure = Assert.Single(outcome.Failures);
        Assert.Equal(outcome.Failures, new StudyTable(plan, store).Take().Failed);
        Assert.Equal(failure.Message, store.FindFailure(plan.Cells[1].Key));

        Assert.Equal((2, 1), (StudyScenes.Run(store, plan).Finished, outcome.Computed));
        Assert.Empty(new StudyTable(plan, store).Take().Failed);
        Assert.Null(store.FindFailure(plan.Cells[1].Key));
    }

    [Fact]
    public void A_cell_that_cannot_be_kept_ends_the_run()
    {
        CellStore store = Store("one");
        store.Open(TimeProvider.System);
        foreach (StudyCell cell in _plan.Cells)
        {
            // A folder in the place of a file cannot be written by anybody, not even the superuser.
            Directory.CreateDirectory(PathOf(cell, ".csv"));
        }

        Sentences.AssertFails(() => StudyScenes.Run(store, _plan, new() { Threads = 2 }), ".csv", "is a folder");
        Assert.Empty(Directory.GetFiles(Path.Combine(store.Folder, "cells")));
    }

    [Fact]
    public void Cancelling_keeps_what_is_finished()
    {
        CellStore store = Store("one");
        using var cancellation = new CancellationTokenSource();
        var progress = new Recorder
        {
            OnReport = report =>
            {
                if (report.Finished == 3)
                {
                    cancellation.Cancel();
                }
            },
        };

        Assert.ThrowsAny<OperationCanceledException>(
            () => StudyScenes.Run(store, _plan, new() { Threads = 1, Progress = progress, Cancellation = cancellation.Token }));

        Assert.Equal(3, new StudyTable(_plan, store).Take().Finished.Count);
        Assert.Equal((8, 5), (StudyScenes.Run(store, _plan).Finished, 8 - 3));
    }

    [Fact]
    public void Progress_counts_up_to_the_end()
    {
        var progress = new Recorder();
        StudyScenes.Run(Store("one"), _plan, new() { Threads = 3, Progress = progress });

        Assert.Equal(Enumerable.Range(1, 8), progress.Reports.Where(r => r.Event == StudyEvent.CellRead).Select(r => r.Read));
        StudyProgress[] reports = [.. progress.Reports.Where(r => r.Event != StudyEvent.CellRead)];
        Assert.Equal(StudyEvent.Planned, reports[0].Event);
        Assert.Equal((8, 0), (reports[0].Total, reports[0].Finished));
        Assert.Equal(Enumerable.Range(1, 8), reports.Where(r => r.Event == StudyEvent.CellFinished).Select(r => r.Finished));
        Assert.Equal(8, reports.Count(r => r.Event == StudyEvent.CellStarted));
        Assert.Contains(reports, r => r.Stage?.Stage == ExperimentStage.Train);
        Assert.Equal(reports[^1].WorkInAll, reports[^1].WorkDone, 1.0);
    }

    [Fact]
    public void A_cell_that_another_process_finished_meanwhile_is_left_to_it()
    {
        CellStore store = Store("one");
        var progress = new Recorder();
        progress.OnReport = report =>
        {
            if (report.Event == StudyEvent.Planned)
            {
                progress.OnReport = _ => { };
                StudyScenes.Run(store, _plan);
            }
        };

        StudyOutcome outcome = StudyScenes.Run(store, _plan, new() { Threads = 1, Progress = progress });

        Assert.Equal((8, 0), (outcome.Finished, outcome.Computed));
        Assert.Equal(8, progress.Reports.Count(r => r.Event == StudyEvent.CellFound));
    }

    [Fact]
    public void A_plan_for_other_images_is_a_mistake_of_the_caller() => Assert.Throws<ArgumentException>(
        () => StudyScenes.Run(Store("one"), StudyPlan.Of(StudyScenes.Definition(), new string('c', 64))));

    private CellStore Store(string name) => new(_folder.At(name));

    private string PathOf(StudyCell cell, string extension) => Path.Combine(_folder.At("one"), "cells", cell.Key + extension);

    private sealed class Recorder : IProgress<StudyProgress>
    {
        public ConcurrentQueue<StudyProgress> Reports { get; } = new();

        public Action<StudyProgress> OnReport { get; set; } = _ => { };

        public void Report(StudyProgress value)
        {
            Reports.Enqueue(value);
            OnReport(value);
        }
    }
}
