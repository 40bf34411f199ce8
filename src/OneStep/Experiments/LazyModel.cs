using OneStep.Formats;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>A two-layer network with the weights that it was initialised with: the lazy regime's.</summary>
/// <param name="network">The network, which is then owned.</param>
public sealed class LazyModel(TrainedNetwork network) : TrainedModel
{
    /// <summary>The network and its initial weights.</summary>
    public TrainedNetwork Network => network;

    /// <inheritdoc/>
    public override int ClassCount => 2;

    /// <inheritdoc/>
    public override TrainingSummary? Training => network.Summary;

    /// <inheritdoc/>
    public override IScoreFunction ScoreFor(int label) => network.Network;

    /// <inheritdoc/>
    public override Prediction[] Predict(Matrix<float> inputs, int threads, CancellationToken cancellation = default) =>
        Predictions.OfSigns(network.Network, inputs, threads, cancellation);

    /// <inheritdoc/>
    public override double? Deviation(int threads) =>
        network.IsUntrained ? 0 : new LazyBall(network.InitialWeights, radius: 1).Deviation(network.Network.Weights, threads);

    /// <inheritdoc/>
    internal override IReadOnlyList<TensorSource> Tensors(CancellationToken cancellation) =>
    [
        TensorSources.Weights(ExperimentTensors.Weights, network.Network.Panels, cancellation),
        TensorSources.Weights(ExperimentTensors.InitialWeights, network.InitialPanels, cancellation),
        TensorSources.Vector(ExperimentTensors.Signs, [.. network.Network.Signs.Select(sign => (float)sign)]),
    ];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            network.Dispose();
        }
    }
}
