using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks;

public class TwoLayerNetworkRayTests
{
    [Fact]
    public void Rays_with_exact_kinks_cross_where_the_sorted_search_says()
    {
        // Along the first axis slopes are powers of two, and m = 4^k makes the scale one too: everything is exact.
        int crossings = 0;
        int without = 0;
        foreach (int width in (ReadOnlySpan<int>)[1, 4, 16, 64, 256, 1024])
        {
            for (int seed = 0; seed < 12; seed++)
            {
                NaiveNetwork naive = Shapes.Integer(width, 4, seed, hasBias: seed % 2 == 0);
                var random = new Random(seed);
                foreach (double[] row in naive.Weights)
                {
                    row[0] = random.Next(-1, 2) * (1 << random.Next(3));
                }

                using TwoLayerNetwork network = naive.ToLibrary();
                Matrix<float> inputs = Shapes.IntegerInputs(13, 4, seed: seed);
                var directions = new Matrix<float>(13, 4);
                double[] limits = new double[13];
                for (int i = 0; i < 13; i++)
                {
                    directions[i, 0] = i % 2 == 0 ? 1 : -0.5f;
                    limits[i] = i % 3 == 0 ? double.PositiveInfinity : 1 << (i % 5);
                }

                RayCrossing[] found = network.FirstSignChanges(new(inputs, directions) { Limits = limits }, threads: 1 + (seed % 3));
                for (int i = 0; i < 13; i++)
                {
                    double[] x = inputs.ToRows()[i];
                    NaiveCrossing? expected = naive.Score(x) == 0 ? null : BruteForceRay.FirstSignChange(naive, x, directions.ToRows()[i], limits[i]);
                    Assert.Equal(expected is not null, found[i].Exists);
                    if (expected is { } crossing)
                    {
                        crossings++;
                        Assert.Equal(crossing.Length, found[i].Length, 1e-14 * crossing.Length);
                        Assert.Equal(crossing.Slope, found[i].Slope);
                    }
                    else
                    {
                        without++;
                        Assert.Equal(RayCrossing.None, found[i]);
                    }
                }
            }
        }

        Assert.InRange(crossings, 100, 800);
        Assert.InRange(without, 100, 800);
    }

    [Fact]
    public void Random_rays_of_every_shape_cross_where_the_sorted_search_says()
    {
        int undecided = 0;
        foreach ((int dimension, int width, int count, bool hasBias) in Shapes.Sample())
        {
            using TwoLayerNetwork network = Shapes.Gaussian(width, dimension, seed: width + dimension, hasBias);
            NaiveNetwork naive = network.ToNaive();
            Matrix<float> inputs = Shapes.UnitInputs(count, dimension, seed: count);
            var rays = new RayBatch(inputs, Shapes.UnitInputs(count, dimension, seed: 1000 + count));
            RayCrossing[] alongRandom = network.FirstSignChanges(rays);
            RayBatch steps = network.Steps(inputs);
            RayCrossing[] alongGradient = network.FirstSignChanges(steps);
            foreach (int i in Enumerable.Range(0, count).Where(i => i % (width > 200 ? 50 : 9) == 0))
            {
                undecided += IsUndecided(naive, rays, i, alongRandom[i]) ? 1 : 0;
                undecided += IsUndecided(naive, steps, i, alongGradient[i]) ? 1 : 0;
            }
        }

        Assert.InRange(undecided, 0, 2);
    }

