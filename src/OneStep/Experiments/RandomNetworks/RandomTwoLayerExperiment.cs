using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Networks.Activations;
using OneStep.Numerics;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>
/// One step on many random two-layer networks, at one random unit input each: inputs of one network share its random
/// numbers, so that their mean would say little of networks (docs/mathematics.md §19, [BCGT21]).
/// </summary>
public static class RandomTwoLayerExperiment
{
    // Beyond, no memory holds weights that can be drawn anew.
    private const long LargestBytesHeld = 512L << 20;

    /// <summary>Runs the experiment. Rows do not depend on the number of threads.</summary>
    /// <param name="parameters">What to measure.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    public static RandomTwoLayerResult Run(RandomTwoLayerParameters parameters, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(execution);
        parameters.Validate();
        int dimension = parameters.Dimension;
        RandomNetworkRow[] rows = NetworkSweep.Run(parameters.Networks, NetworkSweep.FitSideBySide([dimension, parameters.Width]), execution, (index, own) =>
        {
            ulong seed = NetworkSweep.SeedOf(parameters.Seed, index);
            Matrix<float> input = SphereInputs.Draw(1, dimension, InputConvention.Unit.InputNorm(dimension), parameters.Seed, index);
            if (parameters.Activation.Smooth() is not { } smooth)
            {
                using TwoLayerNetwork network = Draw(parameters, seed, DrawsAnew(parameters), own);
                return SingleInput.Step(index, network, input, own);
            }

            using var activated = new ActivatedTwoLayerNetwork(Draw(parameters, seed, panelByPanel: false, own), smooth);
            return SingleInput.Step(index, activated, input, own);
        });
        return new(parameters, [.. rows.Select(row => parameters.Convention.FromUnit(row))]);
    }

    /// <summary>Whether no memory holds the weights: every pass draws them anew.</summary>
    internal static bool DrawsAnew(RandomTwoLayerParameters parameters) =>
        parameters.Activation.Smooth() is null && (long)parameters.Width * parameters.Dimension * sizeof(float) > LargestBytesHeld;

    private static TwoLayerNetwork Draw(RandomTwoLayerParameters parameters, ulong seed, bool panelByPanel, AttackExecution execution) => panelByPanel
        ? Initialization.DrawPanelByPanel(parameters.Width, parameters.Dimension, InitializationKind.Standard, bias: false, seed)
        : Initialization.Draw(
            parameters.Width, parameters.Dimension, InitializationKind.Standard, bias: false, seed, execution.Threads, execution.Cancellation);
}

/// <summary>What one step does to random two-layer networks.</summary>
/// <param name="Parameters">What was measured.</param>
/// <param name="Rows">One row a network; lengths are in the parameters' convention.</param>
public sealed record RandomTwoLayerResult(RandomTwoLayerParameters Parameters, IReadOnlyList<RandomNetworkRow> Rows)
{
    /// <summary>What the rows say together.</summary>
    public RandomNetworkSummary Summary => RandomNetworkSummary.Of(Rows);
}
