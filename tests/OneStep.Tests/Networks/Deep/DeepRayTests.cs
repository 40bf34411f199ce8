using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks.Deep;

public class DeepRayTests
{
    [Fact]
    public void Integer_networks_cross_where_exact_arithmetic_says()
    {
        int crossings = 0;
        int without = 0;
        int undecided = 0;
        int bent = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            int[] widths = [3, .. Enumerable.Range(0, seed % 4).Select(l => 3 + ((seed + l) % 5)), 1 + (seed % 3)];
            NaiveDeepNetwork naive = NaiveDeepNetwork.Integer(widths, hasBias: seed % 2 == 0, seed);
            using DeepNetwork network = naive.ToLibrary();
            Matrix<float> inputs = Shapes.IntegerInputs(12, 3, seed);
            Matrix<float> directions = Shapes.IntegerInputs(12, 3, seed + 1000);
            var rays = new RayBatch(inputs, directions);
            foreach ((DeepScoreFunction function, int[] competitors) in network.Functions())
            {
                RayCrossing[] found = function.FirstSignChanges(rays, threads: 1 + (seed % 2));
                for (int i = 0; i < 12; i++)
                {
                    double[] x = inputs.ToRows()[i];
                    double[] u = directions.ToRows()[i];
                    (Rational Length, Rational Slope)? expected = ExactDeepRay.FirstSignChange(naive, x, u, function.Output, competitors);
                    bool isSame = (expected is not null) == found[i].Exists
                        && (expected is not { } crossing || Math.Abs(crossing.Length.ToDouble() - found[i].Length) <= 1e-5 * (1e-2 + found[i].Length));
                    crossings += isSame && found[i].Exists ? 1 : 0;
                    without += isSame && !found[i].Exists ? 1 : 0;
                    undecided += isSame ? 0 : 1;
                    if (isSame && expected is { } exact)
                    {
                        // A crossing at a kink may have the slope of the piece before it.
                        bent += Math.Abs(exact.Slope.ToDouble() - found[i].Slope) <= 1e-4 * Math.Abs(found[i].Slope) ? 0 : 1;
                    }
                    else if (!isSame)
                    {
                        // The margin touches zero without crossing it at a point that float32 cannot hold.
                        double[] touches = [.. new[] { expected?.Length.ToDouble(), found[i].Exists ? found[i].Length : null }.OfType<double>()];
                        Assert.Equal(0, naive.Margin(NaiveNetwork.Move(x, u, touches.Min()), function.Output, competitors), 1e-4);
                    }
                }
            }
        }

