using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

public class HammingAttackTests
{
    private static readonly HammingAttack Complete = new() { Candidates = null };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void One_coordinate_is_found_exactly_where_one_suffices_and_by_the_shortest_change(int dimension)
    {
        int alone = 0;
        int none = 0;
        for (int seed = 0; seed < 12; seed++)
        {
            NaiveNetwork naive = NaiveNetwork.Random(8, dimension, seed, hasBias: true);
            using TwoLayerNetwork network = naive.ToLibrary();
            naive = network.ToNaive();
            LabelledInputs examples = naive.CorrectInputs(8, seed + 50);
            AttackResult result = network.Attack(Complete, examples);
            foreach (AttackedExample example in result.Examples.Where(e => e.Status is ExampleStatus.Flipped or ExampleStatus.NotFlipped))
            {
                double shortest = ShortestAlone(naive, result.Perturbed(examples, example.Index, 0), _ => (double.PositiveInfinity, double.PositiveInfinity));
                Assert.Equal(double.IsFinite(shortest), example.ChangedCoordinates == 1);
                if (double.IsFinite(shortest))
                {
                    Assert.Equal(1, example.PerturbationNorm!.Value / shortest, 1e-5);
                }

                (alone, none) = double.IsFinite(shortest) ? (alone + 1, none) : (alone, none + 1);
            }
        }

        Assert.True(alone > 20);
        Assert.True(none > 0 || dimension == 8);
    }

    [Fact]
    public void Within_pixel_bounds_no_subset_of_coordinates_is_overlooked_that_a_dense_search_finds()
    {
        int alone = 0;
        int pairs = 0;
        int missed = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            NaiveNetwork naive = NaiveNetwork.Random(12, 5, seed, hasBias: true);
            using TwoLayerNetwork network = naive.ToLibrary();
            naive = network.ToNaive();
            LabelledInputs examples = Pixels(naive, count: 4, seed);
            AttackResult result = network.Attack(Complete with { Clip = true }, examples);
            foreach (AttackedExample example in result.Examples.Where(e => e.Status is ExampleStatus.Flipped or ExampleStatus.NotFlipped))
            {
                double[] x = result.Perturbed(examples, example.Index, 0);
                Assert.All(result.Perturbed(examples, example.Index), value => Assert.InRange(value, 0, 1));
                int found = example.ChangedCoordinates ?? int.MaxValue;
                double shortest = ShortestAlone(naive, x, k => (x[k], 1 - x[k]));
                Assert.Equal(double.IsFinite(shortest), found == 1);
                alone += found == 1 ? 1 : 0;
                if (found > 1 && SomePairFlips(naive, x))
                {
                    pairs++;
                    missed += found > 2 ? 1 : 0;
                }
            }
        }

