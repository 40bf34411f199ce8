using OneStep.Formats;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>
/// A network as experiments attack it, whatever its kind: score functions whose signs say what it predicts, and what a file
/// keeps of it. Whoever has it disposes of it.
/// </summary>
public abstract class TrainedModel : IDisposable
{
    /// <summary>How many classes it tells apart, at least 2.</summary>
    public abstract int ClassCount { get; }

    /// <summary>How training went; null for a network that was not trained here.</summary>
    public abstract TrainingSummary? Training { get; }

    /// <summary>
    /// The function f under attack at inputs of a label. Of two classes it is the same for both: its sign is the predicted
    /// label. Of more it is the margin of that class over the best other one, positive where the class is predicted.
    /// </summary>
    /// <param name="label">A label: see <see cref="Data.ClassSplit"/>.</param>
    public abstract IScoreFunction ScoreFor(int label);

    /// <summary>What the network says of inputs, and how sure it is.</summary>
    /// <param name="inputs">The inputs, [n, d].</param>
    /// <param name="threads">How many threads may be used.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public abstract Prediction[] Predict(Matrix<float> inputs, int threads, CancellationToken cancellation = default);

    /// <summary>The largest distance of a row of the hidden weights from its initial value; null where it is not known.</summary>
    /// <param name="threads">How many threads may be used.</param>
    public abstract double? Deviation(int threads);

    /// <summary>The tensors of a saved file that make up the network.</summary>
    /// <param name="cancellation">Ends the writing early with an <see cref="OperationCanceledException"/>.</param>
    internal abstract IReadOnlyList<TensorSource> Tensors(CancellationToken cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the network's memory back.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>What a network says of an input.</summary>
/// <param name="Label">The predicted label; null where f = 0.</param>
/// <param name="Confidence">How sure the model that training fits is of it, 0 to 1: 1/(1 + e^−|f|) of two classes, the softmax of more.</param>
public readonly record struct Prediction(int? Label, double Confidence);
