namespace OneStep.Certificates.Robustness;

/// <summary>
/// Every neuron at its worst by itself: w_s·(x + δ) lies within R‖w_s‖ of w_s·x, and S ≥ Σ₊ relu(z_s − R‖w_s‖) − Σ₋ relu(z_s + R‖w_s‖)
/// (docs/mathematics.md §7). On wide networks it says next to nothing.
/// </summary>
public sealed record IntervalBound : TwoLayerBound
{
    /// <inheritdoc/>
    public override string Name => "interval";

    /// <inheritdoc/>
    private protected override Func<IInputSearch> Prepare(TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation) =>
        () => new Search(rows, inputs, cancellation);

    private sealed class Search(TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation)
        : TwoLayerSearch(rows, inputs, cancellation)
    {
        protected override double FindRadius(ReadOnlySpan<float> perturbation) =>
            RadiusSearch.Find(At.Value / Rows.NormSum, double.PositiveInfinity, Holds);

        private bool Holds(double radius)
        {
            Cancellation.ThrowIfCancellationRequested();
            double sum = 0;
            double magnitude = 0;
            for (int s = 0; s < At.Products.Length; s++)
            {
                double sign = At.Signs[s];
                double worst = Math.Max(At.Products[s] - (sign * radius * Rows.Norms[s]), 0);
                sum += sign * worst;

                // Where the two nearly cancel, their rounding is larger than they are.
                magnitude += worst + Math.Abs(At.Products[s]) + (radius * Rows.Norms[s]);
            }

            return sum > At.PointError + (Rows.SumError * magnitude);
        }
    }
}