        Assert.InRange(crossings, 250, 1000);
        Assert.InRange(without, 250, 1000);
        Assert.InRange(undecided, 0, 4);
        Assert.InRange(bent, 0, 10);
    }

    [Fact]
    public void Random_networks_keep_their_sign_up_to_the_crossing_and_change_it_there()
    {
        int found = 0;
        foreach ((int[] widths, bool hasBias, int count) in DeepShapes.Sample())
        {
            NaiveDeepNetwork naive = NaiveDeepNetwork.Random(widths, hasBias, seed: count + widths.Length);
            using DeepNetwork network = naive.ToLibrary();
            foreach ((DeepScoreFunction function, int[] competitors) in network.Functions())
            {
                RayBatch rays = function.Steps(Shapes.UnitInputs(count, widths[0], seed: 7));
                RayCrossing[] crossings = function.FirstSignChanges(rays);
                for (int i = 0; i < count; i += 11)
                {
                    double[] x = rays.Origins.ToRows()[i];
                    double[] u = rays.Directions.ToRows()[i];
                    double At(double t) => naive.Margin(NaiveNetwork.Move(x, u, t), function.Output, competitors);
                    double sign = Math.Sign(At(0));
                    double end = crossings[i].Exists ? crossings[i].Length : 10;
                    Assert.All(Enumerable.Range(0, 100), k => Assert.InRange(sign * At(end * k / 100), -1e-6 * (1 + end), double.PositiveInfinity));
                    if (crossings[i].Exists)
                    {
                        found++;
                        Assert.InRange(crossings[i].Slope * sign, double.NegativeInfinity, 0);

                        // Pre-activations grow with t, and their rounding with them.
                        Assert.InRange(Math.Abs(At(end)), 0, 1e-6 * (1 + end));
                    }
                }
            }
        }

        Assert.InRange(found, 70, 2000);
    }

    [Fact]
    public void Deep_rays_of_a_two_layer_network_are_those_of_its_own_solver()
    {
        foreach (bool hasBias in (bool[])[false, true])
        {
            using TwoLayerNetwork network = Shapes.Gaussian(700, 20, seed: 1, hasBias);
            using DeepNetwork deep = DeepNetwork.FromTwoLayer(network);
            var function = new DeepScore(deep);
            RayBatch steps = network.Steps(Shapes.UnitInputs(40, 20, seed: 2));
            var random = new RayBatch(steps.Origins, Shapes.UnitInputs(40, 20, seed: 3));
            foreach (RayBatch rays in (RayBatch[])[steps, random])
            {
                foreach ((RayCrossing expected, RayCrossing found) in network.FirstSignChanges(rays).Zip(function.FirstSignChanges(rays)))
                {
                    Assert.Equal(expected.Exists, found.Exists);
                    Assert.True(!expected.Exists || Math.Abs(expected.Length - found.Length) <= 1e-5 * expected.Length);
                    Assert.Equal(expected.Slope, found.Slope, 1e-4 * Math.Abs(expected.Slope));
                }
            }
        }
    }

    [Fact]
    public void Limits_and_expectations_do_not_move_a_crossing()
    {
        using DeepNetwork network = NaiveDeepNetwork.Random([20, 70, 60, 50, 1], hasBias: true, seed: 1).ToLibrary();
        var function = new DeepScore(network);
        RayBatch rays = function.Steps(Shapes.UnitInputs(40, 20, seed: 2));
        RayCrossing[] free = function.FirstSignChanges(rays);
        int[] exist = [.. Enumerable.Range(0, 40).Where(i => free[i].Exists)];
        Assert.InRange(exist.Length, 20, 40);
        foreach (double factor in (double[])[1e-6, 0.3, 3, 1e4, 1e300, 0, -1, double.NaN, double.PositiveInfinity])
        {
            RayCrossing[] found = function.FirstSignChanges(
                new(rays.Origins, rays.Directions) { ExpectedLengths = [.. free.Select(crossing => factor * (crossing.Exists ? crossing.Length : 1))] });
            Assert.All(free.Zip(found), pair => AssertClose(pair.First, pair.Second));
        }

        foreach (double factor in (double[])[0, -1, 0.999, 1.001, 100])
        {
            RayCrossing[] found = function.FirstSignChanges(
                new(rays.Origins, rays.Directions) { Limits = [.. free.Select(crossing => factor * crossing.Length)] });
            Assert.All(exist, i => AssertClose(factor > 1 ? free[i] : RayCrossing.None, found[i]));
        }
    }

    [Fact]
    public void Every_number_of_threads_and_every_batching_gives_the_same_bits()
    {
        using DeepNetwork network = NaiveDeepNetwork.Random([15, 65, 40, 33, 3], hasBias: true, seed: 1).ToLibrary();
        foreach ((DeepScoreFunction function, _) in network.Functions())
        {
            Matrix<float> inputs = Shapes.UnitInputs(150, 15, seed: 2);
            var rays = new RayBatch(inputs, Shapes.UnitInputs(150, 15, seed: 3));
            RayCrossing[] expected = function.FirstSignChanges(rays);
            Assert.Equal(expected, function.FirstSignChanges(rays, threads: 2));
            Assert.Equal(expected, function.FirstSignChanges(rays, threads: 3));
            for (int first = 0; first < 150; first += 47)
            {
                int count = Math.Min(47, 150 - first);
                var part = new RayBatch(inputs.RowRange(first, count), rays.Directions.RowRange(first, count));
                Assert.Equal(expected.Skip(first).Take(count), function.FirstSignChanges(part));
            }
        }
    }

    [Fact]
    public void A_ray_far_beyond_its_expectation_is_followed_in_many_windows()
    {
        // The score turns back before zero again and again: a sum of teeth, each a little lower, over many kinks.
        const int Teeth = 3000;
        var network = new DeepNetwork([new(Teeth, 2), new(1, Teeth + 1)], hasBias: true);
        float[] last = new float[Teeth + 1];
        for (int s = 0; s < Teeth; s++)
        {
            network.Layers[0].SetRow(s, [1, -s]);
            last[s] = s == 0 ? -1 : s % 2 == 1 ? 1.9998f : -2;
        }

        last[Teeth] = 100;
        network.Layers[1].SetRow(0, last);
        using (network)
        {
            // The reference walks one unit at a time.
            double value = 100;
            double slope = 0;
            double expected = double.PositiveInfinity;
            for (int s = 0; s < Teeth && double.IsPositiveInfinity(expected); s++)
            {
                slope += last[s];
                expected = value + slope < 0 || (s == Teeth - 1 && slope < 0) ? s + (value / -slope) : expected;
                value += slope;
            }

            var rays = new RayBatch(new(1, 1, [0]), new(1, 1, [1])) { ExpectedLengths = [1] };
            RayCrossing found = new DeepScore(network).FirstSignChanges(rays)[0];
            Assert.InRange(expected, 100, 1e9);
            Assert.Equal(expected, found.Length, 1e-3 * expected);
        }
    }

    [Fact]
    public void First_kinks_are_those_of_exact_arithmetic()
    {
        int none = 0;
        for (int seed = 0; seed < 30; seed++)
        {
            int[] widths = [3, .. Enumerable.Range(0, seed % 4).Select(l => 2 + ((seed + l) % 4)), 2];
            NaiveDeepNetwork naive = NaiveDeepNetwork.Integer(widths, hasBias: seed % 2 == 0, seed);
            using DeepNetwork network = naive.ToLibrary();
            var rays = new RayBatch(Shapes.IntegerInputs(9, 3, seed), Shapes.IntegerInputs(9, 3, seed + 1));
            double[] kinks = network.FirstKinks(rays, threads: 2, CancellationToken.None);
            for (int i = 0; i < 9; i++)
            {
                double expected = ExactDeepRay.FirstKink(naive, rays.Origins.ToRows()[i], rays.Directions.ToRows()[i])?.ToDouble() ?? double.PositiveInfinity;
                none += double.IsPositiveInfinity(expected) ? 1 : 0;
                Assert.True(expected == kinks[i] || Math.Abs(expected - kinks[i]) <= 1e-6 * expected);
            }
        }

        Assert.InRange(none, 10, 200);
    }

    [Fact]
    public void Steps_on_a_deep_network_are_all_verified()
    {
        NaiveDeepNetwork naive = NaiveDeepNetwork.Random([50, 100, 80, 60, 60, 3], hasBias: false, seed: 4);
        using DeepNetwork network = naive.ToLibrary();
        foreach ((DeepScoreFunction function, int[] competitors) in network.Functions())
        {
            Matrix<float> inputs = Shapes.UnitInputs(60, 50, seed: 5);
            int[] labels = [.. inputs.ToRows().Select(x => Math.Sign(naive.Margin(x, function.Output, competitors)))];
            OneStep.Attacks.AttackResult result = Attacks.AttackScenes.AttackOnce(function, new(inputs, labels));
            int flipped = result.Examples.Count(example => example.Status == OneStep.Attacks.ExampleStatus.Flipped);
            Assert.InRange(flipped, 50, 60);
            Assert.DoesNotContain(result.Examples, example => example.Status == OneStep.Attacks.ExampleStatus.Unverified);
        }
    }

    private static void AssertClose(RayCrossing expected, RayCrossing found)
    {
        Assert.Equal(expected.Exists, found.Exists);

        // What float32 leaves of a score of order one.
        Assert.True(!expected.Exists || Math.Abs((expected.Length - found.Length) * expected.Slope) <= 2e-6 + (1e-6 * expected.Length * Math.Abs(expected.Slope)));
        Assert.Equal(expected.Slope, found.Slope, 1e-4 * Math.Abs(expected.Slope));
    }
}
