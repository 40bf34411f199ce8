using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Networks;

/// <summary>Draws networks: w_{s,0} ~ N(0, I), a_s uniform on {−1, +1} (docs/mathematics.md, "Random numbers").</summary>
public static class Initialization
{
    private const int RowsAnItem = 256;

    /// <summary>Draws a two-layer network. Row s is the same for every width, and column k for every dimension.</summary>
    /// <param name="width">The width m; even for <see cref="InitializationKind.Antisymmetric"/>.</param>
    /// <param name="inputDimension">The input dimension d.</param>
    /// <param name="kind">How rows and signs are drawn.</param>
    /// <param name="bias">Whether every row has a bias, N(0, 1) as well.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="threads">How many threads may be used; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the call early with an <see cref="OperationCanceledException"/>.</param>
    public static TwoLayerNetwork Draw(
        int width, int inputDimension, InitializationKind kind, bool bias, ulong seed, int threads, CancellationToken cancellation)
    {
        bool paired = kind == InitializationKind.Antisymmetric;
        if (paired && width % 2 != 0)
        {
            throw new InvalidParameterException("width", width, "even for antisymmetric initialization");
        }

        int columns = inputDimension + (bias ? 1 : 0);
        var weights = new PackedWeights(width, columns);
        try
        {
            var gaussians = new RandomStream(seed, RandomPurpose.HiddenWeights);
            WorkGrid.Run((int)(((long)width + RowsAnItem - 1) / RowsAnItem), threads, cancellation, (item, _) =>
            {
                float[] row = new float[columns];
                int end = Math.Min((item + 1) * RowsAnItem, width);
                for (int s = item * RowsAnItem; s < end; s++)
                {
                    gaussians.Gaussians(paired ? s / 2 : s, row);
                    weights.SetRow(s, row);
                }
            });

            var signs = new RandomStream(seed, RandomPurpose.OutputSigns);
            sbyte[] a = new sbyte[width];
            for (int s = 0; s < width; s++)
            {
                a[s] = (sbyte)(paired ? 1 - (2 * (s % 2)) : signs.Sign(s));
            }

            return new TwoLayerNetwork(weights, a, bias);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }
}
