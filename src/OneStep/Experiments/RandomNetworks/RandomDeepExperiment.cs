using OneStep.Attacks;
using OneStep.Networks.Deep;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>
/// One step on many deep random networks, at one random input each, and how constant in direction each network is: what ends
/// the success of the step with depth (docs/mathematics.md §19, [BBC21]).
/// </summary>
public static class RandomDeepExperiment
{
    // An input and another one to compare its layers with.
    private const int InputsANetwork = 2;

    /// <summary>Runs the experiment. Rows do not depend on the number of threads.</summary>
    /// <param name="parameters">What to measure.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    public static RandomDeepResult Run(RandomDeepParameters parameters, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(execution);
        parameters.Validate();
        RandomDeepRow[] rows = NetworkSweep.RunDeep(
            parameters.Networks, parameters.HiddenWidths, parameters.Dimension, InputsANetwork, parameters.Seed, execution, (index, network, inputs, own) => new RandomDeepRow(
                SingleInput.Step(index, new DeepScore(network), inputs.RowRange(0, 1), own, parameters.LongestRelativeStep),
                LayerCosines.Of(network, inputs.Row(0), inputs.Row(1))));
        return new(parameters, rows);
    }
}

/// <summary>One deep random network.</summary>
/// <param name="Step">What one step does to it, with ‖x‖ = √d.</param>
/// <param name="Cosines">The cosines between two independent inputs and between what the hidden layers make of them, [1 + depth];
/// null where a layer has no active neuron.</param>
public sealed record RandomDeepRow(RandomNetworkRow Step, IReadOnlyList<double?> Cosines);

/// <summary>What one step does to deep random networks.</summary>
/// <param name="Parameters">What was measured.</param>
/// <param name="Rows">One row a network.</param>
public sealed record RandomDeepResult(RandomDeepParameters Parameters, IReadOnlyList<RandomDeepRow> Rows)
{
    /// <summary>What the steps say together.</summary>
    public RandomNetworkSummary Summary => RandomNetworkSummary.Of([.. Rows.Select(row => row.Step)]);

    /// <summary>The mean cosine of the inputs and of every hidden layer, over the networks that have one, [1 + depth].</summary>
    public IReadOnlyList<double?> MeanCosines =>
        [.. Enumerable.Range(0, Parameters.Depth + 1).Select(l => Rows.Select(row => row.Cosines[l]).Average())];

    /// <summary>The mean cosines that the same inputs have in the limit of infinite width, [1 + depth].</summary>
    public IReadOnlyList<double> LimitCosines
    {
        get
        {
            double[] sums = new double[Parameters.Depth + 1];
            foreach (RandomDeepRow row in Rows)
            {
                // Inputs have a length, so that there always is a cosine between them.
                IReadOnlyList<double> limit = LayerCosines.InTheLimit(row.Cosines[0]!.Value, Parameters.Depth);
                for (int l = 0; l < sums.Length; l++)
                {
                    sums[l] += limit[l];
                }
            }

            return [.. sums.Select(sum => sum / Rows.Count)];
        }
    }
}
