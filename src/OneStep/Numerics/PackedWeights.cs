namespace OneStep.Numerics;

/// <summary>
/// A weight matrix W, [m, columns], kept for life in the layout that every kernel reads: panels of 32 neurons,
/// <c>[panel][k][32]</c>, one lane a neuron, in 64-byte aligned native memory. The lanes behind the last neuron are zero
/// and stay zero.
/// </summary>
public sealed unsafe class PackedWeights : IPanelSource, IDisposable
{
    /// <summary>Neurons a panel.</summary>
    public const int Lanes = 32;

    private float* _data;

    /// <summary>Makes a matrix of zeros.</summary>
    /// <param name="rows">The number of neurons m, at least 1.</param>
    /// <param name="columns">The number of weights a neuron, at least 1.</param>
    /// <exception cref="OneStepException">There is not enough memory.</exception>
    public PackedWeights(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        Rows = rows;
        Columns = columns;
        PanelCount = (int)(((long)rows + Lanes - 1) / Lanes);
        nuint bytes = checked((nuint)PanelCount * PanelSize * sizeof(float));
        try
        {
            _data = (float*)NativeAllocation.Allocate(bytes);
        }
        catch (OutOfMemoryException exception)
        {
            throw new OneStepException($"A {rows} x {columns} weight matrix needs {bytes / (1024 * 1024)} MiB, which this machine does not have.", exception);
        }

        GC.AddMemoryPressure((long)bytes);
        ByteCount = (long)bytes;
    }

    /// <summary>Frees the memory of a matrix that nobody disposed of.</summary>
    ~PackedWeights() => Free();

    /// <summary>The number of neurons m.</summary>
    public int Rows { get; }

    /// <summary>The number of weights a neuron.</summary>
    public int Columns { get; }

    /// <summary>The number of panels, ⌈m/32⌉.</summary>
    public int PanelCount { get; }

    /// <summary>The native memory held, in bytes.</summary>
    public long ByteCount { get; }

    bool IPanelSource.IsGenerated => false;

    /// <summary>Floats a panel.</summary>
    internal nuint PanelSize => (nuint)Columns * Lanes;

    /// <summary>One row, copied into <paramref name="destination"/>, [columns].</summary>
    public void CopyRowTo(int row, Span<float> destination)
    {
        float* lane = LaneOf(row);
        for (int k = 0; k < Columns; k++)
        {
            destination[k] = lane[(nint)k * Lanes];
        }

        GC.KeepAlive(this);
    }

    /// <summary>Sets one row from <paramref name="source"/>, [columns].</summary>
    public void SetRow(int row, ReadOnlySpan<float> source)
    {
        float* lane = LaneOf(row);
        for (int k = 0; k < Columns; k++)
        {
            lane[(nint)k * Lanes] = source[k];
        }

        GC.KeepAlive(this);
    }

    /// <summary>A copy.</summary>
    public PackedWeights Clone()
    {
        var copy = new PackedWeights(Rows, Columns);
        Buffer.MemoryCopy(Panel(0), copy.Panel(0), ByteCount, ByteCount);
        GC.KeepAlive(this);
        return copy;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>The panel's first float: weight k of the neuron in lane j lies at <c>[k * 32 + j]</c>.</summary>
    internal float* Panel(int panel)
    {
        ObjectDisposedException.ThrowIf(_data is null, this);
        return _data + ((nuint)panel * PanelSize);
    }

    float* IPanelSource.Panels(int first, int end, float* scratch) => Panel(first);

    private float* LaneOf(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Rows);
        return Panel(row / Lanes) + (row % Lanes);
    }

    private void Free()
    {
        if (_data is not null)
        {
            NativeAllocation.Free(_data);
            _data = null;
            GC.RemoveMemoryPressure(ByteCount);
        }
    }
}
