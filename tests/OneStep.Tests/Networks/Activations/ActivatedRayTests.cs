using OneStep.Networks;
using OneStep.Networks.Activations;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks.Activations;

/// <summary>Sign changes along rays of networks with smooth activations: against a fine grid, and by hand.</summary>
public class ActivatedRayTests
{
    public static TheoryData<string> Names => ActivationScenes.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void The_first_change_is_that_of_a_fine_grid(string name)
    {
        // Softplus has a mean, and would keep the sign of the more; tanh of as many of each may fall to zero at infinity.
        NaiveNetwork drawn = NaiveNetwork.Random(12, 3, seed: 1, hasBias: true);
        double[] signs = name == "tanh" ? drawn.Signs : [.. Enumerable.Range(0, 12).Select(s => 1.0 - (2 * (s % 2)))];
        (ActivatedTwoLayerNetwork network, NaiveActivatedNetwork naive) = ActivationScenes.Of(name, new(drawn.Weights, signs, hasBias: true));
        using ActivatedTwoLayerNetwork owned = network;
        var rays = new RayBatch(Shapes.UnitInputs(40, 3, seed: 2), Shapes.UnitInputs(40, 3, seed: 3));
        RayCrossing[] crossings = network.FirstSignChanges(rays);
        for (int i = 0; i < rays.Count; i++)
        {
            (double[] x, double[] u) = (rays.Origins.ToRows()[i], rays.Directions.ToRows()[i]);
            double Score(double t) => naive.Score(NaiveNetwork.Move(x, u, t));
            double start = Math.Sign(Score(0));
            double grid = Enumerable.Range(1, 999).Select(k => k / (1000.0 - k)).FirstOrDefault(t => start * Score(t) < 0, double.PositiveInfinity);
            Assert.True(crossings[i].Exists || !double.IsFinite(grid));
            if (crossings[i].Exists)
            {
                double length = crossings[i].Length;
                Assert.InRange(length, 0, grid);
                Assert.True(start * Score(length * (1 - 1e-9)) > 0 && start * Score(length * (1 + 1e-9)) < 0);
                Assert.Equal(FiniteDifferences.Derivative(Score, length, 1e-6 * length), crossings[i].Slope, 1e-5);
            }
        }

        Assert.InRange(crossings.Count(crossing => crossing.Exists), 4, 39);
    }

    [Fact]
    public void Softplus_of_both_signs_is_a_line()
    {
        // softplus(x) − softplus(−x) = x.
        RayCrossing crossing = Follow("softplus", [[1, 0], [-1, 0]], [1, -1], from: 1, direction: -1);

        Assert.Equal(1, crossing.Length, 1e-12);
        Assert.Equal(-1 / Math.Sqrt(2), crossing.Slope, 1e-12);
    }

    [Theory]
    [InlineData("tanh", 3, 3)]
    [InlineData("softplus", 2, 2)]
    [InlineData("softplus", 1000, 1000)]
    public void A_neuron_that_overtakes_a_constant_changes_the_sign(string name, double constant, double length) =>
        Assert.Equal(length, Follow(name, [[0, constant], [1, 0]], [1, -1], from: 0, direction: 1).Length, 1e-9 * length);

    [Fact]
    public void A_bounded_neuron_never_overtakes_two_constants() =>
        Assert.False(Follow("tanh", [[0, 9], [0, 9], [1, 0]], [1, 1, -1], from: 0, direction: 1).Exists);

    [Fact]
    public void A_sum_that_grows_has_no_sign_change() =>
        Assert.False(Follow("softplus", [[1, 0], [1, 1]], [1, 1], from: 1, direction: -1).Exists);

    [Fact]
    public void A_change_beyond_the_limit_is_none()
    {
        Assert.False(Follow("softplus", [[0, 1000], [1, 0]], [1, -1], from: 0, direction: 1, limit: 999).Exists);
        Assert.True(Follow("softplus", [[0, 1000], [1, 0]], [1, -1], from: 0, direction: 1, limit: 1001).Exists);
        Assert.False(Follow("tanh", [[0, 3], [1, 0]], [1, -1], from: 0, direction: 1, limit: 2.9).Exists);
    }

    [Fact]
    public void A_ray_that_goes_nowhere_has_no_sign_change() =>
        Assert.False(Follow("tanh", [[1, 0]], [1], from: 1, direction: 0).Exists);

    private static RayCrossing Follow(
        string name, double[][] weights, double[] signs, float from, float direction, double limit = double.PositiveInfinity)
    {
        using ActivatedTwoLayerNetwork network = ActivationScenes.Of(name, new(weights, signs, hasBias: true)).Network;
        return network.FirstSignChanges(new RayBatch(new(1, 1, [from]), new(1, 1, [direction])) { Limits = [limit] })[0];
    }
}
