using OneStep.Experiments.Certification;

namespace OneStep.Tests.Experiments.Certification;

public class LowerBoundSetTests
{
    [Theory]
    [InlineData("none", new LowerBoundKind[0])]
    [InlineData("quadratic", new[] { LowerBoundKind.Quadratic })]
    [InlineData("spectral,global", new[] { LowerBoundKind.Global, LowerBoundKind.Spectral })]
    [InlineData("all", new[] { LowerBoundKind.Global, LowerBoundKind.Interval, LowerBoundKind.Linear, LowerBoundKind.Spectral, LowerBoundKind.Quadratic, LowerBoundKind.Product })]
    public void Names_are_read_in_any_order(string text, LowerBoundKind[] kinds)
    {
        Assert.True(LowerBoundSet.TryParse(text, out LowerBoundSet set));
        Assert.Equal(kinds, set.Kinds);
        Assert.Equal(new LowerBoundSet(kinds.Reverse()), set);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        foreach (LowerBoundSet set in (LowerBoundSet[])[LowerBoundSet.None, LowerBoundSet.All, new([LowerBoundKind.Quadratic, LowerBoundKind.Linear])])
        {
            Assert.True(LowerBoundSet.TryParse(set.ToString(), out LowerBoundSet read));
            Assert.Equal(set, read);
        }

        Assert.Equal("linear,quadratic", new LowerBoundSet([LowerBoundKind.Quadratic, LowerBoundKind.Linear]).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("exact")]
    [InlineData("global,exact")]
    [InlineData("global,")]
    [InlineData("Global")]
    [InlineData("all,global")]
    public void Anything_else_is_refused(string text)
    {
        Assert.False(LowerBoundSet.TryParse(text, out LowerBoundSet set));
        Assert.Equal(LowerBoundSet.None, set);
    }

    [Fact]
    public void All_are_all_that_there_are_for_the_network()
    {
        Assert.Equal([LowerBoundKind.Global, LowerBoundKind.Interval, LowerBoundKind.Linear, LowerBoundKind.Spectral, LowerBoundKind.Quadratic], LowerBoundSet.All.For(isDeep: false).Kinds);
        Assert.Equal([LowerBoundKind.Interval, LowerBoundKind.Linear, LowerBoundKind.Product], LowerBoundSet.All.For(isDeep: true).Kinds);
        Assert.Equal(LowerBoundSet.None, LowerBoundSet.None.For(isDeep: true));
        Assert.Equal([LowerBoundKind.Linear], new LowerBoundSet([LowerBoundKind.Linear]).For(isDeep: true).Kinds);
    }

    [Theory]
    [InlineData(false, LowerBoundKind.Product)]
    [InlineData(true, LowerBoundKind.Global)]
    [InlineData(true, LowerBoundKind.Spectral)]
    [InlineData(true, LowerBoundKind.Quadratic)]
    public void A_bound_that_is_none_for_the_network_is_refused(bool isDeep, LowerBoundKind kind) => Assert.StartsWith(
        $"lower-bounds is interval,{LowerBoundSet.Name(kind)}, but must be all, none, or some of ".Replace("interval,global", "global,interval", StringComparison.Ordinal),
        Assert.Throws<InvalidParameterException>(() => new LowerBoundSet([LowerBoundKind.Interval, kind]).For(isDeep)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void The_range_lists_every_name() =>
        Assert.All(LowerBoundSet.All.Kinds, kind => Assert.Contains($" {LowerBoundSet.Name(kind)},", LowerBoundSet.Range, StringComparison.Ordinal));

    [Fact]
    public void The_range_for_two_layers_lists_those_that_there_are() => Assert.Equal(
        LowerBoundSet.All.Kinds.Select(kind => new LowerBoundSet([kind]).IsFor(isDeep: false)),
        LowerBoundSet.All.Kinds.Select(kind => LowerBoundSet.TwoLayerRange.Contains($" {LowerBoundSet.Name(kind)},", StringComparison.Ordinal)));
}
