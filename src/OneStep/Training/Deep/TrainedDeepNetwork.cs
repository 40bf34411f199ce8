using OneStep.Networks.Deep;

namespace OneStep.Training.Deep;

/// <summary>What a training run of all layers did.</summary>
/// <param name="Steps">SGD steps taken.</param>
/// <param name="Epochs">Passes over the training set.</param>
/// <param name="Deviation">The largest distance of a row of any layer's matrix from its initial value at the end.</param>
/// <param name="TrainLoss">Mean loss over the whole training set at the end: logistic for one output, else softmax.</param>
/// <param name="TrainAccuracy">Part of the training set classified correctly at the end, 0 to 1.</param>
/// <param name="Trace">The training curve.</param>
public sealed record DeepTrainingSummary(
    int Steps,
    double Epochs,
    double Deviation,
    double TrainLoss,
    double TrainAccuracy,
    IReadOnlyList<TrainingPoint> Trace);

/// <summary>A network of any depth and how it was trained.</summary>
/// <param name="Network">The network as trained.</param>
/// <param name="Summary">How training went; null for a network that was not trained here.</param>
public sealed record TrainedDeepNetwork(DeepNetwork Network, DeepTrainingSummary? Summary) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Network.Dispose();
}
