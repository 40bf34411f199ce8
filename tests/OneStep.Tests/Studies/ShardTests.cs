using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Tests.Studies;

public class ShardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(60)]
    public void Parts_share_the_cells_out_and_take_about_equally_long(int count)
    {
        StudyCell[] cells = [.. Enumerable.Range(0, 50).Select(Cell)];
        var random = new Random(1);
        double[] costs = [.. cells.Select(_ => 1 + (9 * random.NextDouble()))];

        IReadOnlyList<StudyCell>[] parts = [.. Enumerable.Range(1, count).Select(i => new Shard(i, count).Of(cells, c => costs[c.Index]))];

        Assert.Equal(Enumerable.Range(0, 50), parts.SelectMany(p => p).Select(c => c.Index).Order());
        Assert.All(parts, part => Assert.Equal(part.Select(c => c.Index).Order(), part.Select(c => c.Index)));
        double[] loads = [.. parts.Select(p => p.Sum(c => costs[c.Index]))];
        Assert.True(loads.Max() - loads.Min() <= costs.Max() + 1e-9, $"{loads.Min()} to {loads.Max()}");
    }

    [Fact]
    public void The_costliest_cells_go_to_different_parts()
    {
        StudyCell[] cells = [.. Enumerable.Range(0, 4).Select(Cell)];
        double[] costs = [1, 8, 9, 1];

        Assert.Equal([2, 3], new Shard(1, 2).Of(cells, c => costs[c.Index]).Select(c => c.Index).Order());
        Assert.Equal([0, 1], new Shard(2, 2).Of(cells, c => costs[c.Index]).Select(c => c.Index).Order());
    }

    [Fact]
    public void A_part_is_written_as_it_is_read() => Assert.Equal(("2/4", new Shard(2, 4)), (Shard.Parse("2/4").ToString(), Shard.Parse("2/4")));

    [Theory]
    [InlineData("0/2")]
    [InlineData("3/2")]
    [InlineData("1/0")]
    [InlineData("-1/2")]
    [InlineData("1/2/3")]
    [InlineData("one/2")]
    [InlineData("1")]
    [InlineData("")]
    public void There_is_no_other_part(string text) =>
        Assert.Equal("shard", Assert.Throws<InvalidParameterException>(() => Shard.Parse(text)).Parameter);

    private static StudyCell Cell(int index) => new(index, $"{index}", $"{index}", new AttackCell(new ExperimentParameters()), []);
}
