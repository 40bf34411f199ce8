using OneStep.Data;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Networks.Passes;

namespace OneStep.Training.Deep;

/// <summary>
/// Minibatch SGD on all layers and biases of a network, with the logistic loss for one output and the softmax loss for several
/// (docs/mathematics.md §16). The order of examples comes from the seed alone.
/// </summary>
/// <param name="options">How to train.</param>
/// <param name="seed">The seed of the order of examples.</param>
public sealed class DeepTrainer(DeepTrainingOptions options, ulong seed)
{
    /// <summary>Trains a network in place.</summary>
    /// <param name="network">The network, at its initial weights.</param>
    /// <param name="examples">The training set, at least one example; labels are −1 and +1 for a network with one output, else
    /// 0 to outputs − 1.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <returns>The network and what happened.</returns>
    /// <exception cref="InvalidParameterException">An option is out of its range.</exception>
    /// <exception cref="ArgumentException">The examples do not fit the network.</exception>
    /// <exception cref="OneStepException">Numbers overflow, the learning rate being far too large, or there is not enough
    /// memory.</exception>
    public TrainedDeepNetwork Train(DeepNetwork network, LabelledInputs examples, TrainingExecution execution)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(execution);
        options.Validate();
        RequireFit(network, examples);
        int capacity = Math.Min(options.Batch, examples.Count);
        using DeepNetwork initial = network.Clone();
        using DeepPass pass = CreatePass(network, examples, capacity, execution.Threads);
        LazyBall[] balls = [.. initial.Layers.Select(layer => new LazyBall(layer, radius: 0))];
        var order = new ExampleOrder(seed, examples.Count, capacity);
        var trace = new TrainingTrace(
            options.EvaluationInterval, order.Batches, () => balls.Zip(network.Layers, (ball, layer) => ball.Deviation(layer, execution.Threads)).Max());
        int steps = TakeSteps(pass, order, trace, execution);
        (double loss, double accuracy) = Evaluate(pass, examples.Count, capacity, execution.Cancellation);
        TrainingSteps.RequireFinite(double.IsFinite(loss), steps, options.LearningRate);
        return new(network, new(steps, (double)steps / order.Batches, trace.LastDeviation, loss, accuracy, trace.Points));
    }

    private static void RequireFit(DeepNetwork network, LabelledInputs examples)
    {
        ArgumentOutOfRangeException.ThrowIfZero(examples.Count, nameof(examples));
        if (examples.Inputs.Rows != examples.Count || examples.Inputs.Columns != network.InputDimension)
        {
            throw new ArgumentException(
                $"{examples.Count} labels and a network of {network.InputDimension} inputs do not fit inputs of {examples.Inputs.Rows} x {examples.Inputs.Columns}.",
                nameof(examples));
        }

        int wrong = Array.FindIndex(examples.Labels, label => !OutputLoss.IsLabel(label, network.Outputs));
        if (wrong >= 0)
        {
            string labels = network.Outputs == 1 ? "-1 and 1" : $"0 to {network.Outputs - 1}";
            throw new ArgumentException($"Label {examples.Labels[wrong]} of example {wrong} is none of {labels}.", nameof(examples));
        }
    }

    private DeepPass CreatePass(DeepNetwork network, LabelledInputs examples, int capacity, int threads)
    {
        try
        {
            return new(network, examples, options, capacity, threads);
        }
        catch (OutOfMemoryException exception)
        {
            throw new OneStepException(
                $"A minibatch of {capacity} examples needs more memory than this machine has; use a batch below {capacity}.", exception);
        }
    }

    private int TakeSteps(DeepPass pass, ExampleOrder order, TrainingTrace trace, TrainingExecution execution)
    {
        int maximumSteps = TrainingSteps.Count(options.Epochs, order.Batches);
        for (int step = 0; step < maximumSteps;)
        {
            pass.Score(order.Of(step), execution.Cancellation);
            (double loss, int correct) = Totals(pass.Batch);
            trace.Visit(loss, correct, pass.Batch.Count);
            TrainingSteps.RequireFinite(double.IsFinite(loss), step, options.LearningRate);
            TrainingSteps.RequireFinite(pass.Step(execution.Cancellation), step, options.LearningRate);
            step++;
            trace.Advance(step, ended: step == maximumSteps);
            execution.Progress?.Report(new(step, maximumSteps, trace.LastLoss, trace.LastDeviation));
        }

        return maximumSteps;
    }

    private static (double Loss, double Accuracy) Evaluate(DeepPass pass, int count, int capacity, CancellationToken cancellation)
    {
        int[] all = NetworkShape.AllRows(count);
        double loss = 0;
        int correct = 0;
        for (int first = 0; first < count; first += capacity)
        {
            pass.Score(all.AsSpan(first, Math.Min(capacity, count - first)), cancellation);
            (double batchLoss, int batchCorrect) = Totals(pass.Batch);
            loss += batchLoss;
            correct += batchCorrect;
        }

        return (loss / count, (double)correct / count);
    }

    // The sums over a minibatch, in the order of its examples.
    private static (double Loss, int Correct) Totals(DeepMinibatch batch)
    {
        double loss = 0;
        int correct = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            loss += batch.Losses[i];
            correct += batch.Correct[i] ? 1 : 0;
        }

        return (loss, correct);
    }
}
