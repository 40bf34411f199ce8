using OneStep.Statistics;
using OneStep.Tests.References;

namespace OneStep.Tests.Statistics;

public class SeedBootstrapTests
{
    private static readonly SeedBootstrap Bootstrap = new();

    [Theory]
    [InlineData(1.0, 4.0)]
    [InlineData(2.0, 3.0, 7.0)]
    [InlineData(-1.0, 5.0, 2.5, 0.25)]
    [InlineData(-1.0, 5.0, 2.5, 0.25, 8.0, 1.5, -3.0)]
    public void Of_the_mean_of_up_to_seven_seeds_is_exactly_students_interval(params double[] values)
    {
        ConfidenceInterval student = ConfidenceInterval.OfMean(values)!;
        ConfidenceInterval interval = Bootstrap.Interval(values.Length, sample => sample.Average(seed => values[seed]))!;
        Assert.Equal(student.Estimate, interval.Estimate, 12);
        Assert.Equal(student.Low, interval.Low, 10);
        Assert.Equal(student.High, interval.High, 10);
        Assert.Equal(0.95, interval.Level);
    }

    [Fact]
    public void Of_the_mean_of_many_seeds_is_students_interval_within_the_error_of_sampling()
    {
        double[] values = new RandomInputs(3).Gaussian(12);
        ConfidenceInterval student = ConfidenceInterval.OfMean(values, 0.8)!;
        ConfidenceInterval interval = (Bootstrap with { Level = 0.8 }).Interval(12, sample => sample.Average(seed => values[seed]))!;
        Assert.Equal(student.Estimate, interval.Estimate, 12);

        // 2000 resamples give a standard deviation to 1.6 %.
        Assert.Equal(1, interval.HalfWidth / student.HalfWidth, 0.06);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    public void Intervals_of_the_logarithm_of_a_mean_cover_the_truth_as_often_as_they_say(int seeds)
    {
        var random = new RandomInputs(seeds);
        SeedBootstrap bootstrap = Bootstrap with { Level = 0.8, Resamples = 300 };
        int covered = 0;
        for (int draw = 0; draw < 1000; draw++)
        {
            double[] values = [.. random.Gaussian(seeds).Select(z => 10 + z)];
            ConfidenceInterval interval = bootstrap.Interval(seeds, sample => Math.Log(sample.Average(seed => values[seed])))!;
            covered += interval.Low <= Math.Log(10) && Math.Log(10) <= interval.High ? 1 : 0;
        }

        // The standard deviation of the covered fraction is √(.8 · .2/1000) = .013.
        Assert.Equal(0.8, covered / 1000.0, 0.045);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(4, 35)]
    [InlineData(7, 1716)]
    [InlineData(8, 2000)]
    public void Few_seeds_are_resampled_in_every_way_that_differs_and_more_at_random(int seeds, int resamples)
    {
        List<string> samples = [];
        _ = Bootstrap.Interval(seeds, sample =>
        {
            samples.Add(string.Join(',', sample.Order()));
            Assert.Equal(seeds, sample.Count);
            Assert.All(sample, seed => Assert.InRange(seed, 0, seeds - 1));
            return 1;
        });

        // The first is the sample as it is, for the estimate.
        Assert.Equal(string.Join(',', Enumerable.Range(0, seeds)), samples[0]);
        Assert.Equal(resamples, samples.Count - 1);
        Assert.Equal(seeds < 8, samples.Skip(1).Distinct().Count() == resamples);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_interval_of_a_curved_statistic_is_that_of_all_ordered_resamples(int seeds)
    {
        double[] values = [.. new RandomInputs(seeds).Gaussian(seeds).Select(z => 5 + z)];
        double Statistic(IEnumerable<int> sample) => Math.Log(sample.Average(seed => values[seed])) / sample.Max(seed => values[seed]);

        // Counting up in base n goes through all nⁿ samples.
        double[] all =
        [
            .. Enumerable.Range(0, (int)Math.Pow(seeds, seeds))
                .Select(number => Statistic(Enumerable.Range(0, seeds).Select(digit => number / (int)Math.Pow(seeds, digit) % seeds))),
        ];
        double spread = Math.Sqrt(all.Average(value => Math.Pow(value - all.Average(), 2)));
        ConfidenceInterval expected = ConfidenceInterval.Around(
            Statistic(Enumerable.Range(0, seeds)), spread * Math.Sqrt(seeds / (seeds - 1.0)), seeds - 1);
        ConfidenceInterval interval = Bootstrap.Interval(seeds, sample => Statistic(sample))!;
        Assert.Equal(expected.Low, interval.Low, 11);
        Assert.Equal(expected.High, interval.High, 11);
    }

    [Fact]
    public void One_seed_of_the_bootstrap_gives_one_interval_and_another_gives_another()
    {
        double[] values = new RandomInputs(3).Gaussian(9);
        ConfidenceInterval? Of(ulong seed) => (Bootstrap with { Seed = seed }).Interval(9, sample => sample.Average(i => values[i]));
        Assert.Equal(Of(1), Of(1));
        Assert.NotEqual(Of(1), Of(2));
    }

    [Fact]
    public void Resamples_without_a_statistic_are_left_out_until_they_are_too_many()
    {
        // Of the 256 resamples of four seeds, four hold one seed alone, and 81 of them lack seed 0.
        double[] values = [1, 2, 4, 8];
        Assert.NotNull(Bootstrap.Interval(4, sample => sample.Distinct().Count() == 1 ? null : sample.Average(i => values[i])));
        Assert.Null(Bootstrap.Interval(4, sample => sample.Contains(0) ? sample.Average(i => values[i]) : null));
    }

    [Fact]
    public void Fewer_than_two_seeds_and_a_statistic_of_nothing_have_no_interval()
    {
        Assert.Null(Bootstrap.Interval(0, _ => 1));
        Assert.Null(Bootstrap.Interval(1, _ => 1));
        Assert.Null(Bootstrap.Interval(3, _ => null));
    }

    [Fact]
    public void A_statistic_that_is_not_finite_is_refused() =>
        Assert.Throws<ArgumentException>(() => Bootstrap.Interval(3, sample => sample[0] == 0 ? double.NaN : 1));

    [Fact]
    public void Options_out_of_their_range_are_named()
    {
        Assert.Contains("resamples is 99", Assert.Throws<InvalidParameterException>(() => new SeedBootstrap { Resamples = 99 }.Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("level is 1", Assert.Throws<InvalidParameterException>(() => new SeedBootstrap { Level = 1 }.Interval(2, _ => 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Can_be_cancelled()
    {
        using var source = new CancellationTokenSource();
        int calls = 0;
        Assert.Throws<OperationCanceledException>(() => Bootstrap.Interval(
            9,
            _ =>
            {
                source.Cancel();
                return ++calls;
            },
            source.Token));
        Assert.Equal(1, calls);
    }
}
