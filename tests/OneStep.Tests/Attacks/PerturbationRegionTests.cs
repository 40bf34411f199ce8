using OneStep.Attacks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

public class PerturbationRegionTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_projection_is_the_nearest_allowed_perturbation(bool clip)
    {
        var random = new Random(4);
        for (int trial = 0; trial < 20; trial++)
        {
            float[] x = [.. Enumerable.Range(0, 9).Select(k => k % 3 == 0 ? 0 : random.NextSingle())];
            float[] delta = [.. Enumerable.Range(0, 9).Select(_ => 2 * (random.NextSingle() - 0.5f))];
            double budget = 0.1 + random.NextDouble();
            double[] expected = NaiveProjectedGradient.Project(Wide(x), Wide(delta), budget, clip);
            new PerturbationRegion(budget, clip).Project(x, delta);
            Assert.All(expected.Zip(delta), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    [InlineData(7)]
    public void What_is_stored_is_inside_without_any_tolerance(double budget)
    {
        var random = new Random(5);
        foreach (bool clip in (bool[])[false, true])
        {
            var region = new PerturbationRegion(budget, clip);
            for (int trial = 0; trial < 2000; trial++)
            {
                float[] x = [.. Enumerable.Range(0, 37).Select(k => k % 2 == 0 ? 0 : random.NextSingle())];
                float[] delta = [.. Enumerable.Range(0, 37).Select(_ => (random.NextSingle() - 0.5f) * 4)];
                region.Project(x, delta);
                Assert.True(Vectors.Norm(delta) <= budget);
                Assert.All(x.Zip(delta), pair => Assert.True(!clip || (double)pair.First + pair.Second is >= 0 and <= 1));
            }
        }
    }

    [Fact]
    public void An_allowed_perturbation_is_left_alone()
    {
        float[] x = [0.5f, 0.25f, 0];
        float[] delta = [0.125f, -0.25f, 0];
        float[] before = [.. delta];
        new PerturbationRegion(0.5, Clip: true).Project(x, delta);
        Assert.Equal(before, delta);
    }

    [Fact]
    public void A_budget_of_zero_leaves_nothing()
    {
        float[] delta = [1, -2];
        new PerturbationRegion(0, Clip: false).Project([0, 0], delta);
        Assert.Equal([0, 0], delta);
        delta = [1, -2];
        new PerturbationRegion(0, Clip: true).Project([0, 0], delta);
        Assert.Equal([0, 0], delta);
    }

    private static double[] Wide(float[] values) => Array.ConvertAll(values, v => (double)v);
}
