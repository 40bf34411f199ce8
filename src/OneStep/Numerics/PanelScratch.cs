namespace OneStep.Numerics;

/// <summary>Reads panels for the workers of a grid, each of which gets room for the panels that a generator makes.</summary>
/// <param name="source">The weights.</param>
/// <param name="workers">How many workers.</param>
/// <param name="panels">The most panels a worker reads at a time.</param>
internal sealed unsafe class PanelScratch(IPanelSource source, int workers, int panels) : IDisposable
{
    private readonly NativeBuffer<float>?[] _buffers = new NativeBuffer<float>?[workers];

    /// <summary>Neighbouring panels, valid until the worker reads others.</summary>
    public float* Read(int first, int end, int worker)
    {
        if (!source.IsGenerated)
        {
            return source.Panels(first, end, null);
        }

        NativeBuffer<float> own = _buffers[worker] ??= new((nint)panels * source.Columns * PackedWeights.Lanes);
        return source.Panels(first, end, own.Pointer);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (NativeBuffer<float>? buffer in _buffers)
        {
            buffer?.Dispose();
        }
    }
}
