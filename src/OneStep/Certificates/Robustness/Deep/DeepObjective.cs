using OneStep.Networks.Deep;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness.Deep;

/// <summary>
/// An affine function of what the last layer takes in that must stay positive: z_o − z_j, z_j − z_o, or ±z_o. A prediction for z_o
/// stands as long as all of its objectives do; one against it as long as the largest competitor at x stays ahead.
/// </summary>
/// <param name="Row">Its weights, those of the last layer's rows or their difference.</param>
/// <param name="Constant">Its bias.</param>
internal sealed record DeepObjective(double[] Row, double Constant)
{
    /// <summary>At least ‖(row, constant)‖.</summary>
    public double FullNorm { get; } = DeepRows.LengthWithOne(Row) + Math.Abs(Constant);

    /// <summary>The objectives that together keep a prediction.</summary>
    /// <param name="function">The score function.</param>
    /// <param name="input">x, [d].</param>
    /// <param name="sign">What the function says of x, −1 or +1.</param>
    public static IReadOnlyList<DeepObjective> Of(DeepScoreFunction function, ReadOnlySpan<float> input, int sign)
    {
        int output = function.Output;
        int[] competitors = function.Margin.Competitors;
        if (competitors.Length == 0)
        {
            return [Difference(function.Network, output, OutputMargin.None, sign)];
        }

        if (sign > 0)
        {
            return [.. competitors.Select(j => Difference(function.Network, output, j, 1))];
        }

        // Any one that stays ahead will do.
        var region = new LinearRegion(function.Network);
        double[] position = new double[input.Length];
        Vectors.Sum(input, [], position);
        region.MoveTo(position);
        return [Difference(function.Network, output, function.Margin.Of(region.Outputs).Competitor, -1)];
    }

    private static DeepObjective Difference(DeepNetwork network, int first, int second, int sign)
    {
        PackedWeights last = network.Layers[^1];
        float[] plus = new float[last.Columns];
        float[] minus = new float[last.Columns];
        last.CopyRowTo(first, plus);
        if (second != OutputMargin.None)
        {
            last.CopyRowTo(second, minus);
        }

        double[] row = [.. plus.Zip(minus, (p, q) => sign * ((double)p - q))];
        return network.HasBias ? new(row[..^1], row[^1]) : new(row, 0);
    }
}
