using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks.Deep;

public class LinearRegionTests
{
    // The input dimension, hidden widths and outputs: panels not full, just full, and one more.
    public static TheoryData<int[], bool> Networks { get; } = new()
    {
        { [3, 2], true },
        { [1, 1, 1], false },
        { [7, 33, 1], true },
        { [20, 32, 31, 3], false },
        { [50, 40, 64, 33, 10], true },
    };

    [Theory]
    [MemberData(nameof(Networks))]
    public void Values_and_gradients_are_those_of_the_formula(int[] widths, bool hasBias)
    {
        using DeepNetwork network = RegionScenes.Random(seed: 1, hasBias, widths);
        var region = new LinearRegion(network);
        double[] x = RegionScenes.UnitInput(widths[0], seed: 2);
        region.MoveTo(x);
        double[][] expected = network.PreActivations(x);
        for (int l = 0; l < expected.Length; l++)
        {
            AssertClose(expected[l], region.PreActivations(l));
        }

        int[] some = [.. Enumerable.Range(0, widths[0]).Where(k => k % 3 == 0)];
        var jacobian = new Matrix<double>(network.Outputs, some.Length);
        region.Jacobian(some, jacobian);
        for (int output = 0; output < network.Outputs; output++)
        {
            double[] weights = new double[network.Outputs];
            double[] gradient = new double[widths[0]];
            weights[output] = 1;
            region.Gradient(weights, gradient);
            double[] reference = network.ToNaive().Gradient(x, output, []);
            AssertClose(reference, gradient);
            AssertClose([.. some.Select(k => reference[k])], jacobian.Row(output));
        }
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_walk_through_the_regions_of_a_line_ends_where_the_formula_says(int[] widths, bool hasBias)
    {
        using DeepNetwork network = RegionScenes.Random(seed: 3, hasBias, widths);
        var region = new LinearRegion(network);
        double[] x = RegionScenes.UnitInput(widths[0], seed: 4);
        double[] direction = RegionScenes.UnitInput(widths[0], seed: 5);
        region.MoveTo(x);
        double at = 0;
        while (true)
        {
            region.Differentiate(direction);
            RegionBoundary? boundary = region.FirstBoundary();
            if (boundary is null || at + boundary.Value.Length > 3)
            {
                region.Advance(direction, 3 - at);
                break;
            }

            at += boundary.Value.Length;
            region.Advance(direction, boundary.Value.Length);
            Assert.Equal(0, region.PreActivations(boundary.Value.Neuron.Layer)[boundary.Value.Neuron.Neuron], 1e-12);
            AssertClose(network.PreActivations(NaiveNetwork.Move(x, direction, at))[^1], region.Outputs);
            region.Cross(boundary.Value.Neuron);
        }

        double[][] expected = network.PreActivations(NaiveNetwork.Move(x, direction, 3));
        AssertClose(expected[^1], region.Outputs);
        for (int l = 0; l < region.HiddenLayers; l++)
        {
            Assert.Equal(expected[l].Select(z => z > 0 ? 1.0 : 0), region.Activities(l).ToArray());
        }
    }

    [Fact]
    public void The_normal_of_a_boundary_is_the_gradient_of_its_pre_activation()
    {
        using DeepNetwork network = RegionScenes.Random(seed: 6, hasBias: true, 9, 20, 30, 2);
        var region = new LinearRegion(network);
        region.MoveTo(RegionScenes.UnitInput(9, seed: 7));
        double[] direction = RegionScenes.UnitInput(9, seed: 8);
        region.Differentiate(direction);
        double[] normal = new double[9];
        for (int l = 0; l < 2; l++)
        {
            for (int s = 0; s < network.Layers[l].Rows; s++)
            {
                region.Normal(new(l, s), [], normal);
                Assert.Equal(region.Derivatives(l)[s], normal.Zip(direction, (n, u) => n * u).Sum(), 1e-12);
            }
        }
    }

    [Fact]
    public void A_neuron_at_zero_is_inactive_unless_it_is_said_to_be_active()
    {
        using DeepNetwork network = RegionScenes.Of([[1, 0], [1, 1]], [[2, 1]]);
        var region = new LinearRegion(network);
        region.MoveTo([0, 1]);
        double[] gradient = new double[2];
        region.Gradient([1], gradient);
        Assert.Equal([1, 1], gradient);

        region.SetActivity(new(0, 0), 1);
        region.Gradient([1], gradient);
        Assert.Equal([3, 1], gradient);

        region.SetActivity(new(0, 0), 0.25);
        region.Gradient([1], gradient);
        Assert.Equal([1.5, 1], gradient);
        Assert.Equal(2, region.Sensitivity(new(0, 0)));
        region.Differentiate([1, 0]);
        Assert.Equal(1.5, region.OutputDerivatives[0]);
    }

    [Fact]
    public void A_boundary_that_rounding_has_passed_already_is_here()
    {
        using DeepNetwork network = RegionScenes.Of([[1, 0]], [[1]]);
        var region = new LinearRegion(network);
        region.MoveTo([1, 0]);
        region.Differentiate([-1, 0]);
        region.Advance([-1, 0], 1 + 1e-15);
        Assert.Equal(new RegionBoundary(0, new(0, 0)), region.FirstBoundary());
        region.Cross(new(0, 0));
        Assert.Null(region.FirstBoundary());
    }

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], 1e-11);
        }
    }
}
