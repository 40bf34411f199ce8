using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks;

public class LazyBallTests
{
    private const int Rows = 77;
    private const int Columns = 13;

    public static TheoryData<double, double> RadiiAndScales { get; } = new()
    {
        { 0, 1 }, { 1e-9, 1 }, { 1e-6, 1 }, { 0.03, 1 }, { 2, 1 }, { 0.5, 1e6 }, { 1e20, 1e25 }, { 1e-25, 1e-20 },
    };

    private static PackedWeights Random(int seed, double scale = 1) => Pack(Gaussian(seed, scale));

    private static double[][] Gaussian(int seed, double scale)
    {
        var random = new RandomInputs(seed);
        return [.. Enumerable.Range(0, Rows).Select(_ => Array.ConvertAll(random.Gaussian(Columns), v => scale * v))];
    }

    private static PackedWeights Pack(double[][] rows)
    {
        var weights = new PackedWeights(rows.Length, rows[0].Length);
        for (int s = 0; s < rows.Length; s++)
        {
            weights.SetRow(s, Array.ConvertAll(rows[s], v => (float)v));
        }

        return weights;
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    [Theory]
    [MemberData(nameof(RadiiAndScales))]
    public void Projected_weights_lie_inside_when_judged_in_double(double radius, double scale)
    {
        using PackedWeights center = Random(1, scale);
        using PackedWeights weights = Random(2, scale);
        var ball = new LazyBall(center, radius);
        Assert.False(ball.Contains(weights));
        Assert.True(ball.Project(weights));
        Assert.True(ball.Contains(weights));
        double[][] rows = weights.ToRows();
        double[][] centerRows = center.ToRows();
        Assert.All(Enumerable.Range(0, Rows), s => Assert.InRange(Distance(rows[s], centerRows[s]), 0, radius));
        Assert.InRange(ball.Deviation(weights), 0, radius);
    }

    [Theory]
    [MemberData(nameof(RadiiAndScales))]
    public void Projecting_twice_changes_nothing_more(double radius, double scale)
    {
        using PackedWeights center = Random(1, scale);
        using PackedWeights weights = Random(2, scale);
        var ball = new LazyBall(center, radius);
        ball.Project(weights);
        double[][] once = weights.ToRows();
        Assert.False(ball.Project(weights));
        Assert.Equal(once, weights.ToRows());
    }

    [Fact]
    public void Rows_inside_are_untouched_and_rows_outside_move_radially()
    {
        // Random distances around the radius, some of them none at all.
        double[][] start = Gaussian(1, 1);
        double[][] step = Gaussian(2, 0.2);
        double[][] moved = [.. start.Select((row, s) => row.Select((w, k) => s % 7 == 0 ? w : w + (step[s][k] * s / Rows)).ToArray())];
        using PackedWeights center = Pack(start);
        using PackedWeights weights = Pack(moved);
        double[][] before = weights.ToRows();
        double[][] centerRows = center.ToRows();
        new LazyBall(center, 0.4).Project(weights);
        double[][] after = weights.ToRows();
        int inside = 0;
        for (int s = 0; s < Rows; s++)
        {
            double distance = Distance(before[s], centerRows[s]);
            if (distance <= 0.4)
            {
                inside++;
                Assert.Equal(before[s], after[s]);
            }
            else
            {
                Assert.All(Enumerable.Range(0, Columns), k =>
                    Assert.Equal(centerRows[s][k] + (0.4 / distance * (before[s][k] - centerRows[s][k])), after[s][k], 2e-6));
                Assert.Equal(0.4, Distance(after[s], centerRows[s]), 2e-6);
            }
        }

        Assert.InRange(inside, 20, 60);
    }

    [Fact]
    public void Projection_never_moves_two_matrices_apart()
    {
        using PackedWeights center = Random(1);
        var ball = new LazyBall(center, 1.5);
        for (int seed = 10; seed < 20; seed++)
        {
            using PackedWeights a = Random(seed);
            using PackedWeights b = Random(seed + 100);
            double[] before = [.. a.ToRows().Zip(b.ToRows(), Distance)];
            ball.Project(a);
            ball.Project(b);
            Assert.All(a.ToRows().Zip(b.ToRows(), Distance).Zip(before), pair => Assert.InRange(pair.First, 0, pair.Second + 1e-5));
        }
    }

    [Fact]
    public void Every_row_may_have_a_radius_of_its_own()
    {
        using PackedWeights center = Random(1);
        using PackedWeights weights = Random(2);
        double[] radii = [.. Enumerable.Range(0, Rows).Select(s => s % 3 == 0 ? 0 : s / 20.0)];
        var ball = new LazyBall(center, radii);
        Assert.Equal(radii.Max(), ball.Radius);
        Assert.Equal(radii[5], ball.RadiusOf(5));
        radii[5] = 100;
        Assert.Equal(5 / 20.0, ball.RadiusOf(5));
        ball.Project(weights);
        Assert.True(ball.Contains(weights));
        Assert.All(ball.Deviations(weights).Select((deviation, s) => (deviation, s)), row =>
            Assert.InRange(row.deviation, 0, ball.RadiusOf(row.s)));
        Assert.Equal(center.ToRows()[33], weights.ToRows()[33]);
    }

    [Fact]
    public void Deviations_are_those_of_the_formula_for_every_number_of_threads()
    {
        using PackedWeights center = Random(1);
        using PackedWeights weights = Random(2);
        var ball = new LazyBall(center, 1);
        double[] deviations = ball.Deviations(weights);
        double[] expected = [.. weights.ToRows().Zip(center.ToRows(), Distance)];
        Assert.All(expected.Zip(deviations), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
        Assert.Equal(deviations, ball.Deviations(weights, threads: 3));
        Assert.Equal(deviations.Max(), ball.Deviation(weights, threads: 2));
        using PackedWeights other = weights.Clone();
        ball.Project(weights);
        ball.Project(other, threads: 3);
        Assert.Equal(weights.ToRows(), other.ToRows());
        Assert.Equal(0, ball.Deviation(center));
    }

    [Fact]
    public void Lanes_behind_the_last_row_stay_zero()
    {
        using PackedWeights center = Random(1);
        using PackedWeights weights = Random(2);
        new LazyBall(center, 0.1).Project(weights);
        unsafe
        {
            for (int k = 0; k < Columns; k++)
            {
                Assert.Equal(new float[32 - (Rows % 32)], new Span<float>(weights.Panel(2) + (k * 32) + (Rows % 32), 32 - (Rows % 32)).ToArray());
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_is_not_finite_lies_outside(float weight)
    {
        using PackedWeights center = Random(1);
        using PackedWeights weights = center.Clone();
        float[] row = new float[Columns];
        row[3] = weight;
        weights.SetRow(7, row);
        var ball = new LazyBall(center, 100);
        Assert.False(ball.Contains(weights));
        Assert.False(double.IsFinite(ball.Deviation(weights)));
    }

    [Fact]
    public void Radii_and_shapes_that_make_no_sense_are_refused()
    {
        using PackedWeights center = Random(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new LazyBall(center, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LazyBall(center, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LazyBall(center, double.PositiveInfinity));
        Assert.Throws<ArgumentException>(() => new LazyBall(center, [1, 2]));
        using var other = new PackedWeights(Rows, Columns + 1);
        Assert.Throws<ArgumentException>(() => new LazyBall(center, 1).Contains(other));
        Assert.Throws<ArgumentException>(() => new LazyBall(center, 1).Project(other));
    }
}
