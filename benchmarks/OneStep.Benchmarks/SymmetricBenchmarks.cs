using BenchmarkDotNet.Attributes;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Benchmarks;

/// <summary>What the lower bounds are made of: the symmetric product of all rows of W, each with a rate of its own, and the
/// factorisation that proves a shift of it positive definite.</summary>
public class SymmetricBenchmarks : IFlopCount, IDisposable
{
    private TwoLayerNetwork _network = null!;
    private WeightedGram _products = null!;
    private SymmetricTiles _gram = null!;
    private ShiftedCholesky _factor = null!;
    private double[] _rates = null!;

    [Params(100, 784)]
    public int Dimension { get; set; }

    [Params(10_000)]
    public int Width { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _network = Initialization.Draw(Width, Dimension, InitializationKind.Standard, bias: false, seed: 1, threads: 1, CancellationToken.None);
        _products = new(Dimension);
        _gram = new(Dimension);
        _factor = new(Dimension);
        _rates = [.. Enumerable.Range(0, Width).Select(s => 1 + (s % 5))];
        _products.Compute(_network.Weights, _rates, _gram, CancellationToken.None);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        foreach (IDisposable? owned in (IDisposable?[])[_network, _products, _gram, _factor])
        {
            owned?.Dispose();
        }

        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void SymmetricProduct() => _products.Compute(_network.Weights, _rates, _gram, CancellationToken.None);

    // Twice the trace is above every eigenvalue.
    [Benchmark]
    public void Factorization() => _factor.TryFactor(_gram, 2 * _gram.Trace(), CancellationToken.None);

    // Of a symmetric matrix one half is computed.
    public double FlopsOf(string method)
    {
        double order = Dimension;
        return method == nameof(Factorization) ? order * order * order / 3 : Width * order * (order + 1);
    }

    public bool IsDouble(string method) => true;
}
