namespace OneStep.Tests.References;

/// <summary>Rays whose answer is found with pencil and paper; all numbers are exact in binary.</summary>
public class BruteForceRayTests
{
    private static NaiveCrossing? Solve(double[] p, double[] q, double[] signs, double limit = double.PositiveInfinity) =>
        BruteForceRay.FirstSignChange(p, q, signs, scale: 1, limit);

    [Fact]
    public void A_line_crosses_behind_the_last_kink() =>
        Assert.Equal(new NaiveCrossing(1, -1), Solve([2, 1], [1, 2], [1, -1]));

    [Fact]
    public void A_line_crosses_between_kinks() =>

        // 4 − 2t: the first neuron ends at t = 8, the second starts at t = 6.
        Assert.Equal(new NaiveCrossing(2, -2), Solve([8, 4, -6], [-1, 1, 1], [1, -1, 1]));

    [Fact]
    public void A_negative_score_crosses_upwards() =>
        Assert.Equal(new NaiveCrossing(1, 1), Solve([2, 1], [1, 2], [-1, 1]));

    [Fact]
    public void A_kink_can_prevent_the_crossing_for_good() =>

        // 1 − t until t = 1/2, from where on another neuron adds 2(t − 1/2).
        Assert.Null(Solve([2, 1, -1], [1, 2, 2], [1, -1, 1]));

    [Fact]
    public void A_neuron_that_ends_at_zero_touches_and_does_not_change_the_sign() =>
        Assert.Null(Solve([1], [-1], [1]));

    [Fact]
    public void Touching_zero_at_a_kink_and_turning_back_is_no_change() =>

        // 1 − t until t = 1, from where on a new neuron adds 2(t − 1).
        Assert.Null(Solve([2, 1, -2], [1, 2, 2], [1, -1, 1]));

    [Fact]
    public void Touching_zero_at_a_kink_and_going_below_crosses_there() =>

        // relu(1 − t) − relu(4t − 4): one neuron ends where the other starts.
        Assert.Equal(new NaiveCrossing(1, -4), Solve([1, -4], [-1, 4], [1, -1]));

    [Fact]
    public void Resting_at_zero_and_then_going_below_crosses_at_the_end_of_the_rest() =>

        // 1 − t until t = 1, zero until t = 3, then −(t − 3).
        Assert.Equal(new NaiveCrossing(3, -1), Solve([1, -3], [-1, 1], [1, -1]));

    [Fact]
    public void Equal_kinks_are_one_kink() =>

        // 4 − t until t = 2; there two neurons start, together of slope −1.
        Assert.Equal(new NaiveCrossing(3, -2), Solve([5, 1, -2, -4], [0, 1, 1, 2], [1, -1, 1, -1]));

    [Fact]
    public void Two_kinks_that_cancel_change_nothing() =>
        Assert.Equal(new NaiveCrossing(4, -1), Solve([5, 1, -2, -2], [0, 1, 1, 1], [1, -1, 1, -1]));

    [Fact]
    public void A_neuron_at_zero_counts_where_the_ray_activates_it()
    {
        Assert.Equal(new NaiveCrossing(2, -1), Solve([2, 0], [0, 1], [1, -1]));
        Assert.Null(Solve([2, 0], [0, -1], [1, -1]));
        Assert.Null(Solve([2, 0], [0, 0], [1, -1]));
    }

    [Fact]
    public void A_neuron_with_no_slope_keeps_its_value()
    {
        Assert.Equal(new NaiveCrossing(3, -1), Solve([3, 0], [0, 1], [1, -1]));
        Assert.Null(Solve([3, -1], [0, 0], [1, -1]));
    }

    [Fact]
    public void An_excursion_between_two_kinks_is_found() =>

        // 1 − t until t = 2, then back up with slope +1.
        Assert.Equal(new NaiveCrossing(1, -1), Solve([2, 1, -4], [1, 2, 2], [1, -1, 1]));

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(1, false)]
    [InlineData(1.25, true)]
    public void At_a_limit_that_is_the_crossing_itself_the_sign_has_not_changed_yet(double limit, bool found) =>
        Assert.Equal(found, Solve([2, 1], [1, 2], [1, -1], limit) is not null);

    [Fact]
    public void A_score_of_zero_is_refused() =>
        Assert.Throws<ArgumentException>(() => Solve([1, 1], [0, 1], [1, -1]));

    [Fact]
    public void A_network_hands_over_pre_activations_with_bias_and_slopes_without()
    {
        var network = new NaiveNetwork([[1, 0, 1], [0, 2, -1]], [1, -1], hasBias: true);

        // (1, 1): p = (2, 1), along (1, 1): q = (1, 2).
        Assert.Equal(1, BruteForceRay.FirstSignChange(network, [1, 1], [1, 1])!.Value.Length, 14);
    }

    [Fact]
    public void Random_rays_cross_where_a_dense_grid_sees_it()
    {
        const double limit = 3;
        int crossings = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            NaiveNetwork network = NaiveNetwork.Random(30, 3, seed, hasBias: seed % 2 == 0);
            var random = new RandomInputs(1000 + seed);
            double[] x = random.Unit(3);
            double[] u = random.Unit(3);
            NaiveCrossing? exact = BruteForceRay.FirstSignChange(network, x, u, limit);
            if (DenseGridRay.FirstSignChange(network, x, u, limit, steps: 20_000) is (double low, double high))
            {
                crossings++;
                Assert.NotNull(exact);
                Assert.InRange(exact.Value.Length, low, high);
                double slope = FiniteDifferences.Derivative(
                    t => network.Score(NaiveNetwork.Move(x, u, t)), exact.Value.Length, h: 1e-7);
                Assert.Equal(slope, exact.Value.Slope, 4);
            }
            else
            {
                Assert.Null(exact);
            }
        }

        Assert.InRange(crossings, 5, 39);
    }
}
