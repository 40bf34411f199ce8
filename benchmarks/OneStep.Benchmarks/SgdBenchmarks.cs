using BenchmarkDotNet.Attributes;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Training;

namespace OneStep.Benchmarks;

/// <summary>One step of SGD on one thread with 64 examples, projection included: update, return to the ball, next forward.</summary>
public class SgdBenchmarks : IFlopCount, IThreaded, IDisposable
{
    private const int Count = 64;

    private TwoLayerNetwork _network = null!;
    private PackedWeights _initial = null!;
    private SgdPass _pass = null!;
    private TrainingExamples _examples = null!;
    private Minibatch _current = null!;
    private Minibatch _next = null!;

    [Params(100, 784)]
    public int Dimension { get; set; }

    [Params(1_000, 10_000)]
    public int Width { get; set; }

    [Params(false, true)]
    public bool Images { get; set; }

    public int Threads { get; set; } = 1;

    [GlobalSetup]
    public void Setup()
    {
        _network = Initialization.Draw(Width, Dimension, InitializationKind.Standard, bias: false, seed: 1, threads: 1, CancellationToken.None);
        _initial = _network.Weights.Clone();
        _pass = new(_network, new LazyBall(_initial, 10 / Math.Sqrt(Width)), project: true, Count, Threads);
        Matrix<float> inputs = Images ? BenchmarkInputs.Sparse(2 * Count, Dimension) : BenchmarkInputs.Dense(2 * Count, Dimension);
        var examples = new Data.LabelledInputs(inputs, [.. Enumerable.Range(0, 2 * Count).Select(i => (2 * (i % 2)) - 1)]);
        _examples = new(examples, hasBias: false);
        _current = Gather(0);
        _next = Gather(Count);
        _pass.Step(update: null, _current, CancellationToken.None);
        _pass.Step(update: null, _next, CancellationToken.None);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _pass?.Dispose();
        _current?.Dispose();
        _next?.Dispose();
        _examples?.Dispose();
        _initial?.Dispose();
        _network?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Step()
    {
        _pass.Step(_current, _next, CancellationToken.None);
        (_current, _next) = (_next, _current);
    }

    public double FlopsOf(string method) => 4.0 * Count * Width * Dimension;

    private unsafe Minibatch Gather(int first)
    {
        var batch = new Minibatch(_examples.Coordinates, Count, _network.Weights.PanelCount);
        batch.Take(_examples, [.. Enumerable.Range(first, Count)]);
        for (int i = 0; i < Count; i++)
        {
            batch.Coefficients.Pointer[i] = (float)(batch.Labels[i] * 0.5 / Count / Math.Sqrt(Width));
        }

        return batch;
    }
}
