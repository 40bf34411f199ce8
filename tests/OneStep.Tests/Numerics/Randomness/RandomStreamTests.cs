using OneStep.Numerics.Randomness;

namespace OneStep.Tests.Numerics.Randomness;

public class RandomStreamTests
{
    private const int Many = 200_000;

    private static readonly RandomStream Stream = new(11, RandomPurpose.HiddenWeights);

    private static float[] Gaussians(RandomStream stream, long row, int count)
    {
        var numbers = new float[count];
        stream.Gaussians(row, numbers);
        return numbers;
    }

    [Fact]
    public void Gaussians_have_the_moments_of_the_normal_distribution()
    {
        // Five standard errors of each mean of powers: the variance of Z^k is E Z^2k − (E Z^k)².
        float[] numbers = Gaussians(Stream, 3, Many);
        (int Power, double Mean, double Variance)[] moments = [(1, 0, 1), (2, 1, 2), (3, 0, 15), (4, 3, 96), (6, 15, 10_170)];
        Assert.All(moments, moment =>
            Assert.Equal(moment.Mean, numbers.Average(z => Math.Pow(z, moment.Power)), 5 * Math.Sqrt(moment.Variance / Many)));
    }

    [Fact]
    public void Gaussians_follow_the_normal_distribution_by_Kolmogorov_and_Smirnov()
    {
        float[] sorted = [.. Gaussians(Stream, 4, Many).Order()];
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double expected = MathNet.Numerics.Distributions.Normal.CDF(0, 1, sorted[i]);
            distance = Math.Max(distance, Math.Max(Math.Abs(expected - (i / (double)Many)), Math.Abs(expected - ((i + 1) / (double)Many))));
        }

