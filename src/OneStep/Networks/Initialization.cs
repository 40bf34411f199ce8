using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Networks;

/// <summary>Draws networks: w_{s,0} ~ N(0, I), a_s uniform on {−1, +1} (docs/mathematics.md, "Random numbers").</summary>
public static class Initialization
{
    private const int PanelsAnItem = 8;

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
        DrawnPanels drawn = Panels(width, inputDimension, kind, bias, seed);
        var weights = new PackedWeights(width, drawn.Columns);
        try
        {
            Fill(weights, drawn, threads, cancellation);
            return new TwoLayerNetwork(weights, Signs(width, kind, seed), bias);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The same network without its weights in memory: every pass draws them anew, panel by panel. Its numbers are bitwise
    /// those of <see cref="Draw"/>; it costs time in every pass, and it cannot be trained.
    /// </summary>
    /// <inheritdoc cref="Draw"/>
    public static TwoLayerNetwork DrawPanelByPanel(int width, int inputDimension, InitializationKind kind, bool bias, ulong seed) =>
        new(Panels(width, inputDimension, kind, bias, seed), Signs(width, kind, seed), bias);

    private static DrawnPanels Panels(int width, int inputDimension, InitializationKind kind, bool bias, ulong seed)
    {
        bool paired = kind == InitializationKind.Antisymmetric;
        if (paired && width % 2 != 0)
        {
            throw new InvalidParameterException("width", width, "even for antisymmetric initialization");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputDimension, 1);
        return new(seed, paired, width, inputDimension + (bias ? 1 : 0));
    }

    private static unsafe void Fill(PackedWeights weights, DrawnPanels drawn, int threads, CancellationToken cancellation) =>
        WorkGrid.Run((weights.PanelCount + PanelsAnItem - 1) / PanelsAnItem, threads, cancellation, (item, _) =>
        {
            int first = item * PanelsAnItem;
            drawn.Panels(first, Math.Min(first + PanelsAnItem, weights.PanelCount), weights.Panel(first));
        });

    private static sbyte[] Signs(int width, InitializationKind kind, ulong seed)
    {
        var signs = new RandomStream(seed, RandomPurpose.OutputSigns);
        sbyte[] a = new sbyte[width];
        for (int s = 0; s < width; s++)
        {
            a[s] = (sbyte)(kind == InitializationKind.Antisymmetric ? 1 - (2 * (s % 2)) : signs.Sign(s));
        }

        return a;
    }
}
