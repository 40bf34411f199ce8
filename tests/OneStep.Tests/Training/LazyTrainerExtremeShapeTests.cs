using OneStep.Data;
using OneStep.Networks;
using OneStep.Tests.Networks;
using OneStep.Training;

namespace OneStep.Tests.Training;

/// <summary>Two steps at large dimensions and widths, held against the formula on a few neurons.</summary>
public class LazyTrainerExtremeShapeTests
{
    private const double LearningRate = 0.7;

    [Theory]
    [InlineData(10_000, 1_001, BallMode.Project, false)]
    [InlineData(10_000, 257, BallMode.Stop, true)]
    [InlineData(1, 100_001, BallMode.Epoch, true)]
    [InlineData(100, 100_001, BallMode.Stop, false)]
    [InlineData(100, 100_001, BallMode.Project, true)]
    public void Two_steps_move_each_row_as_the_formula_says(int dimension, int width, BallMode ball, bool bias)
    {
        using TwoLayerNetwork network = Initialization.Draw(
            width, dimension, InitializationKind.Standard, bias, seed: 21, threads: 2, CancellationToken.None);
        var examples = new LabelledInputs(Shapes.UnitInputs(5, dimension, seed: 22), [1, -1, 1, 1, -1]);
        using TwoLayerNetwork reference = network.Clone();

        // One batch holds all five examples, so their order plays no part.
        var options = new TrainingOptions { Batch = 5, Epochs = 2, Ball = ball, LearningRate = LearningRate };
        using TrainedNetwork trained = new LazyTrainer(options, seed: 1).Train(network, radius: 100, examples, new() { Threads = 2 });

        Assert.Equal(2, trained.Summary!.Steps);
        for (int step = 0; step < 2; step++)
        {
            TakeStep(reference, examples);
        }

        int[] neurons = [0, 1, 31, 32, width / 2, width - 2, width - 1];
        float[] expected = new float[network.Weights.Columns];
        float[] actual = new float[network.Weights.Columns];
        float[] initial = new float[network.Weights.Columns];
        bool moved = false;
        foreach (int s in neurons)
        {
            reference.Weights.CopyRowTo(s, expected);
            network.Weights.CopyRowTo(s, actual);
            trained.InitialWeights.CopyRowTo(s, initial);
            moved |= !initial.AsSpan().SequenceEqual(actual);
            for (int k = 0; k < actual.Length; k++)
            {
                // Ten examples are added in float32, each rounding a weight below 4 by at most 2⁻²³; a move is ten times as large.
                Assert.Equal(expected[k], actual[k], 1.5e-6);
            }
        }

        Assert.True(moved);
    }

    // One step of gradient descent on the mean loss, each move computed in float64 from the float64 scores.
    private static void TakeStep(TwoLayerNetwork network, LabelledInputs examples)
    {
        int columns = network.Weights.Columns;
        BoundedScore[] scores = network.ScoresInDouble(examples.Inputs.Widen(), threads: 2);
        double scale = 1 / Math.Sqrt(network.Width);
        float[] row = new float[columns];
        double[] moves = new double[columns];
        for (int s = 0; s < network.Width; s++)
        {
            network.Weights.CopyRowTo(s, row);
            Array.Clear(moves);
            for (int i = 0; i < examples.Count; i++)
            {
                Span<float> x = examples.Inputs.Row(i);
                double p = columns > x.Length ? row[^1] : 0;
                for (int k = 0; k < x.Length; k++)
                {
                    p += (double)row[k] * x[k];
                }

                if (p > 0)
                {
                    int y = examples.Labels[i];
                    double factor = LearningRate / examples.Count * scale * network.Signs[s] * y / (1 + Math.Exp(y * scores[i].Value));
                    for (int k = 0; k < columns; k++)
                    {
                        moves[k] += factor * (k < x.Length ? x[k] : 1);
                    }
                }
            }

            for (int k = 0; k < columns; k++)
            {
                row[k] = (float)(row[k] + moves[k]);
            }

            network.Weights.SetRow(s, row);
        }
    }
}
