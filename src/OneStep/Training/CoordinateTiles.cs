using OneStep.Networks.Passes;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Training;

/// <summary>
/// A minibatch packed for the weight update: tiles of 12 coordinates, <c>[tile][input][12]</c>, each over the inputs that
/// are not zero on all of them. A weight that no input of the minibatch touches is neither read nor written.
/// </summary>
internal sealed unsafe class CoordinateTiles : IDisposable
{
    private readonly int _columns;
    private readonly int _capacity;
    private readonly NativeBuffer<float> _values;
    private readonly NativeBuffer<int> _lists;
    private readonly int[] _counts;

    /// <summary>Makes room for a minibatch.</summary>
    /// <param name="columns">d, or d + 1 with biases.</param>
    /// <param name="capacity">The most inputs.</param>
    public CoordinateTiles(int columns, int capacity)
    {
        TileCount = NetworkShape.Ceiling(columns, TileEngine.TileRows);
        _columns = columns;
        _capacity = capacity;
        _values = new((nint)TileCount * TileEngine.TileRows * capacity);
        _lists = new((nint)TileCount * (capacity + StepList.Padding));
        _counts = new int[TileCount];
    }

    /// <summary>How many tiles the coordinates make.</summary>
    public int TileCount { get; }

    /// <summary>The first coordinate of a tile.</summary>
    public static int FirstOf(int tile) => tile * TileEngine.TileRows;

    /// <summary>How many coordinates a tile has.</summary>
    public int RowsOf(int tile) => Math.Min(TileEngine.TileRows, _columns - FirstOf(tile));

    /// <summary>A tile's values, [input][rows], over the inputs of <see cref="StepsOf"/>.</summary>
    public float* ValuesOf(int tile) => _values.Pointer + ((nint)FirstOf(tile) * _capacity);

    /// <summary>The inputs that are not zero on a tile.</summary>
    public StepList StepsOf(int tile) => new(_lists.Pointer + ((nint)tile * (_capacity + StepList.Padding)), _counts[tile]);

    /// <summary>Packs the inputs named in <paramref name="rows"/>; the coordinate behind the last, with biases, is 1.</summary>
    public void Pack(Matrix<float> inputs, Supports supports, ReadOnlySpan<int> rows)
    {
        for (int tile = 0; tile < TileCount; tile++)
        {
            int first = FirstOf(tile);
            int height = RowsOf(tile);
            int* list = StepsOf(tile).Pointer;
            float* values = ValuesOf(tile);
            int count = 0;
            bool extra = first + height > inputs.Columns;
            int coordinates = extra ? height - 1 : height;
            for (int i = 0; i < rows.Length; i++)
            {
                if (!extra && !supports.Touches(rows[i], first, height))
                {
                    continue;
                }

                var there = new Span<float>(values + ((nint)count * height), height);
                inputs.Row(rows[i]).Slice(first, coordinates).CopyTo(there);
                if (extra)
                {
                    there[^1] = 1;
                }

                list[count++] = i;
            }

            _counts[tile] = count;
            new Span<int>(list + count, StepList.Padding).Fill(count > 0 ? list[count - 1] : 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _lists.Dispose();
    }
}
