using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OneStep.Numerics;

/// <summary>
/// Inner products of rows of float64 matrices. Each is eight chains of fused multiply-adds, the k that are equal mod 8, added
/// in one order, so that it is bitwise the same for every vector width and whatever rows are multiplied together.
/// </summary>
internal static unsafe class RowProducts
{
    private const int Chains = 8;
    private const int TileRows = 2;
    private const int TileColumns = 4;

    // Rows of A an item: enough to be worth a thread's while.
    private const int RowsAnItem = 16;

    /// <summary>A Bᵀ.</summary>
    /// <param name="a">[rows, length].</param>
    /// <param name="b">[columns, length].</param>
    /// <param name="c">Receives the products, [rows, columns].</param>
    /// <param name="threads">How many threads may be used.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public static void Multiply(Matrix<double> a, Matrix<double> b, Matrix<double> c, int threads, CancellationToken cancellation) =>
        WorkGrid.Run((a.Rows + RowsAnItem - 1) / RowsAnItem, threads, cancellation, (item, _) =>
        {
            int first = item * RowsAnItem;
            fixed (double* left = a.Data, right = b.Data, products = c.Data)
            {
                Fill(
                    new(left + ((nint)first * a.Columns), a.Columns, Math.Min(RowsAnItem, a.Rows - first)),
                    new(right, b.Columns, b.Rows),
                    a.Columns,
                    products + ((nint)first * c.Columns),
                    c.Columns);
            }
        });

    /// <summary>c[i, j] = a_i · b_j over the first <paramref name="length"/> numbers of every row.</summary>
    /// <param name="a">Some rows.</param>
    /// <param name="b">Some rows.</param>
    /// <param name="length">How many numbers of a row count.</param>
    /// <param name="c">Receives the products.</param>
    /// <param name="cStep">The distance between two rows of c.</param>
    public static void Fill(Rows a, Rows b, int length, double* c, nint cStep)
    {
        int i = 0;
        for (; i <= a.Count - TileRows; i += TileRows)
        {
            int j = 0;
            for (; j <= b.Count - TileColumns; j += TileColumns)
            {
                Tile(a.At(i), a.Step, b.At(j), b.Step, length, c + (i * cStep) + j, cStep);
            }

            for (; j < b.Count; j++)
            {
                c[(i * cStep) + j] = Dot(a.At(i), b.At(j), length);
                c[((i + 1) * cStep) + j] = Dot(a.At(i + 1), b.At(j), length);
            }
        }

        for (; i < a.Count; i++)
        {
            for (int j = 0; j < b.Count; j++)
            {
                c[(i * cStep) + j] = Dot(a.At(i), b.At(j), length);
            }
        }
    }

    /// <summary>a · b.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        fixed (double* left = a, right = b)
        {
            return Dot(left, right, a.Length);
        }
    }

    private static double Dot(double* a, double* b, int length)
    {
        Vector512<double> sums = Vector512<double>.Zero;
        int k = 0;
        for (; k <= length - Chains; k += Chains)
        {
            sums = Vector512.FusedMultiplyAdd(Vector512.Load(a + k), Vector512.Load(b + k), sums);
        }

        return Finish(sums, a, b, k, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(double* a, nint aStep, double* b, nint bStep, int length, double* c, nint cStep)
    {
        double* a1 = a + aStep;
        double* b1 = b + bStep;
        double* b2 = b1 + bStep;
        double* b3 = b2 + bStep;
        Vector512<double> s00 = Vector512<double>.Zero, s01 = s00, s02 = s00, s03 = s00, s10 = s00, s11 = s00, s12 = s00, s13 = s00;
        int k = 0;
        for (; k <= length - Chains; k += Chains)
        {
            Vector512<double> x0 = Vector512.Load(a + k);
            Vector512<double> x1 = Vector512.Load(a1 + k);
            Vector512<double> y = Vector512.Load(b + k);
            s00 = Vector512.FusedMultiplyAdd(x0, y, s00);
            s10 = Vector512.FusedMultiplyAdd(x1, y, s10);
            y = Vector512.Load(b1 + k);
            s01 = Vector512.FusedMultiplyAdd(x0, y, s01);
            s11 = Vector512.FusedMultiplyAdd(x1, y, s11);
            y = Vector512.Load(b2 + k);
            s02 = Vector512.FusedMultiplyAdd(x0, y, s02);
            s12 = Vector512.FusedMultiplyAdd(x1, y, s12);
            y = Vector512.Load(b3 + k);
            s03 = Vector512.FusedMultiplyAdd(x0, y, s03);
            s13 = Vector512.FusedMultiplyAdd(x1, y, s13);
        }

        c[0] = Finish(s00, a, b, k, length);
        c[1] = Finish(s01, a, b1, k, length);
        c[2] = Finish(s02, a, b2, k, length);
        c[3] = Finish(s03, a, b3, k, length);
        c += cStep;
        c[0] = Finish(s10, a1, b, k, length);
        c[1] = Finish(s11, a1, b1, k, length);
        c[2] = Finish(s12, a1, b2, k, length);
        c[3] = Finish(s13, a1, b3, k, length);
    }

    /// <summary>Adds the chains, lane after lane, and then the products from <paramref name="k"/> on.</summary>
    private static double Finish(Vector512<double> chains, double* a, double* b, int k, int length)
    {
        double sum = 0;
        for (int lane = 0; lane < Chains; lane++)
        {
            sum += chains[lane];
        }

        for (; k < length; k++)
        {
            sum = Math.FusedMultiplyAdd(a[k], b[k], sum);
        }

        return sum;
    }

    /// <summary>Some rows in memory.</summary>
    /// <param name="first">The first number of the first row.</param>
    /// <param name="step">The distance between two rows.</param>
    /// <param name="count">How many rows.</param>
    internal readonly struct Rows(double* first, nint step, int count)
    {
        /// <summary>The distance between two rows.</summary>
        public nint Step { get; } = step;

        /// <summary>How many rows.</summary>
        public int Count { get; } = count;

        /// <summary>The first number of a row.</summary>
        public double* At(int row) => first + (row * Step);
    }
}
