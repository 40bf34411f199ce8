using OneStep.Formats;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Training;
using OneStep.Training.Deep;

namespace OneStep.Experiments;

/// <summary>A network of any depth: one output for two classes, and one a class for more.</summary>
/// <param name="network">The network, which is then owned.</param>
public sealed class DeepModel(TrainedDeepNetwork network) : TrainedModel
{
    /// <summary>The network.</summary>
    public DeepNetwork Network => network.Network;

    /// <inheritdoc/>
    public override int ClassCount => Math.Max(2, Network.Outputs);

    /// <inheritdoc/>
    public override TrainingSummary? Training => network.Summary is not { } summary ? null : new(
        summary.Steps, summary.Epochs, summary.Deviation, C0Measured: double.NaN, ReachedBall: false, summary.TrainLoss, summary.TrainAccuracy, summary.Trace);

    /// <inheritdoc/>
    public override IScoreFunction ScoreFor(int label) => Network.Outputs == 1 ? new DeepScore(Network) : new ClassMargin(Network, label);

    /// <inheritdoc/>
    public override Prediction[] Predict(Matrix<float> inputs, int threads, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Matrix<double> outputs = Network.OutputsOf(inputs, threads, cancellation);
        return [.. Enumerable.Range(0, inputs.Rows).Select(i => Network.Outputs == 1 ? Predictions.OfScore(outputs[i, 0]) : Predictions.OfOutputs(outputs.Row(i)))];
    }

    /// <inheritdoc/>
    public override double? Deviation(int threads) => network.Summary?.Deviation;

    /// <inheritdoc/>
    internal override IReadOnlyList<TensorSource> Tensors(CancellationToken cancellation) => DeepNetworkFile.Tensors(Network, cancellation);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            network.Dispose();
        }
    }
}
