using BenchmarkDotNet.Attributes;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Benchmarks;

/// <summary>Drawing one panel of W0, which a pass over a network that no memory holds does for every panel; a number of
/// the panel is a 32 · Dimension-th part of the time.</summary>
public unsafe class DrawingBenchmarks : IDisposable
{
    private readonly ulong[] _rows = new ulong[PackedWeights.Lanes];
    private NativeBuffer<float> _panel = null!;

    [Params(25, 784)]
    public int Dimension { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _panel = new((nint)Dimension * PackedWeights.Lanes);
        for (int lane = 0; lane < _rows.Length; lane++)
        {
            _rows[lane] = (ulong)lane;
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _panel.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Panel() => GaussianPanels.Best.Fill(new(1, RandomPurpose.HiddenWeights), _rows, Dimension, _panel.Pointer);

    [Benchmark(Baseline = true)]
    public void OneByOne()
    {
        var stream = new RandomStream(1, RandomPurpose.HiddenWeights);
        for (int row = 0; row < PackedWeights.Lanes; row++)
        {
            stream.Gaussians(row, new Span<float>(_panel.Pointer + ((nint)row * Dimension), Dimension));
        }
    }
}
