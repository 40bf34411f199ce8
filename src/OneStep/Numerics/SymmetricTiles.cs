using System.Runtime.Intrinsics;
using OneStep.Numerics.Tiles;

namespace OneStep.Numerics;

/// <summary>
/// A symmetric matrix in float64, or the upper triangular factor of one, as tiles of 32 × 32: the tile of panels (j, i), j ≤ i, holds
/// element (32 j + r, 32 i + lane) at <c>[r][lane]</c>. The tiles of one i lie one behind the other, so that they are also the
/// panel <c>[k][32]</c> of a tile product. Rows and columns behind the last are zero.
/// </summary>
internal sealed unsafe class SymmetricTiles : IDisposable
{
    /// <summary>Numbers a tile.</summary>
    public const int TileSize = TileEngine.Lanes * TileEngine.Lanes;

    private const int Parts = TileEngine.Lanes / 8;

    private readonly NativeBuffer<double> _data;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="order">The number of rows n, at least 1.</param>
    public SymmetricTiles(int order)
    {
        Order = order;
        Panels = (order + TileEngine.Lanes - 1) / TileEngine.Lanes;
        _data = new((nint)Panels * (Panels + 1) / 2 * TileSize);
    }

    /// <summary>The number of rows n.</summary>
    public int Order { get; }

    /// <summary>⌈n/32⌉.</summary>
    public int Panels { get; }

    /// <summary>The length of vectors that the matrix is multiplied by: whole panels.</summary>
    public int PaddedOrder => Panels * TileEngine.Lanes;

    /// <summary>The first number of the tiles (0, i), (1, i), …, (i, i).</summary>
    public double* Panel(int i) => _data.Pointer + ((nint)i * (i + 1) / 2 * TileSize);

    /// <summary>The first number of the tile (j, i), j ≤ i.</summary>
    public double* Tile(int j, int i) => Panel(i) + ((nint)j * TileSize);

    /// <summary>The element (k, k).</summary>
    public double Diagonal(int k) => Tile(k / TileEngine.Lanes, k / TileEngine.Lanes)[k % TileEngine.Lanes * (TileEngine.Lanes + 1)];

    /// <summary>The sum of the diagonal.</summary>
    public double Trace()
    {
        double sum = 0;
        for (int k = 0; k < Order; k++)
        {
            sum += Diagonal(k);
        }

        return sum;
    }

    /// <summary>Sets every element to zero.</summary>
    public void Clear() => _data.Clear();

    /// <summary>Sets the rows and columns to zero that do not count.</summary>
    /// <param name="counts">Whether a row, and the column of the same number, counts, [n].</param>
    public void Restrict(ReadOnlySpan<bool> counts)
    {
        for (int i = 0; i < Panels; i++)
        {
            double* row = Panel(i);
            for (int k = 0; k < (i + 1) * TileEngine.Lanes; k++, row += TileEngine.Lanes)
            {
                bool isKept = k < Order && counts[k];
                for (int lane = 0; lane < TileEngine.Lanes; lane++)
                {
                    int column = (i * TileEngine.Lanes) + lane;
                    row[lane] = isKept && column < Order && counts[column] ? row[lane] : 0;
                }
            }
        }
    }

    /// <summary>A v of the symmetric matrix; an element takes part in n products in a fixed order.</summary>
    /// <param name="vector">v, whole panels.</param>
    /// <param name="product">Receives A v, whole panels.</param>
    public void Multiply(ReadOnlySpan<double> vector, Span<double> product)
    {
        product.Clear();
        Span<Vector512<double>> column = stackalloc Vector512<double>[Parts];
        for (int i = 0; i < Panels; i++)
        {
            ReadOnlySpan<double> own = vector.Slice(i * TileEngine.Lanes, TileEngine.Lanes);
            column.Clear();
            for (int j = 0; j <= i; j++)
            {
                double* row = Tile(j, i);
                for (int r = 0; r < TileEngine.Lanes; r++, row += TileEngine.Lanes)
                {
                    int k = (j * TileEngine.Lanes) + r;
                    AddScaled(row, vector[k], column);
                    if (j < i)
                    {
                        product[k] += Dot(row, own);
                    }
                }
            }

            for (int part = 0; part < Parts; part++)
            {
                Span<double> target = product.Slice((i * TileEngine.Lanes) + (part * 8), 8);
                (Vector512.Create<double>(target) + column[part]).CopyTo(target);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    /// <summary>sums += scale · row over the 32 lanes of a row.</summary>
    internal static void AddScaled(double* row, double scale, Span<Vector512<double>> sums)
    {
        Vector512<double> factor = Vector512.Create(scale);
        for (int part = 0; part < Parts; part++)
        {
            sums[part] = Vector512.FusedMultiplyAdd(Vector512.Load(row + (part * 8)), factor, sums[part]);
        }
    }

    /// <summary>The sum over the 32 lanes of a row times a vector, in one order.</summary>
    internal static double Dot(double* row, ReadOnlySpan<double> vector)
    {
        Vector512<double> sums = Vector512.Load(row) * Vector512.Create(vector);
        for (int part = 1; part < Parts; part++)
        {
            sums = Vector512.FusedMultiplyAdd(Vector512.Load(row + (part * 8)), Vector512.Create(vector[(part * 8)..]), sums);
        }

        double total = 0;
        for (int lane = 0; lane < 8; lane++)
        {
            total += sums[lane];
        }

        return total;
    }
}
