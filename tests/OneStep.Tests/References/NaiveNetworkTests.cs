using OneStep.Networks;

namespace OneStep.Tests.References;

public class NaiveNetworkTests
{
    // Four neurons, so that m^{-1/2} = 1/2: (1, 0)+, (0, 1)−, (−1, 0)+, (2, 1)−.
    private static readonly NaiveNetwork Small = new([[1, 0], [0, 1], [-1, 0], [2, 1]], [1, -1, 1, -1]);

    [Fact]
    public void Score_is_the_signed_sum_of_active_neurons_over_the_root_of_the_width() =>
        Assert.Equal(0.5 * (3 - 2 + 0 - 8), Small.Score([3, 2]));

    [Fact]
    public void Gradient_adds_active_rows_only() => Assert.Equal([-0.5, -1], Small.Gradient([3, 2]));

    [Fact]
    public void A_neuron_at_zero_does_not_count_in_the_gradient() =>
        Assert.Equal([0.5 * (1 - 2), 0.5 * (0 - 1)], Small.Gradient([1, 0]));

    [Fact]
    public void A_bias_is_added_to_the_pre_activation_and_is_no_coordinate_of_the_gradient()
    {
        var network = new NaiveNetwork([[1, 2, -5]], [1], hasBias: true);
        Assert.Equal(2, network.InputDimension);
        Assert.Equal(6, network.Score([3, 4]));
        Assert.Equal([1, 2], network.Gradient([3, 4]));
        Assert.Equal(0, network.Score([1, 1]));
    }

    [Fact]
    public void Loss_is_log_two_at_score_zero_and_linear_far_on_the_wrong_side()
    {
        var network = new NaiveNetwork([[1]], [1]);
        Assert.Equal(Math.Log(2), network.Loss([0], 1), 15);
        Assert.Equal(2000, network.Loss([2000], -1));
        Assert.Equal(0, network.Loss([2000], 1));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gradient_agrees_with_finite_differences(bool hasBias)
    {
        NaiveNetwork network = NaiveNetwork.Random(50, 6, seed: 3, hasBias);
        double[] x = new RandomInputs(4).Unit(6);
        double[] numeric = FiniteDifferences.Gradient(network.Score, x, h: 1e-7);
        Assert.All(network.Gradient(x).Zip(numeric), pair => Assert.Equal(pair.First, pair.Second, 6));
    }

    [Fact]
    public void Step_direction_is_of_unit_length_and_descends()
    {
        NaiveNetwork network = NaiveNetwork.Random(40, 5, seed: 1);
        double[] x = new RandomInputs(2).Unit(5);
        double[] u = network.StepDirection(x);
        double slope = network.Gradient(x).Zip(u, (g, v) => g * v).Sum();
        Assert.Equal(1, u.Sum(v => v * v), 12);
        Assert.True(slope * Math.Sign(network.Score(x)) < 0);
    }

    [Fact]
    public void Copies_to_the_library_and_back_keep_every_float32_weight()
    {
        using TwoLayerNetwork library = NaiveNetwork.Random(37, 4, seed: 5, hasBias: true).ToLibrary();
        NaiveNetwork copy = library.ToNaive();
        using TwoLayerNetwork again = copy.ToLibrary();
        Assert.True(copy.HasBias);
        Assert.Equal(copy.Weights, again.ToNaive().Weights);
        Assert.Equal(copy.Signs, again.ToNaive().Signs);
    }

    [Fact]
    public void Copies_of_matrices_keep_rows_in_order()
    {
        double[][] rows = [[1, 2, 3], [4, 5, 6]];
        Assert.Equal(rows, rows.ToMatrix().ToRows());
    }
}
