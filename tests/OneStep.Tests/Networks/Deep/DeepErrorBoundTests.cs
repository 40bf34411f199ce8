using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks.Deep;

/// <summary>The bound on the error of float64 scores, against scores in exact arithmetic.</summary>
public class DeepErrorBoundTests
{
    [Fact]
    public void The_bound_holds_against_exact_arithmetic_at_every_depth()
    {
        double nearest = double.PositiveInfinity;
        foreach (int depth in (int[])[1, 2, 3, 5, 10, 20])
        {
            for (int seed = 0; seed < 4; seed++)
            {
                int width = 4 + (3 * seed);
                int[] widths = [6, .. Enumerable.Repeat(width, depth - 1), 1 + (seed % 3)];
                NaiveDeepNetwork naive = NaiveDeepNetwork.Random(widths, hasBias: seed % 2 == 0, seed: (10 * depth) + seed);
                using DeepNetwork network = naive.ToLibrary();
                var random = new RandomInputs(seed);
                var inputs = new Matrix<double>(2, 6, [.. random.Gaussian(12)]);
                foreach ((DeepScoreFunction function, int[] competitors) in network.Functions())
                {
                    BoundedScore[] scores = function.ScoresInDouble(inputs);
                    for (int i = 0; i < 2; i++)
                    {
                        Rational[] outputs = ExactDeepRay.Outputs(naive, inputs.Row(i).ToArray());
                        Rational exact = outputs[function.Output] - (competitors.Length == 0 ? 0 : competitors.Select(j => outputs[j]).Max());
                        double error = Math.Abs((exact - Rational.Of(scores[i].Value)).ToDouble());
                        Assert.True(error <= scores[i].ErrorBound, $"{error} > {scores[i].ErrorBound}");
                        nearest = Math.Min(nearest, error == 0 ? nearest : scores[i].ErrorBound / error);
                    }
                }
            }
        }

        // A bound for the worst case, but no absurd one.
        Assert.InRange(nearest, 1, 1e5);
    }

    [Fact]
    public void The_bound_holds_where_neurons_are_at_zero()
    {
        // The second neuron of the first layer is zero but for rounding; the third rests at zero.
        NaiveDeepNetwork naive = new([[[1, 1, -1], [-1, -1, 1], [0, 0, 0]], [[1, 2, 3], [-1, 1, 5]], [[1, 1]]], hasBias: false);
        using DeepNetwork network = naive.ToLibrary();
        double[] x = [0.1, 0.2, 0.3];
        BoundedScore score = new DeepScore(network).ScoresInDouble(new(1, 3, x))[0];
        double error = Math.Abs((ExactDeepRay.Outputs(naive, x)[0] - Rational.Of(score.Value)).ToDouble());
        Assert.True(error <= score.ErrorBound);
        Assert.Equal(0, score.CertainSign);
    }

    [Fact]
    public void Close_competitors_are_all_bounded()
    {
        // Two competitors that differ by less than rounding, behind a sum that cancels.
        double[] last = [1e8, -1e8, 1];
        NaiveDeepNetwork naive = new([[[1, 0], [1, 1e-9f], [0, 1]], [[0, 0, 1], last, [last[0], last[1], 1 + 1e-7f]]], hasBias: false);
        using DeepNetwork network = naive.ToLibrary();
        double[] x = [0.7, 1e-3];
        BoundedScore score = new ClassMargin(network, 0).ScoresInDouble(new(1, 2, x))[0];
        Rational[] outputs = ExactDeepRay.Outputs(naive, x);
        Rational exact = outputs[0] - (outputs[1].CompareTo(outputs[2]) > 0 ? outputs[1] : outputs[2]);
        Assert.True(Math.Abs((exact - Rational.Of(score.Value)).ToDouble()) <= score.ErrorBound);
    }

    [Theory]
    [InlineData(5, 1e-10)]
    [InlineData(20, 1e-4)]
    public void The_bound_stays_small_in_deep_networks(int depth, double largest)
    {
        int[] widths = [100, .. Enumerable.Repeat(200, depth - 1), 1];
        using DeepNetwork network = DeepInitialization.Draw(widths, bias: false, seed: 1, DeepInitializationScheme.He);
        var function = new DeepScore(network);
        BoundedScore[] scores = function.ScoresInDouble(Shapes.UnitInputs(20, 100, seed: 1).Widen());
        double size = Math.Sqrt(scores.Average(score => score.Value * score.Value));
        Assert.All(scores, score => Assert.InRange(score.ErrorBound, 0, largest * size));
    }

    [Fact]
    public void A_changed_weight_changes_the_bound()
    {
        using DeepNetwork network = NaiveDeepNetwork.Random([3, 4, 4, 1], hasBias: false, seed: 1).ToLibrary();
        var function = new DeepScore(network);
        var input = new Matrix<double>(1, 3, [1, 2, 3]);
        double before = function.ScoresInDouble(input)[0].ErrorBound;
        network.Layers[1].SetRow(0, [1e6f, 1e6f, 1e6f, 1e6f]);
        Assert.InRange(function.ScoresInDouble(input)[0].ErrorBound, 10 * before, double.PositiveInfinity);
    }
}
