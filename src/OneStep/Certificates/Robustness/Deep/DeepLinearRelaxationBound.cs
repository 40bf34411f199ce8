using OneStep.Attacks;
using OneStep.Networks;

namespace OneStep.Certificates.Robustness.Deep;

/// <summary>
/// Every relu between two parallel lines, on the interval that the layers before it leave to its pre-activation [WZCSHDBD18]: what comes
/// out of a layer is affine in δ and in one number of [−1, 1] a neuron that may switch (docs/mathematics.md §7).
/// </summary>
public sealed record DeepLinearRelaxationBound : IRobustnessBound
{
    /// <inheritdoc/>
    public string Name => "linear-relaxation";

    /// <inheritdoc/>
    public bool Supports(IScoreFunction candidate) => DeepRows.Supports(candidate);

    /// <inheritdoc/>
    public double[] Radii(RobustnessInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        DeepRows rows = DeepRows.Of(inputs);
        return InputSearches.Run(inputs, Name, execution, () => new Search(rows, inputs, execution.Cancellation));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private sealed class Search(DeepRows rows, RobustnessInputs inputs, CancellationToken cancellation) : DeepSearch(rows, inputs, cancellation)
    {
        private readonly AffineLayers _layers = new(rows);

        public override void Dispose() => _layers.Dispose();

        protected override void Propagate(double radius) => _layers.Propagate(Input, radius, Cancellation);

        protected override double LowerBound(DeepObjective objective, double radius) => _layers.LowerBound(objective, radius);
    }
}
