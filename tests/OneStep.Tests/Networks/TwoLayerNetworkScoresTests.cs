using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks;

public class TwoLayerNetworkScoresTests
{
    [Fact]
    public void Scores_and_gradients_of_integer_networks_are_exact_for_every_shape()
    {
        foreach ((int dimension, int width, int count, bool hasBias) in Shapes.Sample())
        {
            NaiveNetwork naive = Shapes.Integer(width, dimension, seed: width, hasBias);
            using TwoLayerNetwork network = naive.ToLibrary();
            Matrix<float> inputs = Shapes.IntegerInputs(count, dimension, seed: count);
            (double[] scores, Matrix<float> gradients) = network.ScoresAndGradients(inputs);
            BoundedScore[] inDouble = network.ScoresInDouble(inputs.Widen());

            // The first and last inputs of every group and tile are among these.
            foreach (int i in Enumerable.Range(0, count).Where(i => i % 5 == 0 || i % 12 is 0 or 11 || i == count - 1))
            {
                // Multiplied once by m^{-1/2}, as the library does.
                double[] x = [.. inputs.Row(i).ToArray().Select(v => (double)v)];
                var unscaled = new double[dimension];
                double sum = 0;
                for (int s = 0; s < width; s++)
                {
                    double p = naive.PreActivation(s, x);
                    if (p > 0)
                    {
                        sum += naive.Signs[s] * p;
                        for (int k = 0; k < dimension; k++)
                        {
                            unscaled[k] += naive.Signs[s] * naive.Weights[s][k];
                        }
                    }
                }

                Assert.Equal(sum * naive.Scale, scores[i]);
                Assert.Equal(sum * naive.Scale, inDouble[i].Value);
                Bits.AssertSame(Array.ConvertAll(unscaled, v => (float)((v + 0.0) * naive.Scale)), gradients.Row(i));
            }
        }
    }

    [Fact]
    public void Scores_and_gradients_of_random_networks_agree_with_the_formula()
    {
        foreach ((int dimension, int width, int count, bool hasBias) in Shapes.Sample().Where(shape => shape.Count < 96))
        {
            using TwoLayerNetwork network = Shapes.Gaussian(width, dimension, seed: width + dimension, hasBias);
            NaiveNetwork naive = network.ToNaive();
            Matrix<float> inputs = Shapes.UnitInputs(count, dimension, seed: count);
            (double[] scores, Matrix<float> gradients) = network.ScoresAndGradients(inputs);
            BoundedScore[] inDouble = network.ScoresInDouble(inputs.Widen());
            double norms = naive.Weights.Sum(row => Math.Sqrt(row.Sum(w => w * w))) * Math.Sqrt(2) * naive.Scale;
            double[][] rows = inputs.ToRows();
            foreach (int i in Enumerable.Range(0, count).Where(i => i % 7 == 0))
            {
                double exact = naive.Score(rows[i]);
                Assert.Equal(exact, scores[i], 2e-7 * norms);
                Assert.Equal(exact, inDouble[i].Value, 1e-14 * norms);

                // Neurons at zero to within rounding may count either way.
                double[] gradient = naive.Gradient(rows[i]);
                int undecided = Enumerable.Range(0, width).Count(s => Math.Abs(naive.PreActivation(s, rows[i])) < 1e-5);
                double tolerance = (1e-6 * Math.Sqrt(width)) + (6 * undecided * naive.Scale);
                for (int k = 0; k < dimension; k++)
                {
                    Assert.Equal(gradient[k], gradients[i, k], tolerance);
                }
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_gradient_is_that_of_finite_differences(bool hasBias)
    {
        using TwoLayerNetwork network = Shapes.Gaussian(500, 7, seed: 3, hasBias);
        NaiveNetwork naive = network.ToNaive();
        Matrix<float> inputs = Shapes.UnitInputs(20, 7, seed: 4);
        (_, Matrix<float> gradients) = network.ScoresAndGradients(inputs);
        double[][] rows = inputs.ToRows();
        for (int i = 0; i < inputs.Rows; i++)
        {
            double[] expected = FiniteDifferences.Gradient(naive.Score, rows[i], h: 1e-8);
            Assert.All(expected.Zip(gradients.Row(i).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
        }
    }

    [Fact]
    public void Neurons_at_exactly_zero_have_no_gradient()
    {
        using TwoLayerNetwork network = new NaiveNetwork([[1, -1], [2, 1]], [1, 1]).ToLibrary();
        (double[] scores, Matrix<float> gradients) = network.ScoresAndGradients(new(1, 2, [1, 1]));
        Assert.Equal(3 / Math.Sqrt(2), scores[0], 15);
        Assert.Equal([(float)(2 / Math.Sqrt(2)), (float)(1 / Math.Sqrt(2))], gradients.Data);
    }

    [Fact]
    public void A_network_without_active_neurons_is_zero_with_gradient_zero()
    {
        using TwoLayerNetwork network = new NaiveNetwork([[-1, -1], [-2, 0]], [1, -1]).ToLibrary();
        (double[] scores, Matrix<float> gradients) = network.ScoresAndGradients(new(1, 2, [1, 1]));
        Assert.Equal([0.0], scores);
        Assert.Equal([0f, 0f], gradients.Data);
        Assert.Equal(0, network.ScoresInDouble(new(1, 2, [1, 1]))[0].CertainSign);
    }

    [Fact]
    public void The_bias_counts_in_the_score_and_has_no_gradient()
    {
        using TwoLayerNetwork network = new NaiveNetwork([[1, 0, 10], [0, 1, -10]], [1, 1], hasBias: true).ToLibrary();
        Assert.Equal(2, network.InputDimension);
        (double[] scores, Matrix<float> gradients) = network.ScoresAndGradients(new(1, 2, [3, 4]));
        Assert.Equal(13 / Math.Sqrt(2), scores[0], 15);
        Assert.Equal([(float)(1 / Math.Sqrt(2)), 0f], gradients.Data);
    }

    [Fact]
    public void No_inputs_have_no_scores()
    {
        using TwoLayerNetwork network = Shapes.Gaussian(40, 3, seed: 1);
        (double[] scores, Matrix<float> gradients) = network.ScoresAndGradients(new(0, 3), threads: 2);
        Assert.Empty(scores);
        Assert.Empty(gradients.Data);
        Assert.Empty(network.ScoresInDouble(new(0, 3)));
        Assert.Empty(network.FirstSignChanges(new(new(0, 3), new(0, 3))));
    }

    [Fact]
    public void A_copy_lives_on_when_the_original_is_gone()
    {
        TwoLayerNetwork network = Shapes.Gaussian(40, 3, seed: 1);
        Matrix<float> inputs = Shapes.UnitInputs(2, 3, seed: 2);
        (double[] expected, _) = network.ScoresAndGradients(inputs);
        using TwoLayerNetwork copy = network.Clone();
        network.Dispose();
        Assert.Equal(expected, copy.ScoresAndGradients(inputs).Scores);
        Assert.Throws<ObjectDisposedException>(() => network.ScoresAndGradients(inputs));
    }
}
