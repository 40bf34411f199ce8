using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Training;

/// <summary>One worker's memory.</summary>
internal sealed class SgdBuffers(int columns, int capacity) : IDisposable
{
    public NativeBuffer<float> Tile { get; } = new(TileEngine.TileRows * TileEngine.Lanes);

    public NativeBuffer<float> Chains { get; } = new(TileEngine.TileRows * TileEngine.Lanes);

    public NativeBuffer<float> Coefficients { get; } = new((nint)capacity * TileEngine.Lanes);

    public NativeBuffer<float> Candidate { get; } = new((nint)columns * TileEngine.Lanes);

    public void Dispose()
    {
        Tile.Dispose();
        Chains.Dispose();
        Coefficients.Dispose();
        Candidate.Dispose();
    }
}
