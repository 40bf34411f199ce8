using System.Numerics;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Networks.Passes;

/// <summary>
/// A group of inputs packed for the kernels: tiles of up to 12 inputs, <c>[tile][k][inputs of the tile]</c>. Coordinates at
/// which all inputs of a tile are zero are left out, which is most of an image; a list says which ones are there. Where a
/// network has biases, a last coordinate is appended.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed unsafe class InputTiles<T> : IDisposable
    where T : unmanaged, INumberBase<T>
{
    // A tile with more of its coordinates than this is cheaper taken whole.
    private const double WorthList = 0.85;

    // Float32 numbers a cache line.
    private const int LanesALine = 16;

    private readonly int _columns;
    private readonly NativeBuffer<T> _values;
    private readonly NativeBuffer<int> _lists;
    private readonly int[] _steps;
    private readonly ulong[] _union;

    /// <summary>Makes room for a group.</summary>
    /// <param name="columns">d, or d + 1 with biases.</param>
    /// <param name="capacity">The most inputs.</param>
    public InputTiles(int columns, int capacity)
    {
        int tiles = NetworkShape.Ceiling(capacity, TileEngine.TileRows);
        _columns = columns;
        _values = new((nint)columns * tiles * TileEngine.TileRows);
        _lists = new((nint)tiles * (columns + StepList.Padding));
        _steps = new int[tiles];
        _union = new ulong[NetworkShape.Ceiling(columns, 64)];
    }

    /// <summary>How many inputs are packed.</summary>
    public int Count { get; private set; }

    /// <summary>How many tiles they make.</summary>
    public int TileCount => NetworkShape.Ceiling(Count, TileEngine.TileRows);

    /// <summary>Packs the rows named in <paramref name="rows"/>.</summary>
    /// <param name="inputs">[n, d].</param>
    /// <param name="supports">Where the inputs are not zero.</param>
    /// <param name="rows">Which inputs, in which order.</param>
    /// <param name="extra">The coordinate behind the last, with biases: 1 for inputs, 0 for directions.</param>
    public void Pack(Matrix<T> inputs, Supports supports, ReadOnlySpan<int> rows, T extra)
    {
        Count = rows.Length;
        for (int tile = 0; tile < TileCount; tile++)
        {
            PackTile(inputs, supports, rows.Slice(tile * TileEngine.TileRows, RowsOf(tile)), extra, tile);
        }
    }

    /// <summary>The first input of a tile.</summary>
    public static int FirstOf(int tile) => tile * TileEngine.TileRows;

    /// <summary>How many inputs a tile has.</summary>
    public int RowsOf(int tile) => Math.Min(TileEngine.TileRows, Count - FirstOf(tile));

    /// <summary>A tile's values, [k][rows], over the k of <see cref="StepsOf"/>.</summary>
    public T* ValuesOf(int tile) => _values.Pointer + ((nint)FirstOf(tile) * _columns);

    /// <summary>The coordinates that a tile has; all of them where their number is <see cref="PackedWeights.Columns"/>.</summary>
    public StepList StepsOf(int tile) => new(_lists.Pointer + ((nint)tile * (_columns + StepList.Padding)), _steps[tile]);

    /// <summary>Whether a tile has all coordinates.</summary>
    public bool IsWhole(int tile) => _steps[tile] == _columns;

    /// <summary>Where a tile's product begins to fetch the panel <paramref name="next"/>, one cache line a step; behind its
    /// end, or without one, at the panel it reads anyway.</summary>
    public float* Ahead(int tile, float* panel, float* next)
    {
        nint start = 0;
        for (int before = 0; before < tile; before++)
        {
            start += (nint)_steps[before] * LanesALine;
        }

        return next is null || start >= (nint)_columns * TileEngine.Lanes ? panel : next + start;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _lists.Dispose();
    }

    private void PackTile(Matrix<T> inputs, Supports supports, ReadOnlySpan<int> rows, T extra, int tile)
    {
        int* list = StepsOf(tile).Pointer;
        int steps = ListUnion(inputs.Columns, supports, rows, list);
        if (steps > WorthList * _columns)
        {
            steps = _columns;
            for (int k = 0; k < _columns; k++)
            {
                list[k] = k;
            }
        }

        _steps[tile] = steps;
        int last = steps > 0 ? list[steps - 1] : 0;
        new Span<int>(list + steps, StepList.Padding).Fill(last);
        T* values = ValuesOf(tile);
        for (int r = 0; r < rows.Length; r++)
        {
            Spread(inputs.Row(rows[r]), new(list, steps), extra, values + r, rows.Length);
        }
    }

    /// <summary>Writes the listed coordinates of one input, <paramref name="stride"/> apart.</summary>
    private void Spread(ReadOnlySpan<T> input, ReadOnlySpan<int> list, T extra, T* values, int stride)
    {
        // Coordinates behind the input's last stand at the end of every list, and all before them where the list is whole.
        int own = list.Length - (_columns - input.Length);
        fixed (T* from = input)
        {
            if (list.Length == _columns)
            {
                for (int k = 0; k < own; k++)
                {
                    values[(nint)k * stride] = from[k];
                }
            }
            else
            {
                for (int step = 0; step < own; step++)
                {
                    values[(nint)step * stride] = from[list[step]];
                }
            }
        }

        for (int step = own; step < list.Length; step++)
        {
            values[(nint)step * stride] = extra;
        }
    }

    /// <summary>Lists the coordinates at which an input of the tile is not zero; an appended one always counts.</summary>
    private int ListUnion(int dimension, Supports supports, ReadOnlySpan<int> rows, int* list)
    {
        Array.Clear(_union, 0, supports.Words);
        foreach (int row in rows)
        {
            supports.Unite(row, _union.AsSpan(0, supports.Words));
        }

        int steps = 0;
        for (int word = 0; word < supports.Words; word++)
        {
            for (ulong bits = _union[word]; bits != 0; bits &= bits - 1)
            {
                list[steps++] = (word * 64) + BitOperations.TrailingZeroCount(bits);
            }
        }

        for (int k = dimension; k < _columns; k++)
        {
            list[steps++] = k;
        }

        return steps;
    }
}

