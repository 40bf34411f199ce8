using OneStep.Attacks.Hamming;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Statistics;

namespace OneStep.Experiments;

/// <summary>Measures how few coordinates move all outputs of a deep network.</summary>
internal static class OutputMoveMeasurement
{
    private const string Method = "output-moves";

    /// <summary>Moves the outputs at every input, once freely and once within pixel bounds.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">The inputs, [n, d].</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    public static OutputMoves Measure(DeepNetwork network, Matrix<float> inputs, ExperimentExecution execution)
    {
        Matrix<double> targets = Targets(network.OutputsOf(inputs, execution.Threads, execution.Cancellation));

        // As many as it takes: what a limit ends is not counted, and the mean of the rest would be the limit's.
        OutputMoveSummary Walk(bool clip, string name) => Summarize(
            new LinearSystemWalk { Clip = clip, MaximumCoordinates = network.InputDimension }.MoveOutputs(network, inputs, targets, AttackRelay.Execution(execution, ExperimentStage.Attack, name)));
        return new(network.Outputs, Walk(clip: false, Method), Walk(clip: true, RobustAccuracy.ClippedName(Method)));
    }

    private static Matrix<double> Targets(Matrix<double> outputs)
    {
        var targets = new Matrix<double>(outputs.Rows, outputs.Columns);
        for (int i = 0; i < outputs.Rows; i++)
        {
            ReadOnlySpan<double> row = outputs.Row(i);
            int next = (IndexOfLargest(row) + 1) % row.Length;

            // The single output becomes its opposite; of several the confidence stays what it is.
            LinearSystemWalk.Exchanged(row, next, margin: row.Length == 1 ? 1 : 0).CopyTo(targets.Row(i));
        }

        return targets;
    }

    private static int IndexOfLargest(ReadOnlySpan<double> values)
    {
        int largest = 0;
        for (int k = 1; k < values.Length; k++)
        {
            largest = values[k] > values[largest] ? k : largest;
        }

        return largest;
    }

    private static OutputMoveSummary Summarize(IReadOnlyList<OutputMove> moves)
    {
        OutputMove[] reached = [.. moves.Where(move => move.Reached)];
        return new(
            moves.Count,
            reached.Length,
            Summary.Of(reached.Select(move => (double)move.Coordinates.Count)),
            Summary.Of(reached.Select(move => (double)move.Regions)),
            Summary.Of(reached.Select(move => (double)move.Folds)));
    }
}
