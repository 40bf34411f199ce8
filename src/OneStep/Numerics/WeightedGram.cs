using System.Runtime.Intrinsics;
using OneStep.Numerics.Tiles;

namespace OneStep.Numerics;

/// <summary>
/// The symmetric product Σ_s g_s w_s w_sᵀ of the rows of packed weights, in float64: rows with g_s &gt; 0 are gathered, times √g_s, into
/// blocks that stay in the second-level cache, and tiles of 32 × 32 are multiplied block by block. Every element of the result is
/// the exact sum with at most (rows + 8) relative roundings a term, and bitwise the same for every vector width.
/// </summary>
internal sealed unsafe class WeightedGram : IDisposable
{
    // A block at d = 784 takes 1.2 MB. A higher one would leave the cache, a lower one would add to the result more often.
    private const int BlockRows = 192;

    private readonly TileEngine _engine;
    private readonly NativeBuffer<double> _block;
    private readonly NativeBuffer<double> _product = new(SymmetricTiles.TileSize);
    private readonly int _columns;
    private readonly int _panels;

    /// <summary>Makes the buffers.</summary>
    /// <param name="columns">How many weights of a row count, d.</param>
    /// <param name="engine">The engine; the processor's best by default.</param>
    public WeightedGram(int columns, TileEngine? engine = null)
    {
        _engine = engine ?? TileEngine.Best;
        _columns = columns;
        _panels = (columns + TileEngine.Lanes - 1) / TileEngine.Lanes;
        _block = new((nint)_panels * BlockRows * TileEngine.Lanes);
    }

    /// <summary>Computes the product.</summary>
    /// <param name="weights">W, [m, d or more].</param>
    /// <param name="rates">g, [m], none negative; rows with 0 cost nothing.</param>
    /// <param name="gram">Receives the product, of order d.</param>
    /// <param name="cancellation">Ends the call early.</param>
    /// <returns>How many rows have g_s &gt; 0.</returns>
    public int Compute(PackedWeights weights, ReadOnlySpan<double> rates, SymmetricTiles gram, CancellationToken cancellation)
    {
        gram.Clear();
        Span<int> rows = stackalloc int[TileEngine.Lanes];
        int taken = 0;
        int filled = 0;
        for (int panel = 0; panel < weights.PanelCount; panel++)
        {
            int first = panel * TileEngine.Lanes;
            int count = 0;
            for (int s = first; s < Math.Min(first + TileEngine.Lanes, rates.Length); s++)
            {
                if (rates[s] > 0)
                {
                    rows[count++] = s;
                }
            }

            if (filled + count > BlockRows)
            {
                cancellation.ThrowIfCancellationRequested();
                Flush(filled, gram);
                filled = 0;
            }

            Gather(weights.Panel(panel), rows[..count], rates, filled);
            filled += count;
            taken += count;
        }

        Flush(filled, gram);
        GC.KeepAlive(weights);
        return taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _block.Dispose();
        _product.Dispose();
    }

    /// <summary>block[panel of columns][row][32] = √g_s w_s for some rows of one panel.</summary>
    private void Gather(float* panel, ReadOnlySpan<int> rows, ReadOnlySpan<double> rates, int place)
    {
        double* roots = stackalloc double[TileEngine.Lanes];
        int* lanes = stackalloc int[TileEngine.Lanes];
        int count = rows.Length;
        for (int i = 0; i < count; i++)
        {
            roots[i] = Math.Sqrt(rates[rows[i]]);
            lanes[i] = rows[i] % TileEngine.Lanes;
        }

        // Reading goes through memory in order; the rows that are written to, 32 columns at a time, stay in the first-level cache.
        for (int j = 0; j < _panels; j++)
        {
            int columns = Math.Min(TileEngine.Lanes, _columns - (j * TileEngine.Lanes));
            float* source = panel + ((nint)j * TileEngine.Lanes * TileEngine.Lanes);
            double* target = _block.Pointer + ((((nint)j * BlockRows) + place) * TileEngine.Lanes);
            for (int i = 0; i < count; i++, target += TileEngine.Lanes)
            {
                CopyScaled(source + lanes[i], columns, roots[i], target);
            }
        }
    }

    /// <summary>One neuron's weights out of a panel, times a factor.</summary>
    private static void CopyScaled(float* source, int columns, double factor, double* target)
    {
        const int Lanes = TileEngine.Lanes;
        const int Together = 8;
        Vector256<double> factors = Vector256.Create(factor);
        int k = 0;
        for (; k <= columns - Together; k += Together, source += Together * Lanes)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Create(
                source[0], source[Lanes], source[2 * Lanes], source[3 * Lanes], source[4 * Lanes], source[5 * Lanes], source[6 * Lanes], source[7 * Lanes]));
            (low * factors).Store(target + k);
            (high * factors).Store(target + k + (Together / 2));
        }

        for (; k < columns; k++, source += Lanes)
        {
            target[k] = factor * *source;
        }
    }

    private void Flush(int filled, SymmetricTiles gram)
    {
        if (filled == 0)
        {
            return;
        }

        for (int i = 0; i < _panels; i++)
        {
            double* right = _block.Pointer + ((nint)i * BlockRows * TileEngine.Lanes);

            // Of the last panel one half may lie behind the last column: it is left out, and zero.
            bool isHalf = _columns - (i * TileEngine.Lanes) <= TileEngine.Lanes / 2;
            if (isHalf)
            {
                _product.Clear();
            }

            for (int j = 0; j <= i; j++)
            {
                double* left = _block.Pointer + ((nint)j * BlockRows * TileEngine.Lanes);
                _engine.MultiplyDoubles(TileEngine.Lanes, left, TileEngine.Lanes, right, filled, _product.Pointer, ahead: gram.Tile(j, i), isHalf ? TileEngine.Lanes / 2 : TileEngine.Lanes);

                Elementwise.Add(_product.Pointer, gram.Tile(j, i), SymmetricTiles.TileSize);
            }
        }
    }
}
