using OneStep.Networks.Passes;
using OneStep.Numerics;

namespace OneStep.TangentKernel;

/// <summary>
/// The inputs x_i that a kernel is taken with, packed as the tile products read them: once with one input a lane for the
/// products x_i · x, and, for gradients, once with one coordinate a lane for Σ_i c_i x_i.
/// </summary>
internal sealed class KernelInputs : IDisposable
{
    /// <summary>Packs inputs, which are copied.</summary>
    /// <param name="inputs">[n, d].</param>
    /// <param name="withCoordinates">Whether gradients will be asked for.</param>
    public KernelInputs(Matrix<float> inputs, bool withCoordinates)
    {
        Examples = new PackedWeights(inputs.Rows, inputs.Columns);
        Norms = new double[inputs.Rows];
        for (int i = 0; i < inputs.Rows; i++)
        {
            Examples.SetRow(i, inputs.Row(i));
            Norms[i] = Vectors.Norm(inputs.Row(i));
        }

        InverseNorms = [.. Norms.Select(norm => norm > 0 ? 1 / norm : 0)];
        if (!withCoordinates)
        {
            return;
        }

        Coordinates = new PackedWeights(inputs.Columns, inputs.Rows);
        float[] coordinate = new float[inputs.Rows];
        for (int k = 0; k < inputs.Columns; k++)
        {
            for (int i = 0; i < inputs.Rows; i++)
            {
                coordinate[i] = inputs[i, k];
            }

            Coordinates.SetRow(k, coordinate);
        }
    }

    /// <summary>How many inputs, n.</summary>
    public int Count => Examples.Rows;

    /// <summary>Their dimension d.</summary>
    public int Dimension => Examples.Columns;

    /// <summary>One input a lane.</summary>
    public PackedWeights Examples { get; }

    /// <summary>One coordinate a lane; null where nobody asks for gradients.</summary>
    public PackedWeights? Coordinates { get; }

    /// <summary>‖x_i‖, [n].</summary>
    public double[] Norms { get; }

    /// <summary>1/‖x_i‖, 0 for x_i = 0, [n].</summary>
    public double[] InverseNorms { get; }

    /// <summary>Calls <paramref name="body"/> for every tile of up to 12 inputs; inputs that are zero at the same places share
    /// one.</summary>
    /// <param name="inputs">[count, d].</param>
    /// <param name="threads">How many threads may be used.</param>
    /// <param name="cancellation">Ends the call early.</param>
    /// <param name="body">Receives where the inputs are not zero, the inputs of the tile and the worker.</param>
    public static void ForEachTile(
        Matrix<double> inputs, int threads, CancellationToken cancellation, Action<Supports, ReadOnlyMemory<int>, int> body)
    {
        Supports supports = Supports.Of(inputs, threads);
        int[] order = SupportOrder.Of(supports, inputs.Columns, NetworkShape.AllRows(inputs.Rows), threads);
        int tiles = NetworkShape.Ceiling(order.Length, KernelTile.Rows);
        WorkGrid.Run(tiles, threads, cancellation, (tile, worker) =>
        {
            int first = tile * KernelTile.Rows;
            body(supports, order.AsMemory(first, Math.Min(KernelTile.Rows, order.Length - first)), worker);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Examples.Dispose();
        Coordinates?.Dispose();
    }
}
