using OneStep.Numerics.Tiles;

namespace OneStep.Numerics;

/// <summary>ℓ2 norms of rows of packed weights, in float64, each a sum in ascending k.</summary>
internal static unsafe class RowNorms
{
    // Panels a work item: enough to be worth a thread's while.
    private const int PanelsAnItem = 64;

    /// <summary>‖w_s‖² of one panel's 32 rows.</summary>
    public static void PanelSquares(PackedWeights weights, int panel, Span<double> squares) =>
        SumSquares(weights.Panel(panel), null, weights.Columns, squares);

    /// <summary>‖w_s − w_{s,0}‖² of one panel's 32 rows.</summary>
    public static void PanelSquaredDistances(PackedWeights weights, PackedWeights initial, int panel, Span<double> squares) =>
        SumSquares(weights.Panel(panel), initial.Panel(panel), weights.Columns, squares);

    /// <summary>Σ_s ‖w_s‖.</summary>
    public static double Sum(IPanelSource weights, int threads, CancellationToken cancellation = default)
    {
        int items = (weights.PanelCount + PanelsAnItem - 1) / PanelsAnItem;
        double[] sums = new double[items];
        using var scratch = new PanelScratch(weights, threads, panels: 1);
        WorkGrid.Run(items, threads, cancellation, (item, worker) =>
        {
            Span<double> squares = stackalloc double[PackedWeights.Lanes];
            int end = Math.Min((item + 1) * PanelsAnItem, weights.PanelCount);
            for (int panel = item * PanelsAnItem; panel < end; panel++)
            {
                SumSquares(scratch.Read(panel, panel + 1, worker), null, weights.Columns, squares);
                foreach (double square in squares)
                {
                    sums[item] += Math.Sqrt(square);
                }
            }
        });
        return sums.Sum();
    }

    /// <summary>‖a_s − b_s‖² of 32 rows that lie like a panel's; b may be null for zero.</summary>
    public static void SumSquares(float* row, float* initialRow, int columns, Span<double> squares)
    {
        fixed (double* sums = squares)
        {
            TileEngine.Best.SquaredDistances(row, initialRow, columns, sums);
        }
    }
}
