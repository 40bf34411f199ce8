namespace OneStep.Networks.Activations;

/// <summary>
/// f(x; W) = m^{-1/2} Σ_s a_s σ(w_s · x) with a smooth activation σ in the place of relu, from the same initialisation and in the
/// same layout (docs/mathematics.md §19). Everything is computed in float64, one input at a time.
/// </summary>
public sealed partial class ActivatedTwoLayerNetwork : IDisposable
{
    private readonly TwoLayerNetwork _layers;
    private readonly double[] _signs;

    /// <summary>Makes a network from the weights, signs and biases of another, which it then owns.</summary>
    /// <param name="layers">W, a and whether there are biases; its weights must be in memory.</param>
    /// <param name="activation">σ.</param>
    /// <exception cref="InvalidOperationException">No memory holds the weights.</exception>
    public ActivatedTwoLayerNetwork(TwoLayerNetwork layers, Activation activation)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(activation);
        _ = layers.Weights;
        _layers = layers;
        _signs = [.. layers.Signs.Select(a => (double)a)];
        Activation = activation;
    }

    /// <summary>σ.</summary>
    public Activation Activation { get; }

    /// <summary>The width m.</summary>
    public int Width => _layers.Width;

    /// <summary>The input dimension d.</summary>
    public int InputDimension => _layers.InputDimension;

    /// <inheritdoc/>
    public ScoreWorkspace CreateWorkspace(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return new Workspace(this, threads);
    }

    /// <inheritdoc/>
    public void Dispose() => _layers.Dispose();

    /// <summary>The buffers of every worker.</summary>
    private sealed class Workspace(ActivatedTwoLayerNetwork network, int threads) : ScoreWorkspace(network, threads)
    {
        private readonly ActivatedPass?[] _passes = new ActivatedPass?[threads];

        public ActivatedPass Of(int worker) => _passes[worker] ??= new(network._layers, network._signs, network.Activation);

        protected override void Dispose(bool disposing)
        {
            // Its buffers are managed memory.
        }
    }
}
