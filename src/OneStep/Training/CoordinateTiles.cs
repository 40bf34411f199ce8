using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Training;

/// <summary>
/// A minibatch packed for the weight update: tiles of 12 coordinates, <c>[tile][input][12]</c>, each over the inputs that
/// are not zero on all of them. A weight that no input of the minibatch touches is neither read nor written.
/// </summary>
internal sealed unsafe class CoordinateTiles : IDisposable
{
    private readonly CoordinateOrder _order;
    private readonly int _capacity;
    private readonly NativeBuffer<float> _values;
    private readonly NativeBuffer<int> _lists;
    private readonly NativeBuffer<int> _counts;

    /// <summary>Makes room for a minibatch.</summary>
    /// <param name="order">The coordinates of the training set, in tiles.</param>
    /// <param name="capacity">The most inputs.</param>
    public CoordinateTiles(CoordinateOrder order, int capacity)
    {
        _order = order;
        _capacity = capacity;
        _values = new((nint)order.TileCount * TileEngine.TileRows * capacity);
        _lists = new((nint)order.TileCount * (capacity + StepList.Padding));
        _counts = new(order.TileCount);
    }

    /// <summary>What the kernels read; the k are inputs.</summary>
    public PlacedTiles Tiles => new()
    {
        Rows = _order.Columns,
        Capacity = _capacity,
        Values = _values.Pointer,
        Lists = _lists.Pointer,
        Counts = _counts.Pointer,
        Places = _order.Places,
    };

    /// <summary>Packs the examples named in <paramref name="rows"/>; the coordinate behind the last, with biases, is 1.</summary>
    /// <param name="inputs">The training set that the order was made for, [n, d].</param>
    /// <param name="rows">Which examples.</param>
    public void Pack(Matrix<float> inputs, ReadOnlySpan<int> rows)
    {
        int dimension = inputs.Columns;
        Span<int> coordinates = stackalloc int[TileEngine.TileRows];
        for (int tile = 0; tile < _order.TileCount; tile++)
        {
            coordinates = coordinates[.._order.HeightOf(tile)];
            for (int r = 0; r < coordinates.Length; r++)
            {
                coordinates[r] = _order.CoordinateAt(CoordinateOrder.FirstOf(tile) + r);
            }

            int* list = _lists.Pointer + ((nint)tile * (_capacity + StepList.Padding));
            float* values = _values.Pointer + ((nint)CoordinateOrder.FirstOf(tile) * _capacity);
            int count = 0;
            for (int i = 0; i < rows.Length; i++)
            {
                if (_order.Touches(rows[i], tile))
                {
                    ReadOnlySpan<float> input = inputs.Row(rows[i]);
                    foreach (int k in coordinates)
                    {
                        *values++ = k < dimension ? input[k] : 1;
                    }

                    list[count++] = i;
                }
            }

            _counts.Pointer[tile] = count;
            new Span<int>(list + count, StepList.Padding).Fill(count > 0 ? list[count - 1] : 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _values.Dispose();
        _lists.Dispose();
        _counts.Dispose();
    }
}
