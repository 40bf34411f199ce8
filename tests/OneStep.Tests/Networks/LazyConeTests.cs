using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks;

public class LazyConeTests
{
    private const int Rows = 77;
    private const int Columns = 13;

    private static double[][] Gaussian(int seed, double scale = 1, int rows = Rows)
    {
        var random = new RandomInputs(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => Array.ConvertAll(random.Gaussian(Columns), v => (double)(float)(scale * v)))];
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

    private static double[][] Scaled(double[][] rows, double factor) => [.. rows.Select(row => Array.ConvertAll(row, w => factor * w))];

    private static double[][] Moved(double[][] rows, double radius, int seed)
    {
        var random = new RandomInputs(seed);
        return [.. rows.Select(row => NaiveNetwork.Move(row, random.Unit(row.Length), radius))];
    }

    /// <summary>√m max_s ‖r w_s − w_{s,0}‖, as the definition reads.</summary>
    private static double C0At(double[][] weights, double[][] center, double r) => Math.Sqrt(weights.Length) * weights.Zip(
        center, (w, w0) => Math.Sqrt(w.Zip(w0, (a, b) => ((r * a) - b) * ((r * a) - b)).Sum())).Max();

    /// <summary>The smallest C0 over r between two ends by ternary search: the function is convex.</summary>
    private static (double Scale, double C0) BruteForce(double[][] weights, double[][] center, double low, double high)
    {
        for (int i = 0; i < 200; i++)
        {
            double third = (high - low) / 3;
            (low, high) = C0At(weights, center, low + third) < C0At(weights, center, high - third) ? (low, high - third) : (low + third, high);
        }

        return (low, C0At(weights, center, low));
    }

    private static ConePosition Locate(double[][] weights, double[][] center)
    {
        using PackedWeights w = Pack(weights);
        using PackedWeights w0 = Pack(center);
        return new LazyCone(w0).Locate(w);
    }

    [Fact]
    public void The_best_scale_is_that_of_a_search_over_all_scales()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            double[][] center = Gaussian(seed, rows: 1 + (seed % 40));

