using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks;

public class TwoLayerNetworkDegenerateRayTests
{
    // m = 4, so that m^{-1/2} is exact; neurons of no weight fill up.
    private static RayCrossing Solve(double[][] weights, double[] signs, float[] x, float[] u, double limit = double.PositiveInfinity, bool hasBias = false)
    {
        int columns = weights[0].Length;
        double[][] rows = [.. weights, .. Enumerable.Repeat(new double[columns], 4 - weights.Length)];
        double[] all = [.. signs, .. Enumerable.Repeat(1.0, 4 - signs.Length)];
        using TwoLayerNetwork network = new NaiveNetwork(rows, all, hasBias).ToLibrary();
        return network.FirstSignChanges(new(new(1, x.Length, x), new(1, u.Length, u)) { Limits = [limit] })[0];
    }

    [Fact]
    public void A_direction_of_zero_goes_nowhere() =>
        Assert.Equal(RayCrossing.None, Solve([[2, 1], [1, 2]], [1, -1], [1, 0], [0, 0]));

    [Fact]
    public void A_score_of_zero_has_no_sign_to_change()
    {
        Assert.Equal(RayCrossing.None, Solve([[1, 1], [1, 2]], [1, -1], [1, 0], [0, 1]));
        Assert.Equal(RayCrossing.None, Solve([[-1, 1], [-1, 2]], [1, -1], [1, 0], [0, 1]));
    }

    [Fact]
    public void A_network_without_active_neurons_gets_no_crossing_even_where_the_ray_wakes_some() =>
        Assert.Equal(RayCrossing.None, Solve([[-1, 1]], [-1], [1, 0], [0, 1]));

    [Fact]
    public void A_neuron_at_exactly_zero_counts_where_the_ray_activates_it()
    {
        // f = (2 + [0 + t u] a)/2.
        Assert.Equal(new RayCrossing(2, -0.5), Solve([[2, 0], [0, 1]], [1, -1], [1, 0], [0, 1]));
        Assert.Equal(RayCrossing.None, Solve([[2, 0], [0, 1]], [1, -1], [1, 0], [0, -1]));
        Assert.Equal(RayCrossing.None, Solve([[2, 0], [0, 0]], [1, -1], [1, 0], [0, 1]));
    }

    [Fact]
    public void Touching_zero_and_resting_on_it_is_no_change()
    {
        // 1 − t, then nothing; 1 − t, then up again with 2 (t − 1).
        Assert.Equal(RayCrossing.None, Solve([[1, -1]], [1], [1, 0], [0, 1]));
        Assert.Equal(RayCrossing.None, Solve([[1, -1], [-2, 2]], [1, 1], [1, 0], [0, 1]));

        // At rest until t = 3, then down.
        Assert.Equal(new RayCrossing(3, -0.5), Solve([[1, -1], [-3, 1]], [1, -1], [1, 0], [0, 1]));
    }

    [Fact]
    public void A_single_neuron_that_falls_asleep_touches_zero_whatever_its_weights_round_to()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            using TwoLayerNetwork network = Shapes.Gaussian(1, 7, seed);
            Assert.Equal(RayCrossing.None, network.FirstSignChanges(network.Steps(Shapes.UnitInputs(1, 7, seed + 500)))[0]);
        }
    }

    [Fact]
    public void A_negative_score_crosses_upwards_with_a_positive_slope() =>
        Assert.Equal(new RayCrossing(1, 0.5), Solve([[2, 1], [1, 2]], [-1, 1], [1, 0], [0, 1]));

    [Fact]
    public void A_bias_is_no_direction() =>

        // f = (1 + x − 2x)/2 at x = 0.5.
        Assert.Equal(new RayCrossing(0.5, -0.5), Solve([[1, 1], [2, 0]], [1, -1], [0.5f], [1], hasBias: true));

    [Theory]
    [InlineData(2, false)]
    [InlineData(2.0001, true)]
    [InlineData(1.5, false)]
    public void At_a_limit_that_is_the_crossing_itself_nothing_has_changed(double limit, bool exists) =>
        Assert.Equal(exists, Solve([[2, 0], [0, 1]], [1, -1], [1, 0], [0, 1], limit).Exists);

    [Fact]
    public void A_crossing_far_behind_the_linear_guess_is_found()
    {
        // 1 − t looks like a crossing at 1, but at t = 1/2 the slope becomes +1, at t = 1000 it becomes −1 again.
        RayCrossing crossing = Solve([[2, 1], [1, 2], [-1, 2], [-2000, 2]], [1, -1, 1, -1], [1, 0], [0, 1]);
        Assert.Equal(2000, crossing.Length, 1e-9);
        Assert.Equal(-0.5, crossing.Slope);
    }

    [Fact]
    public void Tiny_and_huge_directions_give_lengths_in_their_own_units()
    {
        Assert.Equal(Math.ScaleB(1, 61), Solve([[2, 0], [0, 1]], [1, -1], [1, 0], [0, MathF.ScaleB(1, -60)]).Length);
        Assert.Equal(Math.ScaleB(1, -59), Solve([[2, 0], [0, 1]], [1, -1], [1, 0], [0, MathF.ScaleB(1, 60)]).Length);

        // A kink at 2^-60, behind which f falls.
        RayCrossing crossing = Solve([[2, 0], [-1, 1]], [1, -1], [1, 0], [0, MathF.ScaleB(1, 60)]);
        Assert.Equal(Math.ScaleB(3, -60), crossing.Length);
    }

    [Fact]
    public void All_kinds_of_rays_together_give_what_each_gives_alone()
    {
        // Some have no guess, some are found at once, some only without horizon.
        using TwoLayerNetwork network = Shapes.Gaussian(801, 6, seed: 3);
        Matrix<float> inputs = Shapes.UnitInputs(40, 6, seed: 4);
        Matrix<float> directions = network.Steps(inputs).Directions;
        for (int i = 0; i < 40; i++)
        {
            Span<float> direction = directions.Row(i);
            switch (i % 4)
            {
                case 1:
                    direction.Clear();
                    break;
                case 2:
                    foreach (ref float u in direction)
                    {
                        u = -u;
                    }

                    break;
                case 3:
                    direction[0] = 5;
                    break;
            }
        }

        RayCrossing[] together = network.FirstSignChanges(new(inputs, directions), threads: 2);
        for (int i = 0; i < 40; i++)
        {
            Assert.Equal(network.FirstSignChanges(new(inputs.RowRange(i, 1), directions.RowRange(i, 1)))[0], together[i]);
        }

        Assert.Contains(together, crossing => crossing.Exists);
        Assert.Contains(together, crossing => !crossing.Exists);
    }
}
