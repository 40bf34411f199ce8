using OneStep.Experiments;
using OneStep.Statistics;
using OneStep.Studies;

namespace OneStep.Tests.Studies;

public sealed class StudyResultsTests : IDisposable
{
    private const string Robust =
        """
        title: Robust
        parameters: {width: 16, epochs: 2, ball: epoch, patience: 5, robust-clip: true, robust-budgets: "0.1,0.4"}
        axes:
          side: [4]
          adversarial-budget: [0.1, 0.2]
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly CellStore _store;

    public StudyResultsTests() => _store = new CellStore(_folder.FullName);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(StudyScenes.Small)]
    [InlineData(Robust)]
    [InlineData("title: Untrained\nparameters: {width: 16, side: 5, untrained: true, strong: true, normalize: false}")]
    public void A_result_is_read_back_as_it_was_written(string yaml)
    {
        StudyPlan plan = StudyScenes.Plan(yaml);
        StudyScenes.Run(_store, plan);

        StudyResults results = StudyResults.Read(plan, _store);

        Assert.Equal(plan.Cells, results.Cells.Select(cell => cell.Cell));
        Assert.All(results.Cells, cell =>
        {
            StoredCell stored = _store.Find(cell.Cell.Key, out _)!;
            Assert.Equal(stored.Result.GetRawText(), ExperimentJson.Format(cell.Result));
            Assert.Equal(stored.Rows, ExampleRows.Format(results.WithExamples(cell).Rows));
            Assert.NotNull(cell.Provenance);
        });
    }

    [Fact]
    public void The_provenance_is_what_the_runner_was_told()
    {
        StudyPlan plan = StudyScenes.Plan("title: T\nparameters: {width: 16, side: 4, untrained: true}");
        StudyScenes.Run(_store, plan, new() { Threads = 1, Version = "7.8.9", InstructionSet = "abacus" });

        CellProvenance provenance = StudyResults.Read(plan, _store).Cells[0].Provenance!;
        Assert.Equal(("7.8.9", "abacus", 1), (provenance.Version, provenance.InstructionSet, provenance.Threads));
        Assert.InRange(provenance.Seconds, 1e-9, 600);
    }

    [Fact]
    public void Seeds_are_grouped_and_averaged()
    {
        StudyPlan plan = StudyScenes.Plan();
        StudyScenes.Run(_store, plan);

        StudyResults results = StudyResults.Read(plan, _store);

        Assert.Equal([(4, 1d), (4, 2d), (6, 1d), (6, 2d)], results.Groups.Select(group => (group.Parameters.Side, group.Parameters.C0)));
        CellGroup second = results.Groups[1];
        Assert.Equal([0UL, 3UL], second.Cells.Select(cell => cell.Parameters.Seed));
        double[] values = [.. results.Cells.Skip(2).Take(2).Select(cell => cell.Result.GradientNorm.Mean!.Value)];
        SeedMean mean = second.Mean(cell => cell.Result.GradientNorm.Mean)!;
        Assert.Equal((values[0] + values[1]) / 2, mean.Mean, 1e-12);
        Assert.Equal(ConfidenceInterval.OfMean(values), mean.Interval);
        Assert.Null(second.Mean(_ => null));
        Assert.Null(second.Mean(cell => cell.Parameters.Seed == 3 ? 1 : null)!.Interval);
    }

    [Fact]
    public void Robust_accuracy_is_that_of_the_asked_budget()
    {
        StudyPlan plan = StudyScenes.Plan(Robust);
        StudyScenes.Run(_store, plan);

        CellResult cell = StudyResults.Read(plan, _store).Cells[1];

        Assert.Equal([0.1, 0.2, 0.4], cell.Result.RobustAccuracy!.Budgets);
        Assert.Equal(cell.Result.RobustAccuracy.Value[1], cell.RobustAccuracy);
        Assert.Equal(cell.Result.RobustAccuracy.Value[2], cell.RobustAccuracyAt(0.4));
        Assert.Null(cell.RobustAccuracyAt(0.3));
    }

    [Fact]
    public void Columns_are_read_as_numbers_where_they_are_numbers()
    {
        StudyPlan plan = StudyScenes.Plan("title: T\nparameters: {width: 16, untrained: true, side: 4}\naxes: {deviation: [0.5, 1], digits: ['0,1']}");
        StudyResults results = StudyResults.Read(plan, _store);

        Assert.Equal([0.5, 1d], plan.Cells.Select(cell => results.Number(cell, "deviation")));
        Assert.Null(results.Number(plan.Cells[0], "digits"));
        Assert.Equal("0,1", results.Text(plan.Cells[0], "digits"));
        Assert.Empty(results.Cells);
        Assert.Empty(results.Groups);
        Assert.Equal(plan.Cells, results.Missing);
    }

    [Fact]
    public void Missing_and_damaged_cells_are_left_out_and_told_of()
    {
        StudyPlan plan = StudyScenes.Plan();
        StudyScenes.Run(_store, plan);
        File.Delete(Path.Combine(_folder.FullName, "cells", plan.Cells[1].Key + ".json"));
        File.WriteAllText(Path.Combine(_folder.FullName, "cells", plan.Cells[4].Key + ".json"), "nonsense");

        StudyResults results = StudyResults.Read(plan, _store);

        Assert.Equal([1, 4], results.Missing.Select(cell => cell.Index));
        Sentences.AssertOneSentence(Assert.Single(results.Damaged));
        Assert.Equal([1, 2, 1, 2], results.Groups.Select(group => group.Cells.Count));
        Assert.Empty(results.Failures);
    }

    [Fact]
    public void What_could_not_be_computed_is_left_out_with_the_reason()
    {
        StudyPlan plan = StudyScenes.Plan();
        _ = new StudyRunner(plan, StudyScenes.Dataset, _store).Run(new() { Threads = 1, AvailableMemory = 1 });

        StudyResults results = StudyResults.Read(plan, _store);

        Assert.Equal(plan.Cells, results.Failures.Select(failure => failure.Cell));
        Assert.All(results.Failures, failure => Assert.Contains("memory", failure.Message, StringComparison.Ordinal));
    }
}
