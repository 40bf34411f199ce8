using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Passes;

/// <summary>
/// Packs a group of inputs for the kernels: tiles of up to 12 inputs, <c>[tile][k][inputs of the tile]</c>, so that a
/// kernel reads one k of all its rows from one place. Where a network has biases, a last coordinate 1 is appended.
/// </summary>
internal static unsafe class InputPacking
{
    /// <summary>Packs <paramref name="count"/> rows of <paramref name="inputs"/> from <paramref name="first"/> on.</summary>
    /// <param name="inputs">[n, d].</param>
    /// <param name="first">The group's first row.</param>
    /// <param name="count">The rows of the group.</param>
    /// <param name="columns">d, or d + 1 with biases.</param>
    /// <param name="extra">The value of coordinate d + 1: 1 for inputs, 0 for directions.</param>
    /// <param name="packed">Receives the tiles, count × columns.</param>
    public static void Pack<T>(Matrix<T> inputs, int first, int count, int columns, T extra, T* packed)
        where T : unmanaged
    {
        for (int start = 0; start < count; start += TileEngine.TileRows)
        {
            int rows = Math.Min(TileEngine.TileRows, count - start);
            T* tile = packed + ((nint)start * columns);
            for (int r = 0; r < rows; r++)
            {
                Span<T> row = inputs.Row(first + start + r);
                T* destination = tile + r;
                for (int k = 0; k < row.Length; k++)
                {
                    destination[(nint)k * rows] = row[k];
                }

                if (columns > row.Length)
                {
                    destination[(nint)row.Length * rows] = extra;
                }
            }
        }
    }
}
