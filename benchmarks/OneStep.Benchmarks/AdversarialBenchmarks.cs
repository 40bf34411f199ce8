using BenchmarkDotNet.Attributes;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;
using OneStep.Training;

namespace OneStep.Benchmarks;

/// <summary>The inner attack of adversarial training: one minibatch of 64 examples attacked by PGD with ten steps. What an
/// epoch costs beside it is one step of SGD, a twentieth.</summary>
public class AdversarialBenchmarks : IFlopCount, IThreaded, IDisposable
{
    private const int Count = 64;
    private const int Steps = 10;

    private readonly int[] _labels = [.. Enumerable.Range(0, Count).Select(i => (2 * (i % 2)) - 1)];
    private readonly int[] _examples = [.. Enumerable.Range(0, Count)];
    private Matrix<float> _inputs = null!;
    private TwoLayerNetwork _network = null!;
    private InnerAdversary _adversary = null!;

    [Params(100, 784)]
    public int Dimension { get; set; }

    [Params(1_000, 10_000)]
    public int Width { get; set; }

    [Params(false, true)]
    public bool Clip { get; set; }

    public int Threads { get; set; } = 1;

    [GlobalSetup]
    public void Setup()
    {
        _network = Initialization.Draw(Width, Dimension, InitializationKind.Standard, bias: false, seed: 1, threads: 1, CancellationToken.None);

        // Dense, so that no zero makes the first step cheaper than its count of operations; not negative, as clipping asks for.
        _inputs = BenchmarkInputs.Dense(Count, Dimension);
        foreach (ref float value in _inputs.Data.AsSpan())
        {
            value = Math.Abs(value);
        }

        var options = new AdversarialOptions { Budget = 0.3, Steps = Steps, Clip = Clip };
        _adversary = new(options, _network, new RandomStream(1, RandomPurpose.InnerAttackStarts), Threads);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _adversary?.Dispose();
        _network?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void ProjectedGradient() => _adversary.Attack(_inputs, _labels, _examples, epoch: 0, CancellationToken.None);

    /// <summary>Two products a step: forward and input gradient.</summary>
    public double FlopsOf(string method) => Steps * 4.0 * Count * Width * Dimension;
}