/// <summary>Multiplies packed inputs with panels.</summary>
internal static unsafe class InputTileProducts
{
    /// <summary>C[r, lane] = x_r · w_lane for one tile and one panel of float32 weights.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="tile">The tile.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="columns">How many weights a neuron.</param>
    /// <param name="c">Receives the products, [rows][32].</param>
    /// <param name="next">The panel that all tiles take in the next round, null where there is none: each tile fetches a part of it.</param>
    public static void Multiply(this TileEngine engine, InputTiles<float> inputs, int tile, float* panel, int columns, float* c, float* next)
    {
        int rows = inputs.RowsOf(tile);
        if (inputs.IsWhole(tile))
        {
            engine.Multiply(rows, inputs.ValuesOf(tile), rows, panel, columns, c, inputs.Ahead(tile, panel, next));
        }
        else
        {
            engine.Multiply(rows, inputs.ValuesOf(tile), rows, panel, inputs.StepsOf(tile), c, inputs.Ahead(tile, panel, next));
        }
    }

    /// <summary>The same in float64.</summary>
    public static void Multiply(this TileEngine engine, InputTiles<double> inputs, int tile, float* panel, int columns, double* c, float* next)
    {
        int rows = inputs.RowsOf(tile);
        if (inputs.IsWhole(tile))
        {
            engine.Multiply(rows, inputs.ValuesOf(tile), rows, panel, columns, c, inputs.Ahead(tile, panel, next));
        }
        else
        {
            engine.Multiply(rows, inputs.ValuesOf(tile), rows, panel, inputs.StepsOf(tile), c, inputs.Ahead(tile, panel, next));
        }
    }
}
