using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks.Deep;

public class DeepScoreTests
{
    [Fact]
    public void Outputs_scores_and_gradients_of_every_shape_are_those_of_naive_sums()
    {
        foreach ((int[] widths, bool hasBias, int count) in DeepShapes.Sample())
        {
            NaiveDeepNetwork naive = NaiveDeepNetwork.Random(widths, hasBias, seed: count);
            using DeepNetwork network = naive.ToLibrary();
            Matrix<float> inputs = Shapes.UnitInputs(count, widths[0], seed: 2);
            double[][] rows = inputs.ToRows();
            Matrix<double> outputs = network.OutputsOf(inputs, threads: 2, CancellationToken.None);
            Assert.All(rows.Select((x, i) => (Expected: naive.Outputs(x), Actual: outputs.Row(i).ToArray())), pair =>
                Assert.All(pair.Expected.Zip(pair.Actual), value => Assert.Equal(value.First, value.Second, 2e-5)));
            foreach ((DeepScoreFunction function, int[] competitors) in network.Functions())
            {
                (double[] scores, Matrix<float> gradients) = function.ScoresAndGradients(inputs);
                BoundedScore[] exact = function.ScoresInDouble(inputs.Widen());
                for (int i = 0; i < count; i++)
                {
                    double expected = naive.Margin(rows[i], function.Output, competitors);
                    Assert.Equal(expected, scores[i], 2e-5);
                    Assert.Equal(expected, exact[i].Value, 1e-13);
                    Assert.InRange(Math.Abs(expected - exact[i].Value), 0, 2 * exact[i].ErrorBound);
                    double[] gradient = naive.Gradient(rows[i], function.Output, competitors);
                    Assert.All(gradient.Zip(gradients.Row(i).ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
                }
            }
        }
    }

    [Fact]
    public void The_competitor_with_the_smallest_index_counts_at_ties()
    {
        using DeepNetwork network = new NaiveDeepNetwork([[[2, 0], [0, 1], [1, 0], [0, 1]]], hasBias: false).ToLibrary();
        (double[] scores, Matrix<float> gradients) = new ClassMargin(network, 0).ScoresAndGradients(new(1, 2, [1, 1]));
        Assert.Equal([1], scores);
        Assert.Equal([2f, -1f], gradients.Data);
    }

    [Fact]
    public void A_neuron_at_zero_has_no_derivative()
    {
        using DeepNetwork network = new NaiveDeepNetwork([[[1, -1], [1, 0]], [[5, 1]]], hasBias: false).ToLibrary();
        (double[] scores, Matrix<float> gradients) = new DeepScore(network).ScoresAndGradients(new(1, 2, [1, 1]));
        Assert.Equal([1], scores);
        Assert.Equal([1f, 0f], gradients.Data);
    }

    [Fact]
    public void A_two_layer_network_is_a_deep_one()
    {
        foreach (bool hasBias in (bool[])[false, true])
        {
            using TwoLayerNetwork network = Shapes.Gaussian(801, 25, seed: 3, hasBias);
            using DeepNetwork deep = DeepNetwork.FromTwoLayer(network);
            Matrix<float> inputs = Shapes.UnitInputs(50, 25, seed: 4);
            (double[] expected, Matrix<float> expectedGradients) = network.ScoresAndGradients(inputs);
            (double[] scores, Matrix<float> gradients) = new DeepScore(deep).ScoresAndGradients(inputs);
            Assert.All(expected.Zip(scores), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.All(expectedGradients.Data.Zip(gradients.Data), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
        }
    }

    [Fact]
    public void Every_number_of_threads_and_every_batching_gives_the_same_bits()
    {
        using DeepNetwork network = NaiveDeepNetwork.Random([19, 65, 40, 33, 3], hasBias: true, seed: 1).ToLibrary();
        Matrix<float> inputs = Shapes.UnitInputs(333, 19, seed: 2);
        foreach ((DeepScoreFunction function, _) in network.Functions())
        {
            (double[] scores, Matrix<float> gradients) = function.ScoresAndGradients(inputs);
            BoundedScore[] bounded = function.ScoresInDouble(inputs.Widen());
            foreach (int threads in (int[])[2, 3])
            {
                (double[] again, Matrix<float> gradientsAgain) = function.ScoresAndGradients(inputs, threads);
                Assert.Equal(scores, again);
                Assert.Equal(gradients.Data, gradientsAgain.Data);
                Assert.Equal(bounded, function.ScoresInDouble(inputs.Widen(), threads));
            }

            foreach (int size in (int[])[1, 32, 100])
            {
                for (int first = 0; first < inputs.Rows; first += 100)
                {
                    Matrix<float> part = inputs.RowRange(first, Math.Min(size, inputs.Rows - first));
                    (double[] again, Matrix<float> gradientsAgain) = function.ScoresAndGradients(part);
                    Assert.Equal(scores.Skip(first).Take(part.Rows), again);
                    Assert.Equal(gradients.RowRange(first, part.Rows).Data, gradientsAgain.Data);
                    Assert.Equal(bounded.Skip(first).Take(part.Rows), function.ScoresInDouble(part.Widen()));
                }
            }
        }
    }

    [Fact]
    public void Wrong_outputs_shapes_and_workspaces_are_errors()
    {
        using DeepNetwork network = NaiveDeepNetwork.Random([3, 5, 2], hasBias: false, seed: 1).ToLibrary();
        using DeepNetwork scalar = NaiveDeepNetwork.Random([3, 1], hasBias: false, seed: 1).ToLibrary();
        Assert.Contains("output is 2", Assert.Throws<InvalidParameterException>(() => new DeepScore(network, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("competitor is 1", Assert.Throws<InvalidParameterException>(() => new DeepScore(network, 1, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("at least 2", Assert.Throws<InvalidParameterException>(() => new ClassMargin(scalar, 0)).Message, StringComparison.Ordinal);
        var function = new DeepScore(network);
        using ScoreWorkspace workspace = function.CreateWorkspace(1);
        Assert.Throws<ArgumentException>(() => function.ScoresInDouble(new(1, 4), new BoundedScore[1], workspace, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => function.ScoresAndGradients(new(2, 3), new double[1], null, workspace, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => new DeepScore(network, 1).ScoresAndGradients(new(1, 3), new double[1], null, workspace, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => network.OutputsOf(new(1, 4), 1, CancellationToken.None));
        workspace.Dispose();
        Assert.Throws<ObjectDisposedException>(() => function.ScoresAndGradients(new(1, 3), new double[1], null, workspace, CancellationToken.None));
    }

    [Fact]
    public void A_cancelled_call_ends()
    {
        using DeepNetwork network = NaiveDeepNetwork.Random([3, 5, 2], hasBias: false, seed: 1).ToLibrary();
        var function = new DeepScore(network);
        using ScoreWorkspace workspace = function.CreateWorkspace(1);
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => function.ScoresAndGradients(new(1, 3), new double[1], null, workspace, cancelled));
        Assert.Throws<OperationCanceledException>(() => function.ScoresInDouble(new(1, 3), new BoundedScore[1], workspace, cancelled));
        Assert.Throws<OperationCanceledException>(() => function.FirstSignChanges(new(new(1, 3), new(1, 3)), new RayCrossing[1], workspace, cancelled));
    }
}