            // From nearly parallel to unrelated, and all rows of very different length.
            double[][] weights = Moved(center, 0.001 * Math.Pow(1.17, seed), seed + 1000);
            weights = [.. weights.Select((row, s) => Array.ConvertAll(row, w => (double)(float)((seed % 3 == 0 ? s % 7 : 1) * 0.3 * w)))];
            ConePosition position = Locate(weights, center);
            (double scale, double c0) = BruteForce(weights, center, 0, 100);
            Assert.Equal(1, position.C0 / c0, 1e-7);
            Assert.InRange(position.C0, 0, c0 * (1 + 1e-12));
            if (scale > 1e-9 && seed % 3 != 0)
            {
                Assert.True(position.IsAttained);
                Assert.Equal(1, C0At(weights, center, position.Scale) / position.C0, 1e-9);
            }
        }
    }

    [Fact]
    public void Many_active_rows_on_either_side_do_not_mislead_it()
    {
        // Parabolas whose maximum is a polygon of many tangents: row s of length s pulls to its own scale.
        double[][] weights = [.. Enumerable.Range(1, 200).Select(s => (double[])[(float)(0.1 * s), 0])];
        double[][] center = [.. Enumerable.Range(1, 200).Select(s => (double[])[(float)Math.Sqrt(s), (float)(2 / Math.Sqrt(s))])];
        ConePosition position = Locate(weights, center);
        (double scale, double c0) = BruteForce(weights, center, 0, 100);
        Assert.Equal(c0, position.C0, 1e-9 * c0);
        Assert.Equal(scale, position.Scale, 1e-5);
    }

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.5)]
    [InlineData(3)]
    [InlineData(1024)]
    public void A_network_of_the_ball_times_a_number_is_found_again(double factor)
    {
        double[][] center = Gaussian(1);
        double[][] inside = [.. Moved(center, 0.01, 2).Select(row => Array.ConvertAll(row, w => (double)(float)w))];
        ConePosition expected = Locate(inside, center);
        ConePosition position = Locate(Scaled(inside, factor), center);

        // Exact multiplications scale exactly; the others round every weight.
        Assert.Equal(1, position.Scale * factor / expected.Scale, 1e-6);
        Assert.Equal(expected.C0, position.C0, 1e-5);
        Assert.InRange(position.C0, 0, (0.01 * Math.Sqrt(Rows)) + 1e-5);
        Assert.True(position.IsInside(0.0101 * Math.Sqrt(Rows)));
        Assert.False(position.IsInside(position.C0 * 0.9999));
        (double low, double high) = position.ScalesWithin(2 * position.C0)!.Value;
        Assert.InRange(position.Scale, low, high);
        Assert.True(low * factor < 1 && 1 < high * factor);
    }

    [Fact]
    public void The_initial_weights_themselves_need_no_radius()
    {
        double[][] center = Gaussian(3);
        ConePosition position = Locate(Scaled(center, 4), center);
        Assert.Equal((0.25, 0.0, true), (position.Scale, position.C0, position.IsAttained));
        Assert.Equal((0.25, 0.25), position.ScalesWithin(0)!.Value);
    }

    [Fact]
    public void The_scales_of_a_larger_cone_are_those_whose_networks_lie_in_its_ball()
    {
        for (int seed = 0; seed < 20; seed++)
        {
            double[][] center = Gaussian(seed);
            double[][] weights = [.. Moved(center, 0.2, seed + 50).Select(row => Array.ConvertAll(row, w => (double)(float)(2 * w)))];
            ConePosition position = Locate(weights, center);
            foreach (double excess in (double[])[1e-6, 0.01, 1, 100])
            {
                double c0 = position.C0 * (1 + excess);
                (double low, double high) = position.ScalesWithin(c0)!.Value;
                double inner = 1e-6 * (high - low);
                Assert.InRange(C0At(weights, center, low + inner), 0, c0);
                Assert.InRange(C0At(weights, center, high - inner), 0, c0);
                Assert.True(C0At(weights, center, high + inner) > c0);
                Assert.True(low == 0 || C0At(weights, center, low - inner) > c0);
            }
        }
    }

    [Fact]
    public void Weights_that_point_away_are_nearest_at_no_scale_above_zero()
    {
        double[][] center = Gaussian(4);
        double longest = Math.Sqrt(center.Max(row => row.Sum(w => w * w)) * Rows);
        ConePosition position = Locate(Scaled(center, -1), center);
        Assert.Equal((0.0, false), (position.Scale, position.IsAttained));
        Assert.Equal(longest, position.C0, 1e-12 * longest);
        Assert.False(position.IsInside(position.C0));
        Assert.True(position.IsInside(1.001 * position.C0));
        Assert.Equal(0, position.ScalesWithin(1.001 * position.C0)!.Value.Low);
    }

    [Fact]
    public void A_row_of_zeros_is_a_constant()
    {
        double[][] center = Gaussian(5);
        double[][] weights = Scaled(center, 2);
        weights[3] = new double[Columns];
        double only = Math.Sqrt(Rows * center[3].Sum(w => w * w));
        ConePosition position = Locate(weights, center);
        Assert.Equal(only, position.C0, 1e-12 * only);
        Assert.True(position.IsAttained);
        Assert.True(position.IsInside(position.C0));

        // Where that row is the longest of all, every small scale serves; a matrix of zeros may have any.
        center[3] = Array.ConvertAll(center[3], w => 100 * w);
        position = Locate(weights, center);
        Assert.Equal((0.0, true), (position.Scale, position.IsAttained));
        Assert.True(position.ScalesWithin(position.C0)!.Value.High > 0.1);
        position = Locate(Scaled(center, 0), center);
        Assert.True(position.IsAttained);
        Assert.Equal((0, double.PositiveInfinity), position.ScalesWithin(position.C0)!.Value);
    }

    [Fact]
    public void Scaling_changes_neither_predictions_nor_gradients_nor_the_smallest_step()
    {
        NaiveNetwork network = NaiveNetwork.Random(200, 20, 6);
        const double R = 0.3;
        var scaled = new NaiveNetwork(Scaled(network.Weights, R), network.Signs);
        for (int seed = 0; seed < 10; seed++)
        {
            double[] x = new RandomInputs(seed).Unit(20);
            Assert.Equal(R * network.Score(x), scaled.Score(x), 1e-12);
            Assert.All(network.Gradient(x).Zip(scaled.Gradient(x)), g => Assert.Equal(R * g.First, g.Second, 1e-12));
            NaiveCrossing? own = BruteForceRay.FirstSignChange(network, x, network.StepDirection(x), 1);
            NaiveCrossing? other = BruteForceRay.FirstSignChange(scaled, x, scaled.StepDirection(x), 1);
            Assert.Equal(own?.Length ?? 0, other?.Length ?? 0, 1e-9);

            // η_W = r η_{rW}.
            double stepSize = (own?.Length ?? 0) / Math.Sqrt(network.Gradient(x).Sum(g => g * g));
            double scaledStepSize = (other?.Length ?? 0) / Math.Sqrt(scaled.Gradient(x).Sum(g => g * g));
            Assert.Equal(stepSize, R * scaledStepSize, 1e-9);
        }
    }

    [Fact]
    public void Weights_on_the_ray_of_their_start_are_at_no_distance_and_rounding_makes_it_no_root_of_less()
    {
        // Found by the soundness program: seed 1, instances 1546 and 1553.
        var random = new RandomInputs(3);
        for (int i = 0; i < 200; i++)
        {
            double[][] center = [random.Gaussian(1)];
            ConePosition position = Locate([[random.LogBetween(1e-3, 1e3) * center[0][0]]], center);
            Assert.InRange(position.C0, 0, 1e-14 * Math.Abs(center[0][0]));
            Assert.True(position.IsInside(position.C0));
        }
    }

    [Fact]
    public void The_result_does_not_depend_on_threads()
    {
        using PackedWeights center = Pack(Gaussian(7, rows: 2000));
        using PackedWeights weights = Pack(Moved(Gaussian(7, rows: 2000), 0.3, 8));
        var cone = new LazyCone(center);
        ConePosition one = cone.Locate(weights);
        ConePosition three = cone.Locate(weights, threads: 3);
        Assert.Equal((one.Scale, one.C0), (three.Scale, three.C0));
        Assert.Equal(one.ScalesWithin(100), three.ScalesWithin(100));
    }

    [Fact]
    public void What_makes_no_sense_is_refused_and_weights_that_are_no_numbers_lie_nowhere()
    {
        using PackedWeights center = Pack(Gaussian(1));
        using PackedWeights weights = Pack(Gaussian(2));
        using var other = new PackedWeights(Rows, Columns + 1);
        var cone = new LazyCone(center);
        Assert.Throws<ArgumentException>(() => cone.Locate(other));
        Sentences.AssertFails(() => cone.Locate(weights).ScalesWithin(-1), "c0", "-1");
        weights.SetRow(5, [.. Enumerable.Repeat(float.NaN, Columns)]);
        ConePosition position = cone.Locate(weights);
        Assert.True(double.IsNaN(position.C0) && double.IsNaN(position.Scale));
        Assert.False(position.IsInside(1e9));
    }
}
