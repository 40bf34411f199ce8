using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using OneStep.Numerics.Simd;

namespace OneStep.Numerics.Randomness;

/// <summary>
/// Draws the Gaussian rows of <see cref="RandomStream"/> straight into a panel: neighbouring neurons in neighbouring
/// lanes, which is the layout of <see cref="PackedWeights"/>. Bitwise what <see cref="RandomStream.Gaussians"/> gives
/// row by row, for every vector width.
/// </summary>
internal abstract unsafe class GaussianPanels
{
    /// <summary>The generator for this processor.</summary>
    public static GaussianPanels Best { get; } =
        Vector512.IsHardwareAccelerated ? new GaussianPanels<DoubleLanes8, Vector512<double>>()
        : Vector256.IsHardwareAccelerated ? new GaussianPanels<DoubleLanes4, Vector256<double>>()
        : new GaussianPanels<DoubleLanes2, Vector128<double>>();

    /// <summary>Fills a panel.</summary>
    /// <param name="stream">Where the numbers come from.</param>
    /// <param name="rows">The stream's row for each of the panel's 32 lanes.</param>
    /// <param name="columns">Weights a neuron.</param>
    /// <param name="panel">Receives [columns][32].</param>
    public abstract void Fill(RandomStream stream, ReadOnlySpan<ulong> rows, int columns, float* panel);
}

/// <inheritdoc cref="GaussianPanels"/>
internal sealed unsafe class GaussianPanels<TLanes, TVector> : GaussianPanels
    where TLanes : struct, IDoubleLanes<TVector>
    where TVector : unmanaged
{
    private const int NumbersABlock = 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fill(RandomStream stream, ReadOnlySpan<ulong> rows, int columns, float* panel)
    {
        if (rows.Length != PackedWeights.Lanes)
        {
            throw new ArgumentException("A panel needs a row of the stream for each of its lanes.", nameof(rows));
        }

        float* rest = stackalloc float[NumbersABlock * PackedWeights.Lanes];
        fixed (ulong* row = rows)
        {
            for (int k = 0; k < columns; k += NumbersABlock)
            {
                bool whole = k + NumbersABlock <= columns;
                float* block = whole ? panel + ((nint)k * PackedWeights.Lanes) : rest;
                for (int lane = 0; lane < PackedWeights.Lanes; lane += TLanes.Count)
                {
                    FillBlock(stream, TLanes.LoadBits(row + lane), (uint)(k / NumbersABlock), block + lane);
                }

                if (!whole)
                {
                    nint floats = (nint)(columns - k) * PackedWeights.Lanes;
                    Buffer.MemoryCopy(rest, panel + ((nint)k * PackedWeights.Lanes), floats * sizeof(float), floats * sizeof(float));
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillBlock(RandomStream stream, TVector rows, uint block, float* destination)
    {
        TVector c0 = TLanes.BroadcastBits(block);
        TVector c1 = rows;
        TVector c2 = TLanes.ShiftRight(rows, 32);
        TVector c3 = TLanes.BroadcastBits((ulong)stream.Purpose);
        Philox4x32.Blocks<TLanes, TVector>(ref c0, ref c1, ref c2, ref c3, stream.Seed);
        BoxMuller<TLanes, TVector>.Gaussians(c0, c1, out TVector g0, out TVector g1);
        TLanes.StoreSingle(g0, destination);
        TLanes.StoreSingle(g1, destination + PackedWeights.Lanes);
        BoxMuller<TLanes, TVector>.Gaussians(c2, c3, out TVector g2, out TVector g3);
        TLanes.StoreSingle(g2, destination + (2 * PackedWeights.Lanes));
        TLanes.StoreSingle(g3, destination + (3 * PackedWeights.Lanes));
    }
}
