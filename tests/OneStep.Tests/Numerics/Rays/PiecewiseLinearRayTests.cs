using OneStep.Numerics.Rays;

namespace OneStep.Tests.Numerics.Rays;

/// <summary>Rays whose answer is found with pencil and paper, with few kinks and with so many that they are spread over buckets.</summary>
public class PiecewiseLinearRayTests
{
    // Kinks that change nothing, so that the others are met in buckets of a hundred.
    private static readonly Kink[] Nothing = [.. Enumerable.Range(1, 100).Select(i => new Kink(i / 2.0, 0))];

    public static TheoryData<bool> ManyOrFew { get; } = [true, false];

    private static (double Time, double Slope)? Solve(bool many, double value, double slope, double horizon, params Kink[] kinks)
    {
        Kink[] all = many ? [.. Nothing.Where(kink => kink.Time <= horizon), .. kinks] : kinks;
        new Random(3).Shuffle(all);
        return PiecewiseLinearRay.TryFindSignChange(value, slope, all, horizon, out (double, double) crossing) ? crossing : null;
    }

    [Theory]
    [MemberData(nameof(ManyOrFew))]
    public void The_last_slope_decides_where_there_is_no_horizon(bool many)
    {
        Assert.Equal((60.0, -1.0), Solve(many, 60, -1, double.PositiveInfinity));
        Assert.Equal((1e6, -1.0), Solve(many, 1e6, -1, double.PositiveInfinity));
        Assert.Null(Solve(many, 60, 0, double.PositiveInfinity));
        Assert.Null(Solve(many, 60, -2, double.PositiveInfinity, new Kink(10, 2)));
        Assert.Equal((45.0, -2.0), Solve(many, 60, 0, double.PositiveInfinity, new Kink(15, -2)));
    }

    [Theory]
    [MemberData(nameof(ManyOrFew))]
    public void Touching_zero_at_a_kink_and_turning_back_is_no_change(bool many) =>
        Assert.Null(Solve(many, 10, -1, double.PositiveInfinity, new Kink(10, 3)));

    [Theory]
    [MemberData(nameof(ManyOrFew))]
    public void Touching_zero_at_a_kink_and_going_on_crosses_there(bool many) =>
        Assert.Equal((10.0, -3.0), Solve(many, 10, -1, double.PositiveInfinity, new Kink(10, -2)));

    [Theory]
    [MemberData(nameof(ManyOrFew))]
    public void Resting_on_zero_is_no_change_and_leaving_it_downwards_is(bool many)
    {
        Assert.Null(Solve(many, 10, -1, double.PositiveInfinity, new Kink(10, 1)));
        Assert.Null(Solve(many, 10, -1, double.PositiveInfinity, new Kink(10, 1), new Kink(20, 5)));
        Assert.Equal((20.0, -2.0), Solve(many, 10, -1, double.PositiveInfinity, new Kink(10, 1), new Kink(20, -2)));
    }

    [Theory]
    [MemberData(nameof(ManyOrFew))]
    public void Equal_kinks_act_together(bool many)
    {
        // One of them alone would send h down; together they turn it back.
        Kink[] kinks = [new(10, -100), new(10, 101), new(10, 1)];
        Assert.Null(Solve(many, 10, -1, double.PositiveInfinity, kinks));
        Assert.Equal((10.0, -2.0), Solve(many, 10, -1, double.PositiveInfinity, new Kink(10, 5), new Kink(10, -6)));
    }

    [Theory]
    [InlineData(20, false)]
    [InlineData(19, false)]
    [InlineData(20.25, true)]
    public void At_a_horizon_that_is_the_crossing_itself_nothing_has_changed(double horizon, bool found)
    {
        Assert.Equal(found, Solve(many: true, 20, -1, horizon) is not null);
        Assert.Equal(found, Solve(many: false, 20, -1, horizon) is not null);
        Assert.Equal(found, Solve(many: true, 20, -1, horizon, new Kink(20, -1)) is not null);
        Assert.Equal(found, Solve(many: false, 20, -1, horizon, new Kink(20, -1)) is not null);
    }

    [Theory]
    [MemberData(nameof(ManyOrFew))]
    public void A_dip_between_two_kinks_of_one_bucket_is_found(bool many) =>
        Assert.Equal((30.1, -100.0), Round(Solve(many, 10, 0, double.PositiveInfinity, new Kink(30, -100), new Kink(30.2, 150), new Kink(31, -50))));

    [Theory]
    [MemberData(nameof(ManyOrFew))]
    public void A_dip_that_ends_just_above_zero_is_none(bool many) =>
        Assert.Null(Solve(many, 10, 0, double.PositiveInfinity, new Kink(30, -100), new Kink(30.0625, 150), new Kink(31, -50)));

    [Fact]
    public void Kinks_all_at_one_time_are_one_bucket()
    {
        Kink[] kinks = [.. Enumerable.Repeat(new Kink(4, -1), 100)];
        Assert.True(PiecewiseLinearRay.TryFindSignChange(50, 0, kinks, double.PositiveInfinity, out (double Time, double Slope) crossing));
        Assert.Equal((4.5, -100), crossing);
    }

    [Fact]
    public void Kinks_far_apart_do_not_disturb_the_buckets()
    {
        Kink[] kinks = [.. Enumerable.Range(0, 100).Select(i => new Kink(Math.ScaleB(1, (10 * i) - 500), 0)), new(8, -2)];
        Assert.True(PiecewiseLinearRay.TryFindSignChange(4, 0, kinks, double.PositiveInfinity, out (double Time, double Slope) crossing));
        Assert.Equal((10, -2), crossing);
    }

    [Fact]
    public void Many_kinks_behind_the_horizon_are_not_looked_at()
    {
        Kink[] kinks = [.. Enumerable.Range(1, 200).Select(i => new Kink(i, i > 50 ? -1000 : 0))];
        Assert.False(PiecewiseLinearRay.TryFindSignChange(1, 0, kinks, 50.5, out _));
        Assert.True(PiecewiseLinearRay.TryFindSignChange(1, 0, kinks, 51.5, out (double Time, double Slope) crossing));
        Assert.Equal((51.001, -1000), (crossing.Time, crossing.Slope));
    }

    [Fact]
    public void A_list_of_kinks_grows_and_keeps_its_order()
    {
        var list = new KinkList();
        var other = new KinkList();
        for (int i = 0; i < 1000; i++)
        {
            list.Add(new Kink(i, -i));
            other.Add(new Kink(1000 + i, i));
        }

        list.AddRange(other);
        list.AddRange(new KinkList());
        Assert.Equal(2000, list.Count);
        Assert.Equal(Enumerable.Range(0, 2000).Select(i => (double)i), list.Items.ToArray().Select(kink => kink.Time));
        list.Clear();
        Assert.True(list.Items.IsEmpty);
        list.Add(new Kink(3, 4));
        Assert.Equal([new Kink(3, 4)], list.Items.ToArray());
    }

    private static (double Time, double Slope)? Round((double Time, double Slope)? crossing) =>
        crossing is var (time, slope) ? (Math.Round(time, 12), slope) : null;
}