        Assert.True(alone > 10);
        Assert.True(pairs > 5);
        Assert.True(missed <= pairs / 10, $"{missed} of {pairs}");
    }

    [Theory]
    [InlineData(30, 50, false)]
    [InlineData(100, 30, true)]
    [InlineData(500, 60, true)]
    public void Every_flip_is_verified_and_its_coordinates_are_counted(int width, int dimension, bool clip)
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(width, dimension, seed: width).ToLibrary();
        NaiveNetwork naive = network.ToNaive();
        LabelledInputs examples = Pixels(naive, count: 30, seed: 2);
        AttackResult result = network.Attack(new HammingAttack { Clip = clip }, examples);
        Assert.Equal(NormKind.L0, result.Norm);
        Assert.DoesNotContain(result.Examples, e => e.Status == ExampleStatus.Unverified);
        Assert.True(result.Examples.Count(e => e.Status == ExampleStatus.Flipped) >= 25);
        foreach (AttackedExample example in result.Examples.Where(e => e.Status == ExampleStatus.Flipped))
        {
            double[] end = result.Perturbed(examples, example.Index);
            Assert.Equal(-Math.Sign(example.Score), Math.Sign(naive.Score(end)));
            Assert.Equal(result.Perturbations.Row(example.Index).ToArray().Count(v => v != 0), example.ChangedCoordinates);
            Assert.All(end, value => Assert.True(!clip || value is >= 0 and <= 1));
        }
    }

    [Fact]
    public void As_many_coordinates_change_as_a_linear_function_needs()
    {
        // The score is 0.8; the two heaviest coordinates can take 0.7 of it, three can take 0.95.
        using TwoLayerNetwork network = Linear(0, 0.8, 0.6, 0.5, 0.1, -0.4);
        var examples = new LabelledInputs(new(1, 5, [0.5f, 0.5f, 0.5f, 0.5f, 0.5f]), [1]);
        AttackResult result = network.Attack(Complete with { Clip = true }, examples);
        Assert.Equal(3, result.Examples[0].ChangedCoordinates);
    }

    [Fact]
    public void Results_have_the_same_bits_for_every_number_of_threads()
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(300, 30, seed: 1).ToLibrary();
        LabelledInputs examples = Pixels(network.ToNaive(), count: 40, seed: 2);
        var attack = new HammingAttack { Clip = true };
        AttackResult one = network.Attack(attack, examples);
        AttackResult three = network.Attack(attack, examples, new() { Threads = 3 });
        Assert.Equal(one.Perturbations.Data, three.Perturbations.Data);
        Assert.Equal(one.Examples, three.Examples);
    }

    [Fact]
    public void Fewer_coordinates_than_needed_flip_nothing()
    {
        // The score is 1.75, and every coordinate takes half of one away.
        using TwoLayerNetwork network = Linear(-0.25, 1, 1, 1, 1);
        var examples = new LabelledInputs(new(1, 4, [0.5f, 0.5f, 0.5f, 0.5f]), [1]);
        Assert.Equal(ExampleStatus.NotFlipped, network.Attack(Complete with { Clip = true, MaximumCoordinates = 3 }, examples).Examples[0].Status);
        Assert.Equal(4, network.Attack(Complete with { Clip = true, MaximumCoordinates = 4 }, examples).Examples[0].ChangedCoordinates);
    }

    [Fact]
    public void Options_have_ranges_and_a_search_can_be_cancelled()
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(30, 5, seed: 1).ToLibrary();
        LabelledInputs examples = network.ToNaive().CorrectInputs(3, seed: 2);
        Assert.Throws<InvalidParameterException>(() => network.Attack(new HammingAttack { Candidates = 0 }, examples));
        Assert.Throws<InvalidParameterException>(() => network.Attack(new HammingAttack { MaximumCoordinates = 0 }, examples));
        Classification classification = Classification.Of(network, examples, AttackScenes.OneThread);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new HammingAttack().Search(classification.AttackInputs(network), new() { Cancellation = new(canceled: true) }));
    }

    [Fact]
    public void Its_name_shows_its_configuration()
    {
        Assert.Equal("hamming (candidates 32, at most 64 coordinates)", new HammingAttack().ToString());
        Assert.Equal("hamming (candidates all, at most 5 coordinates, clipped)", new HammingAttack { Candidates = null, MaximumCoordinates = 5, Clip = true }.ToString());
    }

    /// <summary>The shortest change of one coordinate that flips, by brute force; +∞ where none does.</summary>
    private static double ShortestAlone(NaiveNetwork network, double[] x, Func<int, (double Down, double Up)> room) =>
        Enumerable.Range(0, x.Length).Min(k => Math.Min(Along(network, x, k, 1, room(k).Up), Along(network, x, k, -1, room(k).Down)));

    private static double Along(NaiveNetwork network, double[] x, int coordinate, int sign, double room)
    {
        double[] direction = new double[x.Length];
        direction[coordinate] = sign;
        return BruteForceRay.FirstSignChange(network, x, direction)?.Length is { } length && length < room ? length : double.PositiveInfinity;
    }

    /// <summary>Whether some point of a grid over two coordinates has the other sign.</summary>
    private static bool SomePairFlips(NaiveNetwork network, double[] x)
    {
        double[] grid = [.. Enumerable.Range(0, 11).Select(i => i / 10.0)];
        double y = Math.Sign(network.Score(x));
        for (int i = 0; i < x.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                foreach (double first in grid)
                {
                    foreach (double second in grid)
                    {
                        double[] moved = [.. x];
                        (moved[i], moved[j]) = (first, second);
                        if (y * network.Score(moved) < 0)
                        {
                            return true;
                        }
                    }
                }
            }
        }

        return false;
    }

    /// <summary>A multiple of g · x + b, for inputs that are not large.</summary>
    private static TwoLayerNetwork Linear(double bias, params double[] gradient) =>
        new NaiveNetwork([[.. gradient, bias + 16], [.. gradient.Select(_ => 0.0), 16]], [1, -1], hasBias: true).ToLibrary();

    /// <summary>Random inputs in the box, of length 1, with the label that the network gives them.</summary>
    private static LabelledInputs Pixels(NaiveNetwork network, int count, int seed)
    {
        var random = new RandomInputs(seed);
        double[][] rows = [.. Enumerable.Range(0, count).Select(_ => random.Unit(network.InputDimension).Select(Math.Abs).ToArray())];
        Matrix<float> inputs = rows.ToMatrix();
        return new(inputs, [.. inputs.ToRows().Select(x => Math.Sign(network.Score(x)))]);
    }
}
