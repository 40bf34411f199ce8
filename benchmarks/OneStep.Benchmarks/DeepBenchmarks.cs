using BenchmarkDotNet.Attributes;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Numerics.Tiles;

namespace OneStep.Benchmarks;

/// <summary>The passes over a network with five hidden layers of 512, of 1 000 dense inputs, and beside its exact rays the
/// products that they need and nothing else.</summary>
public unsafe class DeepBenchmarks : IFlopCount, IThreaded, IDisposable
{
    private const int Count = 1000;
    private const int Dimension = 784;
    private const int BlocksAtOnce = 6;

    private DeepNetwork _network = null!;
    private DeepScore _function = null!;
    private ScoreWorkspace _workspace = null!;
    private Matrix<float> _inputs = null!;
    private Matrix<float> _gradients = null!;
    private Matrix<double> _perturbed = null!;
    private RayBatch _rays = null!;
    private double[] _scores = [];
    private NativeBuffer<float>[] _taken = [];
    private NativeBuffer<float>[] _given = [];
    private nint _step;

    public int Threads { get; set; } = 1;

    /// <summary>How many passes forward the rays take; known once a setup has run, and the same for all of them.</summary>
    public static long RayPasses { get; private set; }

    [GlobalSetup]
    public void Setup()
    {
        _network = DeepInitialization.Draw([Dimension, 512, 512, 512, 512, 512, 1], bias: true, seed: 1, DeepInitializationScheme.He);
        _function = new(_network);
        _workspace = _function.CreateWorkspace(Threads);
        _inputs = BenchmarkInputs.Dense(Count, Dimension);
        _gradients = new(Count, Dimension);
        _scores = new double[Count];
        _function.ScoresAndGradients(_inputs, _scores, _gradients, _workspace, CancellationToken.None);
        _rays = BenchmarkInputs.StepRays(_inputs, _scores, _gradients);
        _perturbed = new(Count, Dimension, Array.ConvertAll(_inputs.Data, x => (double)x));
        long before = _workspace.ForwardPasses;
        FirstSignChanges();
        RayPasses = _workspace.ForwardPasses - before;

        _step = (Dimension + 1) * (nint)LayerProducts.Inputs;
        _taken = [.. Enumerable.Range(0, Threads).Select(_ => new NativeBuffer<float>(BlocksAtOnce * _step))];
        _given = [.. Enumerable.Range(0, Threads).Select(_ => new NativeBuffer<float>(BlocksAtOnce * _step))];
        foreach (NativeBuffer<float> buffer in _taken)
        {
            new Span<float>(buffer.Pointer, (int)buffer.Length).Fill(0.25f);
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _workspace?.Dispose();
        _network?.Dispose();
        foreach (NativeBuffer<float> buffer in (NativeBuffer<float>[])[.. _taken, .. _given])
        {
            buffer.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Forward() => _function.ScoresAndGradients(_inputs, _scores, gradients: null, _workspace, CancellationToken.None);

    [Benchmark]
    public void ForwardAndGradient() => _function.ScoresAndGradients(_inputs, _scores, _gradients, _workspace, CancellationToken.None);

    [Benchmark]
    public void FirstSignChanges() => _function.FirstSignChanges(_rays, new RayCrossing[Count], _workspace, CancellationToken.None);

    /// <summary>As many passes as the rays take, of the products alone.</summary>
    [Benchmark]
    public void ProductsOfRays()
    {
        int blocks = (int)((RayPasses + LayerProducts.Inputs - 1) / LayerProducts.Inputs);
        WorkGrid.Run((blocks + BlocksAtOnce - 1) / BlocksAtOnce, Threads, CancellationToken.None, (item, worker) =>
        {
            int count = Math.Min(BlocksAtOnce, blocks - (item * BlocksAtOnce));
            foreach (PackedWeights layer in _network.Layers.SkipLast(1))
            {
                LayerProducts.Forward(TileEngine.Best, layer, _taken[worker].Pointer, _given[worker].Pointer, _step, count);
            }
        });
    }

    [Benchmark]
    public void ScoresInDouble() => _function.ScoresInDouble(_perturbed, new BoundedScore[Count], _workspace, CancellationToken.None);

    public double FlopsOf(string method)
    {
        double pass = 2.0 * ((Dimension * 512.0) + (4 * 512.0 * 512.0));
        return pass * method switch
        {
            nameof(ForwardAndGradient) or nameof(ScoresInDouble) => 2 * Count,
            nameof(FirstSignChanges) or nameof(ProductsOfRays) => RayPasses,
            _ => Count,
        };
    }

    public bool IsDouble(string method) => method == nameof(ScoresInDouble);
}
