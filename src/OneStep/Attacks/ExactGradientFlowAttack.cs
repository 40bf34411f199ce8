using OneStep.Attacks.GradientFlow;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// The gradient flow of [DS21] without steps: dx/dt = −sign(f(x₀)) ∇f(x) on a ReLU network is a path of straight pieces, which
/// is followed from boundary to boundary until the score is zero (docs/mathematics.md §17). Where the gradients on both sides
/// of a boundary push towards it, the path slides along it.
/// </summary>
/// <remarks>A piece costs a pass forward and one or two backward, in float64 and one input at a time. A path that ends in a
/// minimum of |f| before the sign changes has no perturbation.</remarks>
public sealed record ExactGradientFlowAttack : IMinimumNormAttack
{
    // What the output weights are told as: their common scale does not move the path, and ±1 is exact.
    private static readonly double[] OneOutput = [1];

    /// <summary>The most pieces of a path, at least 1. Default 100000.</summary>
    public int MaximumPieces { get; init; } = 100_000;

    /// <inheritdoc/>
    public string Name => "exact-gradient-flow";

    /// <inheritdoc/>
    /// <exception cref="InvalidParameterException">An option is outside of its range, or the function is no network whose
    /// weights are in memory.</exception>
    public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        InvalidParameterException.Require(MaximumPieces >= 1, "maximum-pieces", MaximumPieces, "an integer from 1 on");
        using PackedWeights outputs = OutputWeights(inputs.Function, out TwoLayerNetwork network);

        // The hidden weights stay the two-layer network's: this one is not disposed of.
        var layers = new DeepNetwork([network.Weights, outputs], network.HasBias);
        int count = inputs.Inputs.Rows;
        var perturbations = new Matrix<float>(count, inputs.Inputs.Columns);
        RayCrossing[] crossings = new RayCrossing[count];
        SearchPath?[] taken = new SearchPath?[count];
        ExactFlowPath?[] paths = new ExactFlowPath?[execution.Threads];
        using ScoreWorkspace workspace = inputs.Function.CreateWorkspace(1);
        int finished = 0;
        WorkGrid.Run(count, execution.Threads, execution.Cancellation, (i, worker) =>
        {
            ExactFlowPath path = paths[worker] ??= new(layers, OneOutput, MaximumPieces);
            bool found = path.TryFollow(inputs.Inputs.Row(i), perturbations.Row(i), execution.Cancellation);

            // δ stands in the direction as it is: its length is not the verifier's to change.
            crossings[i] = found ? new(1, 0) : RayCrossing.None;
            taken[i] = found ? new(path.Pieces, path.Length) : null;
            workspace.CountPasses(1 + path.Pieces, path.Pieces);
            execution.Progress?.Report(new(Name, Interlocked.Increment(ref finished), count));
        });
        return new(perturbations, crossings) { Paths = taken };
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} (at most {MaximumPieces} pieces)");

    /// <summary>a as the last layer of a deep network.</summary>
    private PackedWeights OutputWeights(IScoreFunction function, out TwoLayerNetwork network)
    {
        IScoreFunction counted = function is CountedFunction { Function: var inner } ? inner : function;
        network = counted as TwoLayerNetwork
            ?? throw new InvalidParameterException("method", Name, "for two-layer networks; elsewhere gradient-flow takes small steps");
        InvalidParameterException.Require(network.HoldsWeights, "method", Name, "for networks whose weights are in memory");
        var outputs = new PackedWeights(1, network.Width + (network.HasBias ? 1 : 0));
        float[] row = new float[outputs.Columns];
        for (int s = 0; s < network.Width; s++)
        {
            row[s] = network.Signs[s];
        }

        outputs.SetRow(0, row);
        return outputs;
    }
}
