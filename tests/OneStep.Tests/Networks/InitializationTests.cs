using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks;

public class InitializationTests
{
    private static TwoLayerNetwork Draw(
        int width, int dimension = 5, InitializationKind kind = InitializationKind.Standard, bool bias = false, ulong seed = 3, int threads = 1) =>
        Initialization.Draw(width, dimension, kind, bias, seed, threads, CancellationToken.None);

    [Theory]
    [InlineData(InitializationKind.Standard)]
    [InlineData(InitializationKind.Antisymmetric)]
    public void A_row_and_its_sign_are_the_same_for_every_width(InitializationKind kind)
    {
        using TwoLayerNetwork wide = Draw(600, kind: kind);
        double[][] rows = wide.Weights.ToRows();
        foreach (int width in (ReadOnlySpan<int>)[2, 32, 258])
        {
            using TwoLayerNetwork narrow = Draw(width, kind: kind);
            Assert.Equal(rows[..width], narrow.Weights.ToRows());
            Assert.Equal(wide.Signs.Take(width), narrow.Signs);
        }
    }

    [Fact]
    public void A_column_is_the_same_for_every_dimension_and_the_bias_comes_last()
    {
        using TwoLayerNetwork six = Draw(40, dimension: 6);
        using TwoLayerNetwork fiveAndBias = Draw(40, dimension: 5, bias: true);
        Assert.Equal(six.Weights.ToRows(), fiveAndBias.Weights.ToRows());
        Assert.Equal(5, fiveAndBias.InputDimension);
        Assert.True(fiveAndBias.HasBias);
        Assert.False(six.HasBias);
    }

    [Fact]
    public void Threads_do_not_matter_and_seeds_do()
    {
        using TwoLayerNetwork one = Draw(2000);
        using TwoLayerNetwork four = Draw(2000, threads: 4);
        using TwoLayerNetwork other = Draw(2000, seed: 4);
        Assert.Equal(one.Weights.ToRows(), four.Weights.ToRows());
        Assert.NotEqual(one.Weights.ToRows(), other.Weights.ToRows());
        Assert.NotEqual(one.Signs, other.Signs);
    }

    [Fact]
    public void Weights_are_normal_and_signs_even()
    {
        using TwoLayerNetwork network = Draw(20_000);
        double[] weights = [.. network.Weights.ToRows().SelectMany(row => row)];
        Assert.Equal(0, weights.Average(), 5 / Math.Sqrt(weights.Length));
        Assert.Equal(1, weights.Average(w => w * w), 5 * Math.Sqrt(2.0 / weights.Length));
        Assert.InRange(Math.Abs(network.Signs.Sum(a => a)), 0, 5 * Math.Sqrt(20_000));
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(34, true)]
    [InlineData(1602, false)]
    public void Antisymmetric_networks_are_zero_to_the_bit(int width, bool bias)
    {
        using TwoLayerNetwork network = Draw(width, kind: InitializationKind.Antisymmetric, bias: bias);
        double[][] rows = network.Weights.ToRows();
        for (int s = 0; s < width; s += 2)
        {
            Assert.Equal(rows[s], rows[s + 1]);
            Assert.Equal([1, -1], network.Signs.Skip(s).Take(2).Select(a => (int)a));
        }

        Matrix<float> inputs = Shapes.UnitInputs(30, 5, seed: 1);
        (double[] scores, Matrix<float> gradients) = network.ScoresAndGradients(inputs);
        Assert.All(scores, score => Assert.Equal(0, score));
        Assert.All(gradients.Data, g => Assert.Equal(0, g));
        Assert.All(network.ScoresInDouble(inputs.Widen()), score => Assert.Equal(0, score.Value));
        Assert.All(network.FirstSignChanges(new(inputs, inputs)), crossing => Assert.False(crossing.Exists));
    }

    [Fact]
    public void An_odd_antisymmetric_width_is_refused_by_name()
    {
        InvalidParameterException error = Assert.Throws<InvalidParameterException>(() => Draw(3, kind: InitializationKind.Antisymmetric));
        Assert.Contains("width", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(-2, 5)]
    [InlineData(5, 0)]
    public void Shapes_without_weights_are_refused(int width, int dimension) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Draw(width, dimension));

    [Fact]
    public void Cancellation_ends_the_drawing() =>
        Assert.Throws<OperationCanceledException>(() =>
            Initialization.Draw(1000, 10, InitializationKind.Standard, bias: false, seed: 1, threads: 2, new CancellationToken(canceled: true)));

    /// <summary>The mean of ‖δ‖√d at initialisation, at random unit inputs, against a value measured with independent
    /// code. Inputs x and −x of one network are as good as two networks: no neuron is active at both.</summary>
    [Trait("Category", "Oracle")]
    [Fact]
    public void Random_networks_flip_at_the_length_that_independent_code_measured()
    {
        const int networks = 1000;
        const int dimension = 100;
        double[] lengths = new double[2 * networks];
        Parallel.For(0, networks, i =>
        {
            using TwoLayerNetwork network = Draw(2000, dimension, seed: (ulong)i);
            float[] x = Shapes.UnitInputs(1, dimension, seed: i).Data;
            RayCrossing[] crossings = network.FirstSignChanges(network.Steps(new(2, dimension, [.. x, .. x.Select(v => -v)])));
            lengths[2 * i] = crossings[0].Length * Math.Sqrt(dimension);
            lengths[(2 * i) + 1] = crossings[1].Length * Math.Sqrt(dimension);
        });

        // The standard error is 0.014.
        Assert.All(lengths, length => Assert.True(double.IsFinite(length)));
        Assert.Equal(0.840, lengths.Average(), 0.03);
    }
}
