namespace OneStep.Certificates.Robustness.Deep;

/// <summary>
/// Every relu between two parallel lines, on the interval that the layers before it leave to its pre-activation [WZCSHDBD18]: what comes
/// out of a layer is affine in δ and in one number of [−1, 1] a neuron that may switch (docs/mathematics.md §7).
/// </summary>
public sealed record DeepLinearRelaxationBound : DeepBound
{
    /// <inheritdoc/>
    public override string Name => "linear-relaxation";

    /// <inheritdoc/>
    private protected override DeepSearch CreateSearch(DeepRows rows, RobustnessInputs inputs, CancellationToken cancellation) =>
        new Search(rows, inputs, cancellation);

    private sealed class Search(DeepRows rows, RobustnessInputs inputs, CancellationToken cancellation) : DeepSearch(rows, inputs, cancellation)
    {
        private readonly AffineLayers _layers = new(rows);

        public override void Dispose()
        {
            _layers.Dispose();
            base.Dispose();
        }

        protected override void Propagate(double radius) => _layers.Propagate(Input, radius, Cancellation);

        protected override double LowerBound(DeepObjective objective, double radius) => _layers.LowerBound(objective, radius);
    }
}
