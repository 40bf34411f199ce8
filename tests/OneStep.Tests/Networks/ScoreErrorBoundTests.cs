using System.Numerics;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks;

/// <summary>The bound on the error of float64 scores, against scores in exact arithmetic.</summary>
public class ScoreErrorBoundTests
{
    private const int Bits = 150;

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 1, true)]
    [InlineData(3, 100, false)]
    [InlineData(3, 7, true)]
    [InlineData(6, 25, false)]
    [InlineData(13, 33, true)]
    [InlineData(29, 3, false)]
    public void The_bound_holds_against_exact_arithmetic(int rootOfWidth, int dimension, bool hasBias)
    {
        int width = rootOfWidth * rootOfWidth;
        using TwoLayerNetwork network = Shapes.Gaussian(width, dimension, seed: width, hasBias);
        var inputs = new Matrix<double>(15, dimension);
        var random = new RandomInputs(5);
        for (int i = 0; i < inputs.Rows; i++)
        {
            Array.ConvertAll(random.Gaussian(dimension), v => Math.ScaleB(v, (3 * i) - 20)).CopyTo(inputs.Row(i));
        }

        BoundedScore[] scores = network.ScoresInDouble(inputs);
        NaiveNetwork naive = network.ToNaive();
        BigInteger[][] weights = Integers(naive);
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < inputs.Rows; i++)
        {
            FixedPoint exact = Exact(weights, naive.Signs, inputs.Row(i), rootOfWidth);
            double error = Math.Abs(Difference(exact, scores[i].Value));
            Assert.True(error <= scores[i].ErrorBound, $"{error} > {scores[i].ErrorBound}");
            nearest = Math.Min(nearest, error == 0 ? nearest : scores[i].ErrorBound / error);
        }

        // A bound for the worst case, but no absurd one.
        Assert.InRange(nearest, 1, 1e5);
    }

    [Fact]
    public void The_bound_holds_where_everything_cancels()
    {
        // Pairs of all but equal neurons with huge weights: the score is lost in rounding, and the bound knows.
        double[][] rows = [.. NaiveNetwork.Random(32, 40, seed: 1).Weights.SelectMany(row =>
            new[] { Array.ConvertAll(row, w => 1e8 * w), Array.ConvertAll(row, w => 1e8 * (1 + 1e-7) * w) })];
        using TwoLayerNetwork network = new NaiveNetwork(rows, [.. Enumerable.Range(0, 64).Select(s => s % 2 == 0 ? 1.0 : -1.0)]).ToLibrary();
        NaiveNetwork naive = network.ToNaive();
        BigInteger[][] weights = Integers(naive);
        var random = new RandomInputs(2);
        var inputs = new Matrix<double>(30, 40, [.. Enumerable.Range(0, 30).SelectMany(_ => random.Gaussian(40))]);
        BoundedScore[] scores = network.ScoresInDouble(inputs);
        for (int i = 0; i < 30; i++)
        {
            Assert.InRange(Math.Abs(Difference(Exact(weights, naive.Signs, inputs.Row(i), 8), scores[i].Value)), 0, scores[i].ErrorBound);
        }
    }

    [Fact]
    public void Orthogonal_inputs_have_no_certain_sign()
    {
        // w · x is zero but for the rounding of x: its computed sign means nothing.
        using TwoLayerNetwork network = new NaiveNetwork([[1, 1, -1]], [1]).ToLibrary();
        BoundedScore score = network.ScoresInDouble(new(1, 3, [0.1, 0.2, 0.3 - Math.ScaleB(1, -60)]))[0];
        Assert.Equal(0, score.CertainSign);
        Assert.Equal(1, new BoundedScore(2, 1).CertainSign);
        Assert.Equal(-1, new BoundedScore(-2, 1).CertainSign);
        Assert.Equal(0, new BoundedScore(1, 1).CertainSign);
        Assert.Equal(0, new BoundedScore(double.NaN, 1).CertainSign);
    }

    [Fact]
    public void The_bound_is_as_small_as_the_mathematics_says_for_images()
    {
        // Signs instead of normal numbers: rows of the same norm √d, and drawn faster.
        var weights = new PackedWeights(10_000, 784);
        var random = new Random(1);
        byte[] bytes = new byte[784];
        for (int s = 0; s < 10_000; s++)
        {
            random.NextBytes(bytes);
            weights.SetRow(s, Array.ConvertAll(bytes, b => b < 128 ? -1f : 1f));
        }

        using var network = new TwoLayerNetwork(weights, [.. Enumerable.Range(0, 10_000).Select(s => (sbyte)(1 - (2 * (s % 2))))], hasBias: false);
        BoundedScore[] scores = network.ScoresInDouble(Shapes.UnitInputs(3, 784, seed: 1).Widen(), threads: 2);
        Assert.All(scores, score => Assert.InRange(score.ErrorBound, 2e-10, 4e-10));
    }

    // 1/√m Σ a relu(w · x) in integers, multiples of 2^-300; m is a square, so that the scale is exact too.
    private static FixedPoint Exact(BigInteger[][] weights, double[] signs, ReadOnlySpan<double> x, int rootOfWidth)
    {
        BigInteger[] input = [.. Array.ConvertAll(x.ToArray(), Integer), Integer(1)];
        BigInteger sum = 0;
        for (int s = 0; s < weights.Length; s++)
        {
            BigInteger p = weights[s].Zip(input, (w, v) => w * v).Aggregate(BigInteger.Zero, (a, b) => a + b);
            sum += p.Sign > 0 ? (BigInteger)signs[s] * p : 0;
        }

        return new FixedPoint(sum << (FixedPoint.FractionBits - (2 * Bits))) / rootOfWidth;
    }

    private static BigInteger[][] Integers(NaiveNetwork network) => [.. network.Weights.Select(row => Array.ConvertAll(row, Integer))];

    private static BigInteger Integer(double value)
    {
        BigInteger units = FixedPoint.Of(value).Units;
        BigInteger integer = units >> (FixedPoint.FractionBits - Bits);
        Assert.Equal(units, integer << (FixedPoint.FractionBits - Bits));
        return integer;
    }

    private static double Difference(FixedPoint exact, double computed) =>
        Math.ScaleB((double)((FixedPoint.Of(computed) - exact).Units >> 900), 900 - FixedPoint.FractionBits);
}
