using BenchmarkDotNet.Attributes;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Benchmarks;

/// <summary>The passes over a network on one thread: dense inputs, and inputs of which five in six coordinates are zero in
/// runs, as in an image of a digit.</summary>
public class PassBenchmarks : IFlopCount, IThreaded, IDisposable
{
    private const int Count = 480;

    private TwoLayerNetwork _network = null!;
    private ScoreWorkspace _workspace = null!;
    private Matrix<float> _inputs = null!;
    private Matrix<float> _images = null!;
    private Matrix<float> _gradients = null!;
    private Matrix<double> _perturbed = null!;
    private RayBatch _rays = null!;
    private double[] _scores = [];

    [Params(25, 100, 784)]
    public int Dimension { get; set; }

    [Params(1_000, 10_000)]
    public int Width { get; set; }

    public int Threads { get; set; } = 1;

    [GlobalSetup]
    public void Setup()
    {
        _network = Initialization.Draw(Width, Dimension, InitializationKind.Standard, bias: false, seed: 1, threads: 1, CancellationToken.None);
        _workspace = _network.CreateWorkspace(Threads);
        _inputs = BenchmarkInputs.Dense(Count, Dimension);
        _images = BenchmarkInputs.Sparse(Count, Dimension);
        _gradients = new(Count, Dimension);
        _scores = new double[Count];
        _network.ScoresAndGradients(_inputs, _scores, _gradients, _workspace, CancellationToken.None);
        _rays = BenchmarkInputs.StepRays(_inputs, _scores, _gradients);
        _perturbed = new(Count, Dimension, Array.ConvertAll(_inputs.Data, x => (double)x));
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _workspace?.Dispose();
        _network?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Forward() => _network.ScoresAndGradients(_inputs, _scores, gradients: null, _workspace, CancellationToken.None);

    [Benchmark]
    public void ForwardOfImages() => _network.ScoresAndGradients(_images, _scores, gradients: null, _workspace, CancellationToken.None);

    [Benchmark]
    public void ForwardAndGradient() => _network.ScoresAndGradients(_inputs, _scores, _gradients, _workspace, CancellationToken.None);

    [Benchmark]
    public void FirstSignChanges() => _network.FirstSignChanges(_rays, new RayCrossing[Count], _workspace, CancellationToken.None);

    [Benchmark]
    public void ScoresInDouble() => _network.ScoresInDouble(_perturbed, new BoundedScore[Count], _workspace, CancellationToken.None);

    public double FlopsOf(string method) =>
        2.0 * Count * Width * Dimension * (method is nameof(ForwardAndGradient) or nameof(FirstSignChanges) ? 2 : 1);

    public bool IsDouble(string method) => method == nameof(ScoresInDouble);
}
