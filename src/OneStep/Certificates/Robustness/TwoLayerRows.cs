using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>What the bounds on a two-layer network need of its rows: signs, and norms rounded up. Scores are kept times √m, so that no
/// scale has to be rounded.</summary>
internal sealed unsafe class TwoLayerRows
{
    /// <summary>Pays for the rounding of bounds on rounding.</summary>
    public const double Slack = 1.01;

    // Roundings of a computed number beside those of the long sum that it is made of.
    private const int OtherRoundings = 16;

    /// <summary>Takes the norms of a network's rows.</summary>
    public TwoLayerRows(TwoLayerNetwork network)
    {
        Network = network;
        double up = 1 + RoundingError.Gamma(Weights.Columns + OtherRoundings);
        Span<double> squares = stackalloc double[PackedWeights.Lanes];
        double sum = 0;
        Norms = new double[network.Width];
        for (int s = 0; s < Norms.Length; s++)
        {
            int lane = s % PackedWeights.Lanes;
            if (lane == 0)
            {
                RowNorms.SumSquares(Weights.Panel(s / PackedWeights.Lanes), null, network.InputDimension, squares);
            }

            Norms[s] = up * Math.Sqrt(squares[lane]);
        }

        for (int panel = 0; panel < Weights.PanelCount; panel++)
        {
            RowNorms.PanelSquares(Weights, panel, squares);
            foreach (double square in squares)
            {
                sum += Math.Sqrt(square);
            }
        }

        FullNormSum = sum * Slack;
        NormSum = Norms.Sum() * Slack;
    }

    /// <summary>The network.</summary>
    public TwoLayerNetwork Network { get; }

    /// <summary>W, [m, d] or [m, d + 1].</summary>
    public PackedWeights Weights => Network.Weights;

    /// <summary>The width m.</summary>
    public int Width => Network.Width;

    /// <summary>‖w_s‖ without the bias, rounded up, [m].</summary>
    public double[] Norms { get; }

    /// <summary>At least Σ_s ‖w_s‖ without the biases.</summary>
    public double NormSum { get; }

    /// <summary>At least Σ_s ‖(w_s, b_s)‖.</summary>
    public double FullNormSum { get; }

    /// <summary>γ for a sum over the coordinates of a row, whatever is done with it afterwards.</summary>
    public double RowError => Slack * RoundingError.Gamma(Weights.Columns + OtherRoundings);

    /// <summary>γ for a sum over the neurons of numbers that were rounded a few times.</summary>
    public double SumError => Slack * RoundingError.Gamma(Width + (long)OtherRoundings);

    /// <summary>Σ_s u_s w_s without the biases, [d]; off by a vector of a norm of at most <see cref="SumError"/> Σ|u_s|‖w_s‖.</summary>
    public double[] Combine(double[] factors, CancellationToken cancellation) =>
        PackedProducts.WeightedSum(Weights, factors, 1, cancellation)[..Network.InputDimension];
}
