using System.Runtime.Intrinsics;

namespace OneStep.Numerics;

/// <summary>
/// Products of packed weights with single vectors, in float64: each number is a sum in an order that depends neither on threads
/// nor on the vector width.
/// </summary>
internal static unsafe class PackedProducts
{
    // Panels a work item, each with a sum of its own: the order of adding is fixed by it.
    private const int PanelsAnItem = 32;

    /// <summary>W v: every product passes at most as many roundings as there are columns.</summary>
    /// <param name="weights">W, [m, columns].</param>
    /// <param name="vector">v, [columns].</param>
    /// <param name="products">Receives w_s · v, [m].</param>
    /// <param name="threads">How many threads may be used.</param>
    /// <param name="cancellation">Ends the call early.</param>
    public static void Multiply(PackedWeights weights, double[] vector, double[] products, int threads, CancellationToken cancellation) =>
        WorkGrid.Run(Items(weights), threads, cancellation, (item, _) =>
        {
            Span<double> sums = stackalloc double[PackedWeights.Lanes];
            for (int panel = item * PanelsAnItem; panel < Math.Min((item + 1) * PanelsAnItem, weights.PanelCount); panel++)
            {
                float* lanes = weights.Panel(panel);
                Vector512<double> s0 = Vector512<double>.Zero, s1 = s0, s2 = s0, s3 = s0;
                for (int k = 0; k < weights.Columns; k++, lanes += PackedWeights.Lanes)
                {
                    Vector512<double> v = Vector512.Create(vector[k]);
                    s0 = Vector512.FusedMultiplyAdd(Load(lanes), v, s0);
                    s1 = Vector512.FusedMultiplyAdd(Load(lanes + 8), v, s1);
                    s2 = Vector512.FusedMultiplyAdd(Load(lanes + 16), v, s2);
                    s3 = Vector512.FusedMultiplyAdd(Load(lanes + 24), v, s3);
                }

                s0.CopyTo(sums);
                s1.CopyTo(sums[8..]);
                s2.CopyTo(sums[16..]);
                s3.CopyTo(sums[24..]);
                int first = panel * PackedWeights.Lanes;
                sums[..Math.Min(PackedWeights.Lanes, weights.Rows - first)].CopyTo(products.AsSpan(first));
            }
        });

    /// <summary>Wᵀ u: every product passes at most m + 2 roundings.</summary>
    /// <param name="weights">W, [m, columns].</param>
    /// <param name="factors">u, [m].</param>
    /// <param name="threads">How many threads may be used.</param>
    /// <param name="cancellation">Ends the call early.</param>
    /// <returns>Σ_s u_s w_s, [columns].</returns>
    public static double[] WeightedSum(PackedWeights weights, double[] factors, int threads, CancellationToken cancellation)
    {
        int columns = weights.Columns;
        double[] sums = new double[(long)Items(weights) * columns];
        WorkGrid.Run(Items(weights), threads, cancellation, (item, _) =>
        {
            Span<double> sum = sums.AsSpan(item * columns, columns);
            Span<double> u = stackalloc double[PackedWeights.Lanes];
            for (int panel = item * PanelsAnItem; panel < Math.Min((item + 1) * PanelsAnItem, weights.PanelCount); panel++)
            {
                int first = panel * PackedWeights.Lanes;
                u.Clear();
                factors.AsSpan(first, Math.Min(PackedWeights.Lanes, weights.Rows - first)).CopyTo(u);
                AddPanel(weights.Panel(panel), u, sum);
            }
        });
        for (int item = 1; item < Items(weights); item++)
        {
            for (int k = 0; k < columns; k++)
            {
                sums[k] += sums[(item * columns) + k];
            }
        }

        return sums[..columns];
    }

    private static void AddPanel(float* lanes, ReadOnlySpan<double> factors, Span<double> sum)
    {
        Vector512<double> u0 = Vector512.Create(factors), u1 = Vector512.Create(factors[8..]);
        Vector512<double> u2 = Vector512.Create(factors[16..]), u3 = Vector512.Create(factors[24..]);
        for (int k = 0; k < sum.Length; k++, lanes += PackedWeights.Lanes)
        {
            Vector512<double> products = Vector512.FusedMultiplyAdd(Load(lanes + 24), u3, Vector512.FusedMultiplyAdd(
                Load(lanes + 16), u2, Vector512.FusedMultiplyAdd(Load(lanes + 8), u1, Load(lanes) * u0)));
            double total = 0;
            for (int lane = 0; lane < Vector512<double>.Count; lane++)
            {
                total += products[lane];
            }

            sum[k] += total;
        }
    }

    private static int Items(PackedWeights weights) => (weights.PanelCount + PanelsAnItem - 1) / PanelsAnItem;

    private static Vector512<double> Load(float* lanes)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(lanes));
        return Vector512.Create(low, high);
    }
}