    [Fact]
    public void The_length_counts_in_units_of_the_direction()
    {
        using TwoLayerNetwork network = Shapes.Gaussian(300, 20, seed: 1);
        RayBatch unit = network.Steps(Shapes.UnitInputs(10, 20, seed: 2));
        var four = new Matrix<float>(10, 20, Array.ConvertAll(unit.Directions.Data, v => 4 * v));
        RayCrossing[] once = network.FirstSignChanges(unit);
        RayCrossing[] shorter = network.FirstSignChanges(new(unit.Origins, four));
        Assert.All(once.Zip(shorter), pair =>
        {
            Assert.Equal(pair.First.Length, 4 * pair.Second.Length, 1e-13 * pair.First.Length);
            Assert.Equal(pair.First.Slope, pair.Second.Slope / 4, 1e-13 * Math.Abs(pair.First.Slope));
        });
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(0.01)]
    [InlineData(0.3)]
    [InlineData(3)]
    [InlineData(1000)]
    [InlineData(1e300)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(double.PositiveInfinity)]
    public void A_wrong_expectation_does_not_change_the_crossing(double factor)
    {
        using TwoLayerNetwork network = Shapes.Gaussian(2500, 25, seed: 5);
        RayBatch rays = network.Steps(Shapes.UnitInputs(30, 25, seed: 6));
        RayCrossing[] expected = network.FirstSignChanges(rays);
        Assert.All(expected, crossing => Assert.True(crossing.Exists));
        RayCrossing[] found = network.FirstSignChanges(
            new(rays.Origins, rays.Directions) { ExpectedLengths = [.. expected.Select(crossing => factor * crossing.Length)] });
        Assert.All(expected.Zip(found), pair =>
        {
            Assert.Equal(pair.First.Length, pair.Second.Length, 1e-12 * pair.First.Length);
            Assert.Equal(pair.First.Slope, pair.Second.Slope, 1e-12 * Math.Abs(pair.First.Slope));
        });
    }

    [Fact]
    public void A_limit_decides_whether_a_crossing_counts_and_not_where_it_is()
    {
        using TwoLayerNetwork network = Shapes.Gaussian(801, 25, seed: 5);
        RayBatch rays = network.Steps(Shapes.UnitInputs(20, 25, seed: 6));
        RayCrossing[] free = network.FirstSignChanges(rays);
        RayCrossing[] Limited(double factor) => network.FirstSignChanges(
            new(rays.Origins, rays.Directions) { Limits = [.. free.Select(crossing => factor * crossing.Length)] });
        Assert.All(Limited(0.999), crossing => Assert.Equal(RayCrossing.None, crossing));
        Assert.All(Limited(0), crossing => Assert.Equal(RayCrossing.None, crossing));
        Assert.All(Limited(-1), crossing => Assert.Equal(RayCrossing.None, crossing));
        foreach (double factor in (ReadOnlySpan<double>)[1.001, 2, 100, double.PositiveInfinity])
        {
            Assert.All(free.Zip(Limited(factor)), pair => Assert.Equal(pair.First.Length, pair.Second.Length, 1e-12 * pair.First.Length));
        }
    }

    // Compares existence, length and the residual of the naive network in float64; tells where rounding decides.
    private static bool IsUndecided(NaiveNetwork naive, RayBatch rays, int ray, RayCrossing found)
    {
        double[] x = [.. rays.Origins.Row(ray).ToArray().Select(v => (double)v)];
        double[] u = [.. rays.Directions.Row(ray).ToArray().Select(v => (double)v)];
        NaiveCrossing? expected = naive.Score(x) == 0 ? null : BruteForceRay.FirstSignChange(naive, x, u);
        if ((expected is not null) != found.Exists)
        {
            // Rounding alone decides whether f touches zero or crosses it: it must then rest there.
            double touch = expected?.Length ?? found.Length;
            Assert.All([touch, 1.1 * touch], t => Assert.Equal(0, naive.Score(NaiveNetwork.Move(x, u, t)), 1e-6 * (1 + touch)));
            return true;
        }

        if (expected is { } crossing)
        {
            double tolerance = 2e-6 * (1 + crossing.Length) * Math.Sqrt(naive.InputDimension);
            Assert.InRange(Math.Abs(found.Length - crossing.Length) * Math.Abs(crossing.Slope), 0, tolerance);
            Assert.InRange(Math.Abs(naive.Score(NaiveNetwork.Move(x, u, found.Length))), 0, tolerance);
        }

        return false;
    }
}
