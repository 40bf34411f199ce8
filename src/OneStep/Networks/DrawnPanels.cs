using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Networks;

/// <summary>The initial weights W0 of a seed, drawn where they are asked for: no memory holds them.</summary>
/// <param name="seed">The seed.</param>
/// <param name="paired">Whether rows come in equal pairs, as for antisymmetric initialisation.</param>
/// <param name="rows">The width m.</param>
/// <param name="columns">Weights a neuron.</param>
internal sealed unsafe class DrawnPanels(ulong seed, bool paired, int rows, int columns) : IPanelSource
{
    private readonly RandomStream _stream = new(seed, RandomPurpose.HiddenWeights);

    /// <inheritdoc/>
    public int Rows => rows;

    /// <inheritdoc/>
    public int Columns => columns;

    /// <inheritdoc/>
    public int PanelCount { get; } = (int)(((long)rows + PackedWeights.Lanes - 1) / PackedWeights.Lanes);

    /// <inheritdoc/>
    public bool IsGenerated => true;

    /// <inheritdoc/>
    public float* Panels(int first, int end, float* scratch)
    {
        nint size = (nint)columns * PackedWeights.Lanes;
        for (int panel = first; panel < end; panel++)
        {
            Fill(panel, scratch + ((panel - first) * size));
        }

        return scratch;
    }

    private void Fill(int panel, float* destination)
    {
        Span<ulong> streamRows = stackalloc ulong[PackedWeights.Lanes];
        int first = panel * PackedWeights.Lanes;
        for (int lane = 0; lane < PackedWeights.Lanes; lane++)
        {
            ulong row = (ulong)((long)first + lane);
            streamRows[lane] = paired ? row / 2 : row;
        }

        GaussianPanels.Best.Fill(_stream, streamRows, columns, destination);
        int used = Math.Min(PackedWeights.Lanes, rows - first);
        for (int k = 0; k < columns && used < PackedWeights.Lanes; k++)
        {
            new Span<float>(destination + ((nint)k * PackedWeights.Lanes) + used, PackedWeights.Lanes - used).Clear();
        }
    }
}
