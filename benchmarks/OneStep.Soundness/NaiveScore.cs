using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Soundness;

/// <summary>A function whose radii are attacked: the library's, and the same naively in float64.</summary>
/// <param name="Function">The library's.</param>
/// <param name="Score">f(x), and how far it may be from the exact one (docs/mathematics.md §13).</param>
/// <param name="Gradient">∇f(x), [d].</param>
/// <param name="ExactSign">The sign of f(x + δ) in exact arithmetic, on small networks; 0 on others.</param>
internal sealed record NaiveScore(
    IScoreFunction Function, Func<double[], BoundedScore> Score, Func<double[], double[]> Gradient, Func<double[], double[], int> ExactSign)
{
    // A few roundings more cover points that are sums, the scale and the bound's own rounding.
    private const int MoreRoundings = 16;

    // Exact arithmetic is slow.
    private const int MostExactWeights = 2_000;

    /// <summary>The score of a two-layer network.</summary>
    public static NaiveScore Of(TwoLayerNetwork network)
    {
        NaiveNetwork naive = network.ToNaive();
        double slope = naive.Scale * naive.Weights.Sum(row => Math.Sqrt(row.Sum(w => w * w)));
        double error = 2 * RoundingError.Gamma(network.InputDimension + network.Width + MoreRoundings) * slope;
        int constant = naive.HasBias ? 1 : 0;
        return new(network, x => new(naive.Score(x), error * Math.Sqrt(x.Sum(v => v * v) + constant)), naive.Gradient, (x, delta) => ExactSignOf(naive, x, delta));
    }

    /// <summary>The sign of f(x + δ): where float64 is not certain of it, that of exact arithmetic; 0 where neither is.</summary>
    public int Sign(double[] x, double[] perturbation)
    {
        int sign = Score(NaiveNetwork.Move(x, perturbation, 1)).CertainSign;
        return sign != 0 ? sign : ExactSign(x, perturbation);
    }

    /// <summary>An output of a deep network, or what it is ahead of others.</summary>
    /// <param name="function">The library's function.</param>
    /// <param name="output">The output.</param>
    /// <param name="competitors">The others; none for the output alone.</param>
    public static NaiveScore Of(DeepScoreFunction function, int output, int[] competitors)
    {
        NaiveDeepNetwork naive = function.Network.ToNaive();
        return new(
            function,
            x =>
            {
                double[] errors = OutputErrors(naive, x);
                double[] outputs = naive.Outputs(x);
                double margin = naive.Margin(x, output, competitors);
                return new(margin, competitors.Append(output).Max(j => (2 * errors[j]) + (RoundingError.Unit * 2 * Math.Abs(outputs[j]))) * 2);
            },
            x => naive.Gradient(x, output, competitors),
            (x, delta) => ExactSignOf(naive, x, delta, output, competitors));
    }

    private static int ExactSignOf(NaiveNetwork naive, double[] x, double[] perturbation)
    {
        Rational sum = 0;
        for (int s = 0; s < naive.Width && naive.Width * x.Length <= MostExactWeights; s++)
        {
            double[] row = naive.Weights[s];
            Rational value = naive.HasBias ? Rational.Of(row[^1]) : 0;
            for (int k = 0; k < x.Length; k++)
            {
                value += Rational.Of(row[k]) * (Rational.Of(x[k]) + Rational.Of(perturbation[k]));
            }

            sum = value.Sign > 0 ? sum + (Rational.Of(naive.Signs[s]) * value) : sum;
        }

        return sum.Sign;
    }

    private static int ExactSignOf(NaiveDeepNetwork naive, double[] x, double[] perturbation, int output, int[] competitors)
    {
        Rational[] taken = [.. x.Zip(perturbation, (a, b) => Rational.Of(a) + Rational.Of(b))];
        for (int l = 0; l < naive.Layers.Length; l++)
        {
            Rational[] below = [.. taken.Select(h => l > 0 && h.Sign < 0 ? 0 : h)];
            taken = [.. naive.Layers[l].Select(row => below.Select((h, k) => Rational.Of(row[k]) * h).Aggregate(
                naive.HasBias ? Rational.Of(row[^1]) : 0, (sum, term) => sum + term))];
        }

        return competitors.Length == 0 ? taken[output].Sign : competitors.Min(j => (taken[output] - taken[j]).Sign);
    }

    /// <summary>How far each output may be from the exact one: rounding of its own layer, and what the layers below pass on.</summary>
    private static double[] OutputErrors(NaiveDeepNetwork naive, double[] x)
    {
        double[] taken = x;
        double[] errors = [.. x.Select(v => RoundingError.Unit * Math.Abs(v))];
        for (int l = 0; l < naive.Layers.Length; l++)
        {
            double gamma = RoundingError.Gamma(taken.Length + MoreRoundings);
            double[] next = new double[naive.Layers[l].Length];
            for (int s = 0; s < next.Length; s++)
            {
                double[] row = naive.Layers[l][s];
                next[s] = naive.HasBias ? gamma * Math.Abs(row[^1]) : 0;
                for (int k = 0; k < taken.Length; k++)
                {
                    next[s] += Math.Abs(row[k]) * ((gamma * Math.Abs(taken[k])) + ((1 + gamma) * errors[k]));
                }
            }

            taken = Array.ConvertAll(naive.PreActivations(l, taken), z => Math.Max(0, z));
            errors = next;
        }

        return errors;
    }
}
