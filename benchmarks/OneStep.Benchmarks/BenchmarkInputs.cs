using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Benchmarks;

/// <summary>Inputs of unit norm.</summary>
internal static class BenchmarkInputs
{
    /// <summary>Gaussian directions: no coordinate is zero.</summary>
    public static Matrix<float> Dense(int count, int dimension)
    {
        var random = new RandomStream(7, RandomPurpose.RandomInputs);
        var inputs = new Matrix<float>(count, dimension);
        for (int i = 0; i < count; i++)
        {
            random.Gaussians(i, inputs.Row(i));
            Vectors.SetUnit(inputs.Row(i), 1, inputs.Row(i));
        }

        return inputs;
    }

    /// <summary>One coordinate in six is not zero: the middle third of every second run of coordinates.</summary>
    public static Matrix<float> Sparse(int count, int dimension)
    {
        Matrix<float> inputs = Dense(count, dimension);
        int run = Math.Max(6, (int)Math.Sqrt(dimension));
        for (int i = 0; i < count; i++)
        {
            Span<float> row = inputs.Row(i);
            for (int k = 0; k < dimension; k++)
            {
                int place = (k + (i % 4)) % (2 * run);
                if (place < run / 2 || place >= run / 2 + (run / 3))
                {
                    row[k] = 0;
                }
            }

            Vectors.SetUnit(row, 1, row);
        }

        return inputs;
    }

    /// <summary>The rays of the single gradient step at inputs, with the lengths that a linear function would have.</summary>
    /// <param name="inputs">The inputs, [n, d].</param>
    /// <param name="scores">f at the inputs, [n].</param>
    /// <param name="gradients">∇f at the inputs, [n, d].</param>
    public static RayBatch StepRays(Matrix<float> inputs, double[] scores, Matrix<float> gradients)
    {
        var directions = new Matrix<float>(inputs.Rows, inputs.Columns);
        double[] expected = new double[inputs.Rows];
        for (int i = 0; i < inputs.Rows; i++)
        {
            double norm = Vectors.SetUnit(gradients.Row(i), -Math.Sign(scores[i]), directions.Row(i));
            expected[i] = Math.Abs(scores[i]) / norm;
        }

        return new(inputs, directions) { ExpectedLengths = expected };
    }
}
