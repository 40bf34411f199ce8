using System.Numerics;
using OneStep.Networks.Passes;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Training;

/// <summary>
/// The coordinates of a training set in tiles of 12, those together that are zero for the same examples, and which examples
/// touch which tile. A coordinate that is zero for all of them costs nothing in a tile of its like.
/// </summary>
internal sealed unsafe class CoordinateOrder : IDisposable
{
    private const int WordBits = 64;

    // Examples that coordinates are compared by; more of them give hardly better tiles.
    private const int Samples = 512;

    private readonly NativeBuffer<nint> _places;
    private readonly ulong[]? _touched;
    private readonly int _words;

    /// <summary>Orders the coordinates of a training set.</summary>
    /// <param name="inputs">[n, d].</param>
    /// <param name="supports">Where the inputs are not zero.</param>
    /// <param name="hasBias">Whether the network appends a coordinate, which no example leaves out, to every input.</param>
    public CoordinateOrder(Matrix<float> inputs, Supports supports, bool hasBias)
        : this(OrderOf(inputs, supports), hasBias)
    {
        _touched = new ulong[inputs.Rows * _words];
        FindTouched(_touched, supports, inputs.Rows, hasBias);
    }

    private CoordinateOrder(int[] order, bool hasBias)
    {
        int dimension = order.Length;
        Columns = dimension + (hasBias ? 1 : 0);
        TileCount = NetworkShape.Ceiling(Columns, TileEngine.TileRows);
        _places = new(Columns + TileEngine.TileRows);
        _words = NetworkShape.Ceiling(TileCount, WordBits);
        for (int place = 0; place < Columns + TileEngine.TileRows; place++)
        {
            _places.Pointer[place] = (place < dimension ? order[place] : Columns - 1) * TileEngine.Lanes;
        }

        // In ascending order within a tile, as they lie in memory.
        for (int tile = 0; tile < TileCount; tile++)
        {
            new Span<nint>(_places.Pointer + FirstOf(tile), HeightOf(tile)).Sort();
        }
    }

    /// <summary>The coordinates as they come, for examples none of which is taken to be zero anywhere.</summary>
    /// <param name="dimension">d.</param>
    /// <param name="hasBias">Whether the network appends a coordinate to every input.</param>
    public static CoordinateOrder Dense(int dimension, bool hasBias) => new(NetworkShape.AllRows(dimension), hasBias);

    /// <summary>d, or d + 1 with biases.</summary>
    public int Columns { get; }

    /// <summary>How many tiles the coordinates make.</summary>
    public int TileCount { get; }

    /// <summary>How many coordinates a tile has.</summary>
    public int HeightOf(int tile) => Math.Min(TileEngine.TileRows, Columns - FirstOf(tile));

    /// <summary>Where each coordinate's weights lie in a panel, in this order; behind the last any, as many as a tile has.</summary>
    public nint* Places => _places.Pointer;

    /// <summary>The coordinate at a place in this order.</summary>
    public int CoordinateAt(int index) => (int)(_places.Pointer[index] / TileEngine.Lanes);

    /// <summary>Whether an example is not zero on a tile.</summary>
    public bool Touches(int row, int tile) =>
        _touched is null || (_touched[(row * _words) + (tile / WordBits)] >> (tile % WordBits) & 1) != 0;

    /// <summary>The first coordinate of a tile, counted in this order.</summary>
    public static int FirstOf(int tile) => tile * TileEngine.TileRows;

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    private static int[] OrderOf(Matrix<float> inputs, Supports supports)
    {
        int samples = Math.Min(Samples, inputs.Rows);
        int[] sample = [.. Enumerable.Range(0, samples).Select(i => (int)((long)i * inputs.Rows / samples))];
        return SupportOrder.Of(Supports.OfCoordinates(inputs, sample), samples, NetworkShape.AllRows(inputs.Columns));
    }

    private void FindTouched(ulong[] all, Supports supports, int examples, bool hasBias)
    {
        int[] tileOf = new int[Columns];
        for (int place = 0; place < Columns; place++)
        {
            tileOf[CoordinateAt(place)] = place / TileEngine.TileRows;
        }

        for (int row = 0; row < examples; row++)
        {
            Span<ulong> touched = all.AsSpan(row * _words, _words);
            ReadOnlySpan<ulong> support = supports[row];
            for (int word = 0; word < support.Length; word++)
            {
                for (ulong bits = support[word]; bits != 0; bits &= bits - 1)
                {
                    int tile = tileOf[(word * WordBits) + BitOperations.TrailingZeroCount(bits)];
                    touched[tile / WordBits] |= 1UL << (tile % WordBits);
                }
            }

            if (hasBias)
            {
                touched[(TileCount - 1) / WordBits] |= 1UL << ((TileCount - 1) % WordBits);
            }
        }
    }
}
