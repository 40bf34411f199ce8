using OneStep.Attacks;
using OneStep.Attacks.Hamming;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.Networks.Deep;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks.Hamming;

public class LinearSystemWalkTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    public void Moving_all_outputs_takes_about_as_many_coordinates(int outputs)
    {
        const int Networks = 8;
        int coordinates = 0;
        for (int seed = 0; seed < Networks; seed++)
        {
            using DeepNetwork network = RegionScenes.Random(seed, hasBias: false, 60, 100, outputs);
            OutputMove move = Move(network, RegionScenes.UnitInput(60, seed + 100), new());
            Assert.True(move.Reached);
            coordinates += move.Coordinates.Count;
        }

        Assert.InRange((double)coordinates / Networks, outputs, 1.5 * outputs);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_reached_is_what_the_formula_says_of_the_stored_perturbation(bool clip)
    {
        int reached = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            using DeepNetwork network = RegionScenes.Random(seed, hasBias: true, 40, 50, 50, 3);
            double[] x = Pixels(40, seed);
            double[] target = Target(network, x);
            OutputMove move = Move(network, x, new() { Clip = clip });
            double[] end = [.. x.Zip(move.Perturbation, (value, change) => value + change)];
            double[] outputs = network.PreActivations(end)[^1];
            Assert.All(outputs.Zip(move.Outputs), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            Assert.Equal(Enumerable.Range(0, 40).Where(k => move.Perturbation[k] != 0), move.Coordinates);
            if (move.Reached)
            {
                Assert.All(outputs.Zip(target), pair => Assert.Equal(pair.Second, pair.First, 1e-3));
                reached++;
            }

            if (clip)
            {
                Assert.All(end, value => Assert.InRange(value, 0, 1));
            }
        }

        // Small networks have few coordinates to choose from, and fewer ways within bounds.
        Assert.True(reached >= (clip ? 5 : 8));
    }

    [Fact]
    public void A_linear_network_needs_one_region_and_a_coordinate_an_output()
    {
        using DeepNetwork network = RegionScenes.Random(seed: 1, hasBias: true, 30, 4);
        OutputMove move = Move(network, RegionScenes.UnitInput(30, seed: 2), new());
        Assert.True(move.Reached);
        Assert.Equal(4, move.Coordinates.Count);
        Assert.Equal(1, move.Regions);
    }

    [Fact]
    public void Where_an_output_turns_back_along_a_coordinate_another_one_takes_part()
    {
        // Along the first coordinate, the steeper one, the output turns back at 1 and never falls to the target.
        using DeepNetwork network = RegionScenes.Of([[1, 0], [-1, 0], [0, 1], [0, -1]], [[1, 1, 0.5, -0.5]]);
        OutputMove move = new LinearSystemWalk().MoveOutputs(network, [1, 0.25f], [-1], CancellationToken.None);
        Assert.True(move.Reached);
        Assert.Equal([0, 1], move.Coordinates);
    }

    [Fact]
    public void Outputs_that_are_where_they_shall_be_need_no_change()
    {
        using DeepNetwork network = RegionScenes.Random(seed: 1, hasBias: false, 10, 20, 2);
        double[] x = RegionScenes.UnitInput(10, seed: 2);
        var region = new LinearRegion(network);
        region.MoveTo(x);
        OutputMove move = new LinearSystemWalk().MoveOutputs(network, ToFloats(x), region.Outputs, CancellationToken.None);
        Assert.True(move.Reached);
        Assert.Empty(move.Coordinates);
    }

    [Fact]
    public void Limits_end_a_walk_without_its_target()
    {
        using DeepNetwork network = RegionScenes.Random(seed: 1, hasBias: false, 30, 60, 5);
        double[] x = RegionScenes.UnitInput(30, seed: 2);
        Assert.False(Move(network, x, new() { MaximumRegions = 2 }).Reached);
        OutputMove few = Move(network, x, new() { MaximumCoordinates = 3 });
        Assert.False(few.Reached);
        Assert.True(few.Coordinates.Count <= 3);
        Assert.Throws<InvalidParameterException>(() => Move(network, x, new() { MaximumRegions = 0 }));
        Assert.Throws<InvalidParameterException>(() => Move(network, x, new() { MaximumCoordinates = 0 }));
    }

    [Fact]
    public void Results_have_the_same_bits_for_every_number_of_threads()
    {
        using DeepNetwork network = RegionScenes.Random(seed: 1, hasBias: true, 20, 40, 3);
        double[][] rows = [.. Enumerable.Range(0, 12).Select(seed => RegionScenes.UnitInput(20, seed))];
        var targets = new Matrix<double>(12, 3, [.. rows.SelectMany(x => Target(network, x))]);
        IReadOnlyList<OutputMove> one = new LinearSystemWalk().MoveOutputs(network, rows.ToMatrix(), targets, new() { Threads = 1 });
        IReadOnlyList<OutputMove> three = new LinearSystemWalk().MoveOutputs(network, rows.ToMatrix(), targets, new() { Threads = 3 });
        Assert.Equal(one.Select(move => move.Perturbation), three.Select(move => move.Perturbation));
        Assert.Equal(one.Select(move => move.Regions), three.Select(move => move.Regions));
        var cancelled = new AttackExecution { Cancellation = new(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => new LinearSystemWalk().MoveOutputs(network, rows.ToMatrix(), targets, cancelled));
    }

    [Fact]
    public void Exchanging_gives_the_target_class_the_largest_output()
    {
        Assert.Equal([2, 1, 3.5], LinearSystemWalk.Exchanged([3, 1, 2], targetClass: 2, margin: 0.5));
        Assert.Equal([-0.25], LinearSystemWalk.Exchanged([0.5], targetClass: 0, margin: 0.5));
    }

    private static OutputMove Move(DeepNetwork network, double[] x, LinearSystemWalk walk) =>
        walk.MoveOutputs(network, ToFloats(x), Target(network, x), CancellationToken.None);

    private static double[] Target(DeepNetwork network, double[] x)
    {
        double[] outputs = network.PreActivations(x)[^1];
        int next = (Array.IndexOf(outputs, outputs.Max()) + 1) % outputs.Length;
        return LinearSystemWalk.Exchanged(outputs, next, margin: 0.1);
    }

    private static double[] Pixels(int dimension, int seed) => [.. RegionScenes.UnitInput(dimension, seed).Select(Math.Abs)];

    private static float[] ToFloats(double[] x) => Array.ConvertAll(x, value => (float)value);
}
