using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Training;

/// <summary>A network, the weights it started from and how it came from the one to the other.</summary>
/// <param name="Network">The network as trained.</param>
/// <param name="Summary">How training went; null for a network that was not trained here.</param>
public sealed record TrainedNetwork(TwoLayerNetwork Network, TrainingSummary? Summary) : IDisposable
{
    private readonly PackedWeights? _initialWeights;

    /// <summary>Makes a network that may have left its initial weights.</summary>
    /// <param name="network">The network as trained.</param>
    /// <param name="initialWeights">W0, laid out like the network's weights.</param>
    /// <param name="summary">How training went; null for a network that was not trained here.</param>
    public TrainedNetwork(TwoLayerNetwork network, PackedWeights initialWeights, TrainingSummary? summary)
        : this(network, summary) => _initialWeights = initialWeights;

    /// <summary>W0, laid out like the network's weights; for an untrained network those weights themselves.</summary>
    /// <exception cref="InvalidOperationException">No memory holds them: see <see cref="TwoLayerNetwork.HoldsWeights"/>.</exception>
    public PackedWeights InitialWeights => _initialWeights ?? Network.Weights;

    /// <summary>Whether the network stands at its initial weights by construction: there is then no second copy of them.</summary>
    public bool IsUntrained => _initialWeights is null;

    /// <summary>Where W0 is read from, whether memory holds it or not.</summary>
    internal IPanelSource InitialPanels => _initialWeights ?? Network.Panels;

    /// <summary>The network that it was before training, with a copy of W0; whoever asks disposes of it.</summary>
    /// <exception cref="InvalidOperationException">No memory holds them: see <see cref="TwoLayerNetwork.HoldsWeights"/>.</exception>
    public TwoLayerNetwork CopyOfInitial() => new(InitialWeights.Clone(), [.. Network.Signs], Network.HasBias);

    /// <inheritdoc/>
    public void Dispose()
    {
        Network.Dispose();
        _initialWeights?.Dispose();
    }
}
