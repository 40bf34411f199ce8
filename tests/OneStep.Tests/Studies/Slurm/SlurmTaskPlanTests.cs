using FsCheck;
using FsCheck.Fluent;
using OneStep.Studies.Slurm;

namespace OneStep.Tests.Studies.Slurm;

public sealed class SlurmTaskPlanTests
{
    private static readonly SlurmOptions Hour = new() { Time = TimeSpan.FromHours(1) };

    /// <summary>Up to 80 cells, most of them short, some as long as the limit; MaxArraySize; parallelism, 0 for none.</summary>
    private static Gen<(double[] Seconds, int MaxArraySize, int Parallelism)> Studies =>
        from count in Gen.Choose(0, 80)
        from tenths in Gen.Frequency((4, Gen.Choose(1, 600)), (2, Gen.Choose(1, 9000)), (1, Gen.Choose(9001, 36_000))).ArrayOf(count)
        from maxArraySize in Gen.Choose(2, 12)
        from parallelism in Gen.Choose(0, 20)
        select ((double[])[.. tenths.Select(t => t / 10.0)], maxArraySize, parallelism);

    [Fact]
    public void Every_cell_is_in_exactly_one_task() => ForAll((cells, plan, _, _) =>
        Assert.Equal(cells.Select(cell => cell.Key).Order(), plan.Arrays.SelectMany(array => array).SelectMany(task => task.Keys).Order()));

    [Fact]
    public void No_task_is_empty_and_none_of_several_cells_exceeds_a_quarter_of_the_limit() => ForAll((_, plan, _, _) =>
        Assert.All(plan.Arrays.SelectMany(array => array), task =>
            Assert.True(task.Keys.Count == 1 || (task.Keys.Count > 1 && task.EstimatedSeconds <= 900), $"{task.Keys.Count} cells of {task.EstimatedSeconds} s.")));

    [Fact]
    public void A_task_tells_the_sum_of_its_cells() => ForAll((cells, plan, _, _) =>
    {
        Dictionary<string, double> seconds = cells.ToDictionary(cell => cell.Key, cell => cell.EstimatedSeconds);
        Assert.All(plan.Arrays.SelectMany(array => array), task => Assert.Equal(task.Keys.Sum(key => seconds[key]), task.EstimatedSeconds, 1e-9));
    });

    [Fact]
    public void No_array_is_empty_or_larger_than_the_cluster_allows_and_there_are_as_few_as_can_be() => ForAll((_, plan, maxArraySize, _) =>
    {
        Assert.All(plan.Arrays, array => Assert.InRange(array.Count, 1, maxArraySize - 1));
        int tasks = plan.Arrays.Sum(array => array.Count);
        Assert.Equal((int)Math.Ceiling(tasks / (maxArraySize - 1.0)), plan.Arrays.Count);
        Assert.True(plan.Arrays.Count == 0 || plan.Arrays.Max(array => array.Count) - plan.Arrays.Min(array => array.Count) <= 1);
    });

    [Fact]
    public void Tasks_are_balanced_up_to_one_cell() => ForAll((cells, plan, _, _) =>
    {
        // Graham's argument: the last cell of the heaviest task went where least was to do.
        Dictionary<string, double> seconds = cells.ToDictionary(cell => cell.Key, cell => cell.EstimatedSeconds);
        SlurmTask[] tasks = [.. plan.Arrays.SelectMany(array => array)];
        double least = tasks.Select(task => task.EstimatedSeconds).DefaultIfEmpty().Min();
        Assert.All(tasks, task => Assert.True(task.EstimatedSeconds - task.Keys.Min(key => seconds[key]) <= least + 1e-9));
    });

    [Fact]
    public void Longer_tasks_come_first_and_cells_keep_the_order_of_the_study() => ForAll((_, plan, _, _) =>
    {
        double[] seconds = [.. plan.Arrays.SelectMany(array => array).Select(task => task.EstimatedSeconds)];
        Assert.Equal(seconds.OrderDescending(), seconds);
        Assert.All(plan.Arrays.SelectMany(array => array), task => Assert.Equal(task.Keys.Order(StringComparer.Ordinal), task.Keys));
    });

