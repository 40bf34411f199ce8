using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Data;

/// <summary>Random inputs for studies without data: independent and uniform on a sphere.</summary>
public static class SphereInputs
{
    /// <summary>Draws inputs g · norm/‖g‖ with g ~ N(0, I). An input is the same whatever others are drawn with it.</summary>
    /// <param name="count">n, at least 0.</param>
    /// <param name="dimension">d, at least 1.</param>
    /// <param name="norm">‖x‖, positive and finite.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="first">Which of the seed's inputs the first row is, at least 0.</param>
    /// <returns>x, [n, d].</returns>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    public static Matrix<float> Draw(int count, int dimension, double norm, ulong seed, int first = 0)
    {
        InvalidParameterException.Require(count >= 0, nameof(count), count, "an integer from 0 on");
        InvalidParameterException.Require(dimension >= 1, nameof(dimension), dimension, "an integer from 1 on");
        InvalidParameterException.Require(norm > 0 && double.IsFinite(norm), nameof(norm), norm, "a positive number");
        InvalidParameterException.Require(first >= 0, nameof(first), first, "an integer from 0 on");
        var stream = new RandomStream(seed, RandomPurpose.RandomInputs);
        var inputs = new Matrix<float>(count, dimension);
        float[] direction = new float[dimension];
        for (int i = 0; i < count; i++)
        {
            // No coordinate drawn is exactly zero, so that there always is a direction.
            stream.Gaussians(first + i, direction);
            Vectors.SetUnit(direction, norm, inputs.Row(i));
        }

        return inputs;
    }
}
