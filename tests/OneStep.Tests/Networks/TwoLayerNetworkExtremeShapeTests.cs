using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.Numerics;

namespace OneStep.Tests.Networks;

/// <summary>
/// Dimensions from 1 to 10 000 and widths to a million, held against the formula in float64, evaluated row by row so that
/// no second copy of a large network is needed.
/// </summary>
public class TwoLayerNetworkExtremeShapeTests
{
    /// <summary>Dimension, width, inputs.</summary>
    public static TheoryData<int, int, int> ExtremeShapes { get; } = new()
    {
        { 1, 1_000_000, 3 },
        { 1, 1, 1 },
        { 2, 1_000_000, 1 },
        { 7, 1_000_000, 3 },
        { 7, 999_999, 1 },
        { 784, 50_001, 3 },
        { 784, 33, 1 },
        { 10_000, 1, 1 },
        { 10_000, 1_000, 3 },
        { 10_000, 2_049, 1 },
    };

    [Theory]
    [MemberData(nameof(ExtremeShapes))]
    public void Scores_gradients_and_crossings_agree_with_the_formula_in_float64(int dimension, int width, int count)
    {
        using TwoLayerNetwork network = Initialization.Draw(
            width, dimension, InitializationKind.Standard, bias: false, seed: 11, threads: 2, CancellationToken.None);
        Matrix<float> inputs = Shapes.UnitInputs(count, dimension, seed: 12);
        (double[] scores, Matrix<float> gradients) = network.ScoresAndGradients(inputs, threads: 2);
        BoundedScore[] inDouble = network.ScoresInDouble(inputs.Widen(), threads: 2);
        FloatingReference expected = FloatingReference.Of(network, inputs);
        for (int i = 0; i < count; i++)
        {
            // Every summand |w x| is at most ‖w‖, about √d.
            double size = Math.Sqrt(dimension);
            Assert.Equal(expected.Scores[i], scores[i], 1e-6 * size);
            Assert.InRange(inDouble[i].Value, expected.Scores[i] - inDouble[i].ErrorBound - (1e-12 * size), expected.Scores[i] + inDouble[i].ErrorBound + (1e-12 * size));

            // A neuron at zero to within rounding may count either way.
            double tolerance = 2e-5 + (6.0 * expected.Undecided[i] / Math.Sqrt(width));
            for (int k = 0; k < dimension; k++)
            {
                Assert.Equal(expected.Gradients[i][k], gradients[i, k], tolerance);
            }
        }

        AssertCrossingsAreZeros(network, inputs);
    }

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(784, 20_001)]
    [InlineData(10_000, 333)]
    public void Results_do_not_depend_on_the_batch_or_the_threads(int dimension, int width)
    {
        using TwoLayerNetwork network = Initialization.Draw(
            width, dimension, InitializationKind.Standard, bias: true, seed: 13, threads: 2, CancellationToken.None);
        Matrix<float> inputs = Shapes.UnitInputs(3, dimension, seed: 14);
        (double[] scores, Matrix<float> gradients) = network.ScoresAndGradients(inputs, threads: 3);
        for (int i = 0; i < 3; i++)
        {
            (double[] score, Matrix<float> gradient) = network.ScoresAndGradients(inputs.RowRange(i, 1), threads: 1);
            Assert.Equal(scores[i], score[0]);
            Bits.AssertSame(gradients.Row(i), gradient.Row(0));
        }
    }

    // Just before the length found the sign is the old one, just behind it the new one, judged in float64.
    private static void AssertCrossingsAreZeros(TwoLayerNetwork network, Matrix<float> inputs)
    {
        RayBatch steps = network.Steps(inputs);
        RayCrossing[] crossings = network.FirstSignChanges(steps, threads: 2);
        var before = new Matrix<double>(inputs.Rows, inputs.Columns);
        var behind = new Matrix<double>(inputs.Rows, inputs.Columns);
        for (int i = 0; i < inputs.Rows; i++)
        {
            for (int k = 0; k < inputs.Columns; k++)
            {
                double length = crossings[i].Exists ? crossings[i].Length : 0;
                before[i, k] = inputs[i, k] + (0.999 * length * steps.Directions[i, k]);
                behind[i, k] = inputs[i, k] + (1.001 * length * steps.Directions[i, k]);
            }
        }

        BoundedScore[] at = network.ScoresInDouble(inputs.Widen(), threads: 2);
        BoundedScore[] scoresBefore = network.ScoresInDouble(before, threads: 2);
        BoundedScore[] scoresBehind = network.ScoresInDouble(behind, threads: 2);
        for (int i = 0; i < inputs.Rows; i++)
        {
            if (crossings[i].Exists)
            {
                Assert.Equal(at[i].CertainSign, scoresBefore[i].CertainSign);
                Assert.Equal(-at[i].CertainSign, scoresBehind[i].CertainSign);
            }
        }

        // In one dimension, or with one neuron, a function need not change its sign.
        Assert.True(inputs.Columns == 1 || network.Width == 1 || crossings.All(crossing => crossing.Exists));
    }

    /// <summary>f and ∇f of a few inputs, summed neuron by neuron in float64.</summary>
    private sealed record FloatingReference(double[] Scores, double[][] Gradients, int[] Undecided)
    {
        public static FloatingReference Of(TwoLayerNetwork network, Matrix<float> inputs)
        {
            double scale = 1 / Math.Sqrt(network.Width);
            double[] scores = new double[inputs.Rows];
            double[][] gradients = [.. scores.Select(_ => new double[inputs.Columns])];
            int[] undecided = new int[inputs.Rows];
            float[] row = new float[inputs.Columns];
            for (int s = 0; s < network.Width; s++)
            {
                network.Weights.CopyRowTo(s, row);
                for (int i = 0; i < inputs.Rows; i++)
                {
                    double p = 0;
                    Span<float> x = inputs.Row(i);
                    for (int k = 0; k < row.Length; k++)
                    {
                        p += (double)row[k] * x[k];
                    }

                    undecided[i] += Math.Abs(p) < 1e-6 * Math.Sqrt(row.Length) ? 1 : 0;
                    if (p > 0)
                    {
                        double factor = scale * network.Signs[s];
                        scores[i] += factor * p;
                        for (int k = 0; k < row.Length; k++)
                        {
                            gradients[i][k] += factor * row[k];
                        }
                    }
                }
            }

            return new(scores, gradients, undecided);
        }
    }
}
