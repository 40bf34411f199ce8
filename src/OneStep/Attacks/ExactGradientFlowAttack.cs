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
/// minimum of |f| before the sign changes has no perturbation, nor has one on which neurons of several layers slide at once
/// without settling, or where a tie between competitors would have to be slid along.</remarks>
public sealed record ExactGradientFlowAttack : IMinimumNormAttack
{
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
        (DeepNetwork network, OutputMargin margin, DeepNetwork? copy) = LayersOf(inputs.Function);
        using DeepNetwork? owned = copy;
        int count = inputs.Inputs.Rows;
        var perturbations = new Matrix<float>(count, inputs.Inputs.Columns);
        RayCrossing[] crossings = new RayCrossing[count];
        SearchPath?[] taken = new SearchPath?[count];
        ExactFlowPath?[] paths = new ExactFlowPath?[execution.Threads];
        using ScoreWorkspace workspace = inputs.Function.CreateWorkspace(1);
        var telling = new Lock();
        int finished = 0;
        WorkGrid.Run(count, execution.Threads, execution.Cancellation, (i, worker) =>
        {
            ExactFlowPath path = paths[worker] ??= new(network, margin, MaximumPieces);
            bool found = path.TryFollow(inputs.Inputs.Row(i), perturbations.Row(i), execution.Cancellation);

            // δ stands in the direction as it is: its length is not the verifier's to change.
            crossings[i] = found ? new(1, 0) : RayCrossing.None;
            taken[i] = found ? new(path.Pieces, path.Length) : null;
            workspace.CountPasses(1 + path.Pieces, path.Pieces);
            lock (telling)
            {
                execution.Progress?.Report(new(Name, ++finished, count));
            }
        });
        return new(perturbations, crossings) { Paths = taken };
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} (at most {MaximumPieces} pieces)");

    /// <summary>The layers of a function, and the scalar of their outputs that it is.</summary>
    private (DeepNetwork Network, OutputMargin Margin, DeepNetwork? Copy) LayersOf(IScoreFunction function)
    {
        switch (function is CountedFunction { Function: var counted } ? counted : function)
        {
            case DeepScoreFunction deep:
                return (deep.Network, deep.Margin, null);
            case TwoLayerNetwork { HoldsWeights: true } shallow:
                DeepNetwork copy = DeepNetwork.FromTwoLayer(shallow);
                return (copy, new(0, []), copy);
            default:
                throw new InvalidParameterException("method", Name, "for networks whose weights are in memory; elsewhere gradient-flow takes small steps");
        }
    }
}
