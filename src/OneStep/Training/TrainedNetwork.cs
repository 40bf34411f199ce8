using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Training;

/// <summary>A network, the weights it started from and how it came from the one to the other.</summary>
/// <param name="Network">The network as trained.</param>
/// <param name="InitialWeights">W0, laid out like the network's weights.</param>
/// <param name="Summary">How training went; null for a network that was not trained here.</param>
public sealed record TrainedNetwork(TwoLayerNetwork Network, PackedWeights InitialWeights, TrainingSummary? Summary) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Network.Dispose();
        InitialWeights.Dispose();
    }
}
