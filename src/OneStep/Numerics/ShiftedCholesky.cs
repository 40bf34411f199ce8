using System.Runtime.Intrinsics;
using OneStep.Numerics.Tiles;

namespace OneStep.Numerics;

/// <summary>
/// The factor U of λI − A, A symmetric in tiles, λI − A = Uᵀ U, made of tile products in float64 (docs/mathematics.md §13, §7).
/// Made once, it factors many shifts in the same memory. Bitwise the same for every vector width.
/// </summary>
internal sealed unsafe class ShiftedCholesky : IDisposable
{
    private const int Lanes = TileEngine.Lanes;
    private const int Parts = Lanes / 8;

    // Roundings of an element of U beside its n products: the subtraction from A, the division or the root, and some to spare.
    private const int OtherRoundings = 8;

    private readonly TileEngine _engine;
    private readonly SymmetricTiles _factor;
    private readonly NativeBuffer<double> _product = new(SymmetricTiles.TileSize);

    /// <summary>Makes the buffers.</summary>
    /// <param name="order">The order n of the matrices.</param>
    /// <param name="engine">The engine; the processor's best by default.</param>
    public ShiftedCholesky(int order, TileEngine? engine = null)
    {
        _engine = engine ?? TileEngine.Best;
        _factor = new(order);
    }

    /// <summary>Factors λI − A.</summary>
    /// <param name="matrix">A.</param>
    /// <param name="shift">λ.</param>
    /// <param name="cancellation">Ends the call early.</param>
    /// <returns>Whether the factorisation completes.</returns>
    public bool TryFactor(SymmetricTiles matrix, double shift, CancellationToken cancellation)
    {
        for (int i = 0; i < matrix.Panels; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int j = 0; j <= i; j++)
            {
                _engine.MultiplyDoubles(Lanes, _factor.Panel(j), Lanes, _factor.Panel(i), (nint)j * Lanes, _product.Pointer, ahead: matrix.Tile(j, i));
                double* tile = _factor.Tile(j, i);
                Subtract(matrix.Tile(j, i), _product.Pointer, i == j ? shift : 0, tile);
                if (j < i)
                {
                    SolveTile(_factor.Tile(j, j), tile);
                }
                else if (!TryFactorTile(tile))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>
    /// A number σ such that λI − A ⪰ σI, exactly, if the factorisation of (λ − margin)I − A completes: the margin less what
    /// rounding may have hidden (docs/mathematics.md §13). Not positive where the margin is too small.
    /// </summary>
    /// <param name="matrix">A.</param>
    /// <param name="shift">λ.</param>
    /// <param name="margin">What was subtracted from λ.</param>
    public static double ProvedMargin(SymmetricTiles matrix, double shift, double margin)
    {
        double trace = 0;
        double largest = 0;
        for (int k = 0; k < matrix.Order; k++)
        {
            trace += Math.Abs(shift - matrix.Diagonal(k));
            largest = Math.Max(largest, Math.Abs(matrix.Diagonal(k)));
        }

        double rounding = RoundingError.Gamma(matrix.PaddedOrder + OtherRoundings);
        return margin - (1.01 * (rounding / (1 - rounding) * trace)) - (8 * RoundingError.Unit * (Math.Abs(shift) + largest));
    }

    /// <summary>Solves Uᵀ y = b.</summary>
    /// <param name="values">b, whole panels; receives y.</param>
    public void SolveLower(Span<double> values)
    {
        Span<Vector512<double>> sums = stackalloc Vector512<double>[Parts];
        for (int i = 0; i < _factor.Panels; i++)
        {
            Span<double> own = values.Slice(i * Lanes, Lanes);
            double* row = _factor.Panel(i);
            Load(own, sums);
            for (int k = 0; k < i * Lanes; k++, row += Lanes)
            {
                SymmetricTiles.AddScaled(row, -values[k], sums);
            }

            Store(sums, own);
            for (int r = 0; r < Lanes; r++, row += Lanes)
            {
                own[r] /= row[r];
                for (int lane = r + 1; lane < Lanes; lane++)
                {
                    own[lane] = Math.FusedMultiplyAdd(-own[r], row[lane], own[lane]);
                }
            }
        }
    }

    /// <summary>Solves U x = y.</summary>
    /// <param name="values">y, whole panels; receives x.</param>
    public void SolveUpper(Span<double> values)
    {
        for (int i = _factor.Panels - 1; i >= 0; i--)
        {
            Span<double> own = values.Slice(i * Lanes, Lanes);
            double* diagonal = _factor.Tile(i, i);
            for (int r = Lanes - 1; r >= 0; r--)
            {
                double sum = own[r];
                for (int lane = r + 1; lane < Lanes; lane++)
                {
                    sum = Math.FusedMultiplyAdd(-diagonal[(r * Lanes) + lane], own[lane], sum);
                }

                own[r] = sum / diagonal[(r * Lanes) + r];
            }

            double* row = _factor.Panel(i);
            for (int k = 0; k < i * Lanes; k++, row += Lanes)
            {
                values[k] -= SymmetricTiles.Dot(row, own);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _factor.Dispose();
        _product.Dispose();
    }

    /// <summary>target = shift · I − matrix − product.</summary>
    private static void Subtract(double* matrix, double* product, double shift, double* target)
    {
        for (int at = 0; at < SymmetricTiles.TileSize; at += 8)
        {
            (-Vector512.Load(matrix + at) - Vector512.Load(product + at)).Store(target + at);
        }

        for (int r = 0; r < Lanes && shift != 0; r++)
        {
            int at = r * (Lanes + 1);
            target[at] = shift - matrix[at] - product[at];
        }
    }

    /// <summary>tile = U_jj⁻ᵀ tile: row after row, all 32 lanes at a time.</summary>
    private static void SolveTile(double* diagonal, double* tile)
    {
        Span<Vector512<double>> row = stackalloc Vector512<double>[Parts];
        for (int r = 0; r < Lanes; r++)
        {
            Span<double> own = new(tile + (r * Lanes), Lanes);
            Load(own, row);
            for (int q = 0; q < r; q++)
            {
                SymmetricTiles.AddScaled(tile + (q * Lanes), -diagonal[(q * Lanes) + r], row);
            }

            Vector512<double> pivot = Vector512.Create(diagonal[r * (Lanes + 1)]);
            for (int part = 0; part < Parts; part++)
            {
                row[part] /= pivot;
            }

            Store(row, own);
        }
    }

    private static bool TryFactorTile(double* tile)
    {
        for (int r = 0; r < Lanes; r++)
        {
            double* row = tile + (r * Lanes);
            for (int q = 0; q < r; q++)
            {
                double* earlier = tile + (q * Lanes);
                for (int lane = r; lane < Lanes; lane++)
                {
                    row[lane] = Math.FusedMultiplyAdd(-earlier[r], earlier[lane], row[lane]);
                }

                row[q] = 0;
            }

            double pivot = row[r];
            if (!(pivot > 0))
            {
                return false;
            }

            row[r] = Math.Sqrt(pivot);
            for (int lane = r + 1; lane < Lanes; lane++)
            {
                row[lane] /= row[r];
            }
        }

        return true;
    }

    private static void Load(ReadOnlySpan<double> source, Span<Vector512<double>> parts)
    {
        for (int part = 0; part < Parts; part++)
        {
            parts[part] = Vector512.Create(source[(part * 8)..]);
        }
    }

    private static void Store(ReadOnlySpan<Vector512<double>> parts, Span<double> target)
    {
        for (int part = 0; part < Parts; part++)
        {
            parts[part].CopyTo(target[(part * 8)..]);
        }
    }
}