        // Exceeded by chance once in a thousand.
        Assert.InRange(distance * Math.Sqrt(Many), 0, 1.95);
    }

    [Fact]
    public void The_tails_are_as_heavy_as_they_should_be()
    {
        // P(|Z| > 3) = 0.0026998: 540 of 200 000, give or take 23.
        Assert.InRange(Gaussians(Stream, 5, Many).Count(z => Math.Abs(z) > 3), 540 - 92, 540 + 92);
    }

    [Fact]
    public void No_number_exceeds_the_stated_bound()
    {
        // The bound belongs to the smallest U that can occur, 2^-33.
        Assert.InRange(Math.Sqrt(66 * Math.Log(2)), 6.76, 6.77);
        Assert.True(Enumerable.Range(0, 50).All(row => Array.TrueForAll(Gaussians(Stream, row, 20_000), z => Math.Abs(z) <= 6.77f)));
    }

    [Fact]
    public void Rows_purposes_seeds_and_neighbours_are_uncorrelated()
    {
        float[] numbers = Gaussians(Stream, 0, Many);
        (string What, float[] Others)[] pairs =
        [
            ("the next row", Gaussians(Stream, 1, Many)),
            ("a row beyond 32 bits", Gaussians(Stream, 1L << 32, Many)),
            ("another purpose", Gaussians(Stream with { Purpose = RandomPurpose.AttackRestarts }, 0, Many)),
            ("the next seed", Gaussians(Stream with { Seed = 12 }, 0, Many)),
            ("a seed that differs in the upper half", Gaussians(Stream with { Seed = 11 + (1UL << 32) }, 0, Many)),
            ("the next number", [.. numbers[1..], 0]),
            ("the number after the next", [.. numbers[2..], 0, 0]),
        ];
        Assert.All(pairs, pair =>
        {
            double correlation = numbers.Zip(pair.Others, (a, b) => (double)a * b).Sum() / Many;
            double ofSquares = numbers.Zip(pair.Others, (a, b) => ((double)a * a - 1) * ((double)b * b - 1)).Sum() / (2.0 * Many);
            Assert.True(Math.Abs(correlation) < 5 / Math.Sqrt(Many), pair.What);
            Assert.True(Math.Abs(ofSquares) < 5 / Math.Sqrt(Many), pair.What);
        });
    }

    [Fact]
    public void A_row_does_not_depend_on_how_many_numbers_are_taken()
    {
        float[] all = Gaussians(Stream, 7, 101);
        for (int count = 0; count <= 101; count++)
        {
            Assert.Equal(all[..count], Gaussians(Stream, 7, count));
        }
    }

    [Fact]
    public void Signs_are_both_equally_likely_and_unlike_their_neighbours()
    {
        var stream = new RandomStream(5, RandomPurpose.OutputSigns);
        int[] signs = [.. Enumerable.Range(0, 100_000).Select(row => stream.Sign(row))];
        Assert.All(signs, sign => Assert.True(sign is 1 or -1));
        Assert.InRange(Math.Abs(signs.Sum()), 0, 5 * 317);
        Assert.InRange(Math.Abs(signs.Skip(1).Zip(signs, (a, b) => a * b).Sum()), 0, 5 * 317);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void A_permutation_holds_every_number_once(int count)
    {
        int[] order = new RandomStream(1, RandomPurpose.ExampleOrder).Permutation(3, count);
        Assert.Equal(Enumerable.Range(0, count), order.Order());
    }

    [Fact]
    public void All_permutations_are_equally_likely()
    {
        var stream = new RandomStream(9, RandomPurpose.ExampleOrder);
        const int draws = 24_000;
        Dictionary<string, int> seen = Enumerable.Range(0, draws)
            .Select(row => string.Join(',', stream.Permutation(row, 4)))
            .CountBy(text => text)
            .ToDictionary();
        Assert.Equal(24, seen.Count);

        // χ² with 23 degrees of freedom exceeds 49.7 once in a thousand.
        Assert.InRange(seen.Values.Sum(count => Math.Pow(count - (draws / 24.0), 2) / (draws / 24.0)), 0, 49.7);
    }

    [Fact]
    public void Different_rows_are_different_permutations() =>
        Assert.NotEqual(
            new RandomStream(1, RandomPurpose.ExampleOrder).Permutation(0, 50),
            new RandomStream(1, RandomPurpose.ExampleOrder).Permutation(1, 50));

    // Numbers once drawn are part of every published result.
    [Fact]
    public void The_first_numbers_of_a_stream_never_change()
    {
        var stream = new RandomStream(42, RandomPurpose.HiddenWeights);
        (uint w0, uint w1, _, _) = Philox4x32.Block(0, 17, 0, 1, 42);
        double radius = Math.Sqrt(-2 * Math.Log((w0 + 0.5) / 4294967296));
        float[] numbers = Gaussians(stream, 17, 2);
        Assert.Equal(radius * Math.Cos(2 * Math.PI * w1 / 4294967296), numbers[0], 1e-6);
        Assert.Equal(radius * Math.Sin(2 * Math.PI * w1 / 4294967296), numbers[1], 1e-6);
    }

    [Fact]
    public void Indices_are_uniform_within_their_bound_and_differ_from_row_to_row()
    {
        var stream = new RandomStream(5, RandomPurpose.BootstrapResampling);
        int[] counts = new int[7];
        int[] drawn = new int[7001];
        stream.Indices(0, 7, drawn);
        foreach (int index in drawn)
        {
            counts[index]++;
        }

        // A count of 1000 scatters by √(1000 · 6/7) = 29.
        Assert.All(counts, count => Assert.InRange(count, 880, 1120));
        int[] other = new int[7001];
        stream.Indices(1, 7, other);
        Assert.InRange(drawn.Zip(other).Count(pair => pair.First == pair.Second), 880, 1120);
        Assert.InRange(drawn.Zip(drawn.Skip(1)).Count(pair => pair.First == pair.Second), 880, 1120);
    }

    [Fact]
    public void Indices_by_the_words_of_the_generator()
    {
        var stream = new RandomStream(42, RandomPurpose.BootstrapResampling);
        (uint w0, _, uint w2, _) = Philox4x32.Block(0, 17, 0, 8, 42);
        (uint w4, _, _, _) = Philox4x32.Block(1, 17, 0, 8, 42);
        int[] drawn = new int[3];
        stream.Indices(17, 10, drawn);

        // The lower words matter only where the upper ones are next to a tenth.
        Assert.Equal([.. new[] { w0, w2, w4 }.Select(w => (int)(w * 10.0 / 4294967296))], drawn);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Indices_need_a_positive_bound(int bound) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, RandomPurpose.BootstrapResampling).Indices(0, bound, new int[1]));

    [Fact]
    public void Bits_of_different_rows_seeds_and_purposes_differ()
    {
        ulong[] drawn =
        [
            .. from seed in new ulong[] { 0, 1, ulong.MaxValue }
               from purpose in new[] { RandomPurpose.NetworkSeeds, RandomPurpose.RandomInputs }
               from row in Enumerable.Range(0, 200)
               select new RandomStream(seed, purpose).Bits(row),
        ];

        Assert.Equal(drawn.Length, drawn.Distinct().Count());

        // Every bit is set about half of the time: five standard deviations of 1200 tosses.
        Assert.All(Enumerable.Range(0, 64), bit => Assert.InRange(drawn.Count(value => (value >> bit & 1) == 1), 600 - 87, 600 + 87));
    }
}
