using OneStep.Experiments;

namespace OneStep.Tests.Experiments;

/// <summary>
/// The table of docs/protocol.md §5 on fewer seeds: C0 = 10, m = 1000, <c>stop</c>. Its means come from 60 seeds of
/// independent code, so two means differ by at most three standard errors of their difference.
/// </summary>
[Trait("Category", "Oracle")]
public class ProtocolTableTests
{
    private const int TableSeeds = 60;

    [Fact]
    public void In_dimension_25() => AssertTable(side: 5, seeds: 20, new(0.428, 0.031), new(5.04, 0.51), new(0.0871, 0.011), new(2.11, 0.31));

    [Fact]
    public void In_dimension_100() => AssertTable(side: 10, seeds: 20, new(0.231, 0.025), new(7.80, 0.39), new(0.0298, 0.003), new(1.71, 0.22));

    [Fact]
    public void In_dimension_400() => AssertTable(side: 20, seeds: 10, new(0.1225, 0.016), new(14.46, 0.41), new(0.0085, 0.001), new(1.70, 0.24));

    private static void AssertTable(int side, int seeds, Cell norm, Cell gradient, Cell step, Cell margin)
    {
        var results = new List<ExperimentResult>();
        for (int seed = 0; seed < seeds; seed++)
        {
            ExperimentRun run = Experiment.Run(
                new() { Side = side, Width = 1000, Seed = (ulong)seed }, MnistData.All, new() { Threads = 2 });
            run.Model.Dispose();
            results.Add(run.Result);
        }

        Assert.All(results, result =>
        {
            Assert.True(result.Training!.ReachedBall);
            Assert.InRange(result.CleanAccuracy, 0.95, 1);
            Assert.Equal(result.Examples.Total - result.Examples.Misclassified, result.Verified);
        });
        Assert.InRange(results.Average(result => result.CleanAccuracy), 0.98, 1);
        AssertMean(norm, results.Select(result => result.PerturbationNorm.Mean!.Value));
        AssertMean(gradient, results.Select(result => result.GradientNorm.Mean!.Value));
        AssertMean(step, results.Select(result => result.StepSize.Mean!.Value));
        AssertMean(margin, results.Select(result => result.Margin.Mean!.Value));
    }

    private static void AssertMean(Cell expected, IEnumerable<double> means)
    {
        double[] values = [.. means];
        double tolerance = 3 * expected.Deviation * Math.Sqrt((1.0 / values.Length) + (1.0 / TableSeeds));
        Assert.Equal(expected.Mean, values.Average(), tolerance);
    }

    /// <summary>A mean over seeds and the standard deviation from seed to seed.</summary>
    private sealed record Cell(double Mean, double Deviation);
}
