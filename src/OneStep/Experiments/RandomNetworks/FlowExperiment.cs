using OneStep.Attacks;
using OneStep.Networks.Deep;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>
/// Gradient flow, in small steps and exact, against one exact step, on random networks of vanishing widths at one random input
/// each (docs/mathematics.md §19, [DS21]).
/// </summary>
public static class FlowExperiment
{
    // Small steps may go this many first-order lengths; the flow is hardly ever longer than two.
    private const double LongestPath = 20;

    /// <summary>Runs the experiment. Rows do not depend on the number of threads.</summary>
    /// <param name="parameters">What to measure.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    public static FlowResult Run(FlowParameters parameters, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(execution);
        parameters.Validate();
        int dimension = parameters.Dimension;
        var smallSteps = new GradientFlowAttack
        {
            StepLength = parameters.StepLength,
            MaximumSteps = (int)Math.Min(Math.Ceiling(LongestPath / parameters.StepLength), int.MaxValue),
        };
        FlowRow[] rows = NetworkSweep.RunDeep(parameters.Networks, parameters.HiddenWidths, dimension, 1, parameters.Seed, execution, (index, network, input, own) =>
        {
            var function = new DeepScore(network);
            Classification classification = SingleInput.Classify(function, input, own);
            AttackedExample Attack(IMinimumNormAttack attack) => AttackRunner.Run(attack, function, classification, own).Examples[0];
            return new FlowRow(
                RandomNetworkRow.Of(index, dimension, Attack(new OneStepAttack())),
                FlowPath.Of(Attack(smallSteps)),
                FlowPath.Of(Attack(new ExactGradientFlowAttack())));
        });
        return new(parameters, rows);
    }
}

/// <summary>A path of gradient flow that flipped the prediction, confirmed in float64; lengths for ‖x‖ = √d.</summary>
/// <param name="PerturbationNorm">‖δ‖ from its beginning to its end.</param>
/// <param name="Length">The length of the path.</param>
/// <param name="Steps">Its steps, or straight pieces.</param>
public sealed record FlowPath(double PerturbationNorm, double Length, int Steps)
{
    /// <summary>The path of an attack; null where there is none that flips.</summary>
    internal static FlowPath? Of(AttackedExample example) => example is { Status: ExampleStatus.Flipped, PathLength: { } length, Steps: { } steps }
        ? new(example.PerturbationNorm!.Value, length, steps)
        : null;
}

/// <summary>One random network of vanishing widths.</summary>
/// <param name="Step">What one exact step does, with ‖x‖ = √d: ‖δ‖√d/‖x‖ is ‖δ‖.</param>
/// <param name="SmallSteps">The flow in small steps; null where it does not flip.</param>
/// <param name="Exact">The exact flow; null where it does not flip.</param>
public sealed record FlowRow(RandomNetworkRow Step, FlowPath? SmallSteps, FlowPath? Exact);

/// <summary>What gradient flow does to random networks of vanishing widths.</summary>
/// <param name="Parameters">What was measured.</param>
/// <param name="Rows">One row a network.</param>
public sealed record FlowResult(FlowParameters Parameters, IReadOnlyList<FlowRow> Rows)
{
    /// <summary>What the single steps say together.</summary>
    public RandomNetworkSummary Summary => RandomNetworkSummary.Of([.. Rows.Select(row => row.Step)]);
}
