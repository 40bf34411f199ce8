using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks;

/// <summary>
/// Awkward shapes around the sizes of tiles (12), panels (32), blocks (160), slabs (800) and groups (96), and networks
/// and inputs for them.
/// </summary>
internal static class Shapes
{
    private static readonly int[] Dimensions = [1, 2, 3, 25, 33, 100];
    private static readonly int[] Widths = [1, 2, 31, 32, 33, 159, 160, 161, 799, 801, 2500];
    private static readonly int[] Counts = [1, 2, 11, 12, 13, 31, 33, 96, 97, 200];

    /// <summary>Every dimension, width and count some times, in changing company.</summary>
    public static IEnumerable<(int Dimension, int Width, int Count, bool HasBias)> Sample()
    {
        for (int i = 0; i < 44; i++)
        {
            yield return (Dimensions[i % 6], Widths[i % 11], Counts[i * 3 % 10], i / 11 % 2 == 0);
        }
    }

    public static TwoLayerNetwork Gaussian(int width, int dimension, int seed, bool hasBias = false) =>
        NaiveNetwork.Random(width, dimension, seed, hasBias).ToLibrary();

    /// <summary>
    /// A network of small integers: float32 holds every intermediate result exactly, so that results can be compared to
    /// the last bit, and pre-activations of exactly zero are common.
    /// </summary>
    public static NaiveNetwork Integer(int width, int dimension, int seed, bool hasBias = false)
    {
        var random = new Random(seed);
        double[][] weights = [.. Enumerable.Range(0, width).Select(_ =>
            Enumerable.Range(0, dimension + (hasBias ? 1 : 0)).Select(_ => (double)random.Next(-3, 4)).ToArray())];
        return new(weights, [.. Enumerable.Range(0, width).Select(_ => random.Next(2) == 0 ? -1.0 : 1.0)], hasBias);
    }

    public static Matrix<float> IntegerInputs(int count, int dimension, int seed)
    {
        var random = new Random(seed);
        return new(count, dimension, [.. Enumerable.Range(0, count * dimension).Select(_ => (float)random.Next(-2, 3))]);
    }

    public static Matrix<float> UnitInputs(int count, int dimension, int seed)
    {
        var random = new RandomInputs(seed);
        return new(count, dimension, [.. Enumerable.Range(0, count).SelectMany(_ => random.Unit(dimension)).Select(v => (float)v)]);
    }

    public static Matrix<double> Widen(this Matrix<float> matrix) => new(matrix.Rows, matrix.Columns, Array.ConvertAll(matrix.Data, v => (double)v));

    public static (double[] Scores, Matrix<float> Gradients) ScoresAndGradients(this IScoreFunction function, Matrix<float> inputs, int threads = 1)
    {
        using ScoreWorkspace workspace = function.CreateWorkspace(threads);
        double[] scores = new double[inputs.Rows];
        var gradients = new Matrix<float>(inputs.Rows, inputs.Columns);
        function.ScoresAndGradients(inputs, scores, gradients, workspace, CancellationToken.None);
        return (scores, gradients);
    }

    public static BoundedScore[] ScoresInDouble(this IScoreFunction function, Matrix<double> inputs, int threads = 1)
    {
        using ScoreWorkspace workspace = function.CreateWorkspace(threads);
        BoundedScore[] scores = new BoundedScore[inputs.Rows];
        function.ScoresInDouble(inputs, scores, workspace, CancellationToken.None);
        return scores;
    }

    public static RayCrossing[] FirstSignChanges(this IScoreFunction function, RayBatch rays, int threads = 1)
    {
        using ScoreWorkspace workspace = function.CreateWorkspace(threads);
        RayCrossing[] crossings = new RayCrossing[rays.Count];
        function.FirstSignChanges(rays, crossings, workspace, CancellationToken.None);
        return crossings;
    }

    /// <summary>The rays −sign(f) ∇f/‖∇f‖ of the single step.</summary>
    public static RayBatch Steps(this IScoreFunction function, Matrix<float> inputs)
    {
        (double[] scores, Matrix<float> gradients) = function.ScoresAndGradients(inputs);
        for (int i = 0; i < inputs.Rows; i++)
        {
            Vectors.SetUnit(gradients.Row(i), -Math.Sign(scores[i]), gradients.Row(i));
        }

        return new(inputs, gradients);
    }
}
