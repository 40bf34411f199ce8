using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// |f(x)| over the network's Lipschitz constant, L ≤ ½(‖Wᵀa‖/√m + ‖W‖₂) (docs/mathematics.md §7): one constant for all inputs.
/// </summary>
public sealed record GlobalLipschitzBound : IRobustnessBound
{
    /// <inheritdoc/>
    public string Name => "global-lipschitz";

    /// <inheritdoc/>
    public bool Supports(IScoreFunction candidate) => TwoLayerRows.Supports(candidate);

    /// <inheritdoc/>
    public double[] Radii(RobustnessInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        TwoLayerRows rows = TwoLayerRows.Of(inputs);
        double constant = Constant(rows, execution.Cancellation);
        return InputSearches.Run(inputs, Name, execution, () => new Search(rows, inputs, constant, execution.Cancellation));
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

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

    private sealed class Search(TwoLayerRows rows, RobustnessInputs inputs, double constant, CancellationToken cancellation) : IInputSearch
    {
        private readonly RowsAtInput _at = new(rows);

        public double Radius(int input)
        {
            _at.MoveTo(inputs.Inputs.Row(input), inputs.Signs[input], cancellation);
            double radius = _at.LowerValue / constant * (1 - rows.RowError);
            return radius > 0 && double.IsFinite(radius) ? radius : 0;
        }

        public void Dispose()
        {
        }
    }
}
