using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// |f(x)| over the network's Lipschitz constant, L ≤ ½(‖Wᵀa‖/√m + ‖W‖₂) (docs/mathematics.md §7): one constant for all inputs.
/// </summary>
public sealed record GlobalLipschitzBound : TwoLayerBound
{
    /// <inheritdoc/>
    public override string Name => "global-lipschitz";

    /// <inheritdoc/>
    private protected override Func<IInputSearch> Prepare(TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation)
    {
        double constant = Constant(rows, cancellation);
        return () => new Search(rows, inputs, constant, cancellation);
    }

    /// <summary>At least √m times the Lipschitz constant.</summary>
    private static double Constant(TwoLayerRows rows, CancellationToken cancellation)
    {
        double[] mean = rows.Combine([.. rows.Network.Signs.Select(a => (double)a)], cancellation);
        double meanNorm = Math.Sqrt(RowProducts.Dot(mean, mean)) + (rows.SumError * rows.NormSum);
        double[] all = new double[rows.Width];
        Array.Fill(all, 1);
        using var norm = new RowSpectralNorm(rows.Weights, rows.Network.InputDimension, cancellation);
        return 0.5 * (meanNorm + (Math.Sqrt(rows.Width) * norm.Of(all))) * (1 + rows.RowError);
    }

    private sealed class Search(TwoLayerRows rows, RobustnessInputs inputs, double constant, CancellationToken cancellation)
        : TwoLayerSearch(rows, inputs, cancellation)
    {
        protected override double FindRadius(ReadOnlySpan<float> perturbation) => At.LowerValue / constant * (1 - Rows.RowError);
    }
}
