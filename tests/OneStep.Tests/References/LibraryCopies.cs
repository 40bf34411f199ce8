using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Tests.References;

/// <summary>Copies between the library's float32 layouts and the references' plain arrays.</summary>
internal static class LibraryCopies
{
    /// <summary>The same network as plain float64 arrays; float32 values are copied exactly.</summary>
    public static NaiveNetwork ToNaive(this TwoLayerNetwork network) =>
        new(network.Weights.ToRows(), [.. network.Signs.Select(a => (double)a)], network.HasBias);

    /// <summary>The rows of packed weights, [m][columns].</summary>
    public static double[][] ToRows(this PackedWeights weights)
    {
        var row = new float[weights.Columns];
        var rows = new double[weights.Rows][];
        for (int s = 0; s < rows.Length; s++)
        {
            weights.CopyRowTo(s, row);
            rows[s] = [.. row.Select(w => (double)w)];
        }

        return rows;
    }

    /// <summary>The rows of a matrix, [n][d].</summary>
    public static double[][] ToRows(this Matrix<float> matrix) =>
        [.. Enumerable.Range(0, matrix.Rows).Select(i => Array.ConvertAll(matrix.Row(i).ToArray(), v => (double)v))];

    /// <summary>The same network as plain float64 arrays; float32 values are copied exactly.</summary>
    public static NaiveDeepNetwork ToNaive(this DeepNetwork network) => new([.. network.Layers.Select(ToRows)], network.HasBias);

    /// <summary>The library's network with these weights, rounded to float32.</summary>
    public static TwoLayerNetwork ToLibrary(this NaiveNetwork network) =>
        new(ToPacked(network.Weights), [.. network.Signs.Select(a => (sbyte)a)], network.HasBias);

    /// <summary>The library's network with these weights, rounded to float32.</summary>
    public static DeepNetwork ToLibrary(this NaiveDeepNetwork network) => new([.. network.Layers.Select(ToPacked)], network.HasBias);

    private static PackedWeights ToPacked(double[][] rows)
    {
        var weights = new PackedWeights(rows.Length, rows[0].Length);
        for (int s = 0; s < rows.Length; s++)
        {
            weights.SetRow(s, Array.ConvertAll(rows[s], w => (float)w));
        }

        return weights;
    }

    /// <summary>The library's matrix with these rows, rounded to float32.</summary>
    public static Matrix<float> ToMatrix(this double[][] rows) =>
        new(rows.Length, rows[0].Length, [.. rows.SelectMany(row => row).Select(v => (float)v)]);
}