    [Fact]
    public void The_same_cells_give_the_same_plan() => ForAll((cells, plan, maxArraySize, options) =>
    {
        var again = SlurmTaskPlan.Of(cells, options, maxArraySize);
        Assert.Equal(plan.Arrays.SelectMany(array => array).Select(task => string.Join(' ', task.Keys)), again.Arrays.SelectMany(array => array).Select(task => string.Join(' ', task.Keys)));
    });

    [Fact]
    public void Many_short_cells_share_few_tasks()
    {
        // 1000 cells of 9 s are 10 quarters of an hour.
        var plan = SlurmTaskPlan.Of(Cells.Same(1000, 9), Hour, 1001);
        Assert.Equal(10, Assert.Single(plan.Arrays).Count);
        Assert.All(plan.Arrays[0], task => Assert.Equal((100, 900.0), (task.Keys.Count, task.EstimatedSeconds)));
    }

    [Fact]
    public void Cells_that_fit_into_one_task_are_spread_over_the_parallelism_while_a_task_is_worth_its_start()
    {
        SlurmCell[] minutes = Cells.Same(10, 60);
        Assert.Single(SlurmTaskPlan.Of(minutes, Hour, 1001).Arrays[0]);
        Assert.Equal(4, SlurmTaskPlan.Of(minutes, Hour with { ArrayParallelism = 4 }, 1001).Arrays[0].Count);
        Assert.Equal(2, SlurmTaskPlan.Of(Cells.Same(10, 12), Hour with { ArrayParallelism = 4 }, 1001).Arrays[0].Count);
        Assert.Single(SlurmTaskPlan.Of(Cells.Same(10, 5), Hour with { ArrayParallelism = 4 }, 1001).Arrays[0]);
    }

    [Fact]
    public void Cells_that_do_not_pair_below_the_target_get_tasks_of_their_own() =>
        Assert.Equal(50, SlurmTaskPlan.Of(Cells.Same(50, 500), Hour, 1001).Arrays[0].Count);

    [Fact]
    public void Tasks_beyond_the_size_of_an_array_make_another()
    {
        var plan = SlurmTaskPlan.Of(Cells.Same(2001, 900), Hour, 1001);
        Assert.Equal([667, 667, 667], plan.Arrays.Select(array => array.Count));
        Assert.Equal([1000], SlurmTaskPlan.Of(Cells.Same(1000, 900), Hour, 1001).Arrays.Select(array => array.Count));
    }

    [Fact]
    public void Nothing_to_do_is_no_array() => Assert.Empty(SlurmTaskPlan.Of([], Hour, 1001).Arrays);

    [Fact]
    public void A_cell_longer_than_the_limit_is_named()
    {
        InvalidParameterException exception =
            Assert.Throws<InvalidParameterException>(() => SlurmTaskPlan.Of(Cells.Of(10, 3600.5, 20), Hour, 1001));
        Assert.Equal("time is 1:00:00, but must be at least 1:00:01, the estimate for the cell 'cell 1'.", exception.Message);
        Assert.Single(SlurmTaskPlan.Of(Cells.Of(3600), Hour, 1001).Arrays);
    }

    [Fact]
    public void An_estimate_beyond_all_times_is_one_sentence_too() =>
        Sentences.AssertOneSentence(Assert.Throws<InvalidParameterException>(() => SlurmTaskPlan.Of(Cells.Of(1e300), Hour, 1001)).Message);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_cluster_without_arrays_is_told(int maxArraySize) =>
        Sentences.AssertFails(() => SlurmTaskPlan.Of(Cells.Of(1), Hour, maxArraySize), "MaxArraySize", $"{maxArraySize}");

    [Fact]
    public void Options_are_checked() =>
        Assert.Throws<InvalidParameterException>(() => SlurmTaskPlan.Of(Cells.Of(1), Hour with { CpusPerTask = 0 }, 1001));

    private static void ForAll(Action<SlurmCell[], SlurmTaskPlan, int, SlurmOptions> check) =>
        Prop.ForAll(Studies.ToArbitrary(), study =>
        {
            SlurmCell[] cells = Cells.Of(study.Seconds);
            SlurmOptions options = Hour with { ArrayParallelism = study.Parallelism == 0 ? null : study.Parallelism };
            check(cells, SlurmTaskPlan.Of(cells, options, study.MaxArraySize), study.MaxArraySize, options);
        }).Check(Config.QuickThrowOnFailure.WithReplay(2468UL, 13579UL));
}
