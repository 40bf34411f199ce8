using OneStep.Experiments;
using OneStep.Studies;

namespace OneStep.Tests.Studies;

public class CellScheduleTests
{
    private static readonly StudyCell[] Cells = [.. Enumerable.Range(0, 10).Select(i => new StudyCell(i, $"{i}", $"{i}", new AttackCell(new ExperimentParameters()), []))];

    [Fact]
    public void Small_cells_run_side_by_side_with_a_thread_each_the_costliest_first()
    {
        CellBatch batch = Assert.Single(CellSchedule.Of(Cells, c => 1e9 + c.Index, new() { Threads = 4 }));

        Assert.Equal((4, 1), (batch.AtOnce, batch.ThreadsEach));
        Assert.Equal([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], batch.Cells.Select(c => c.Index));
    }

    [Fact]
    public void Few_cells_share_the_threads()
    {
        CellBatch batch = Assert.Single(CellSchedule.Of(Cells[..3], _ => 1e9, new() { Threads = 8 }));

        Assert.Equal((3, 2), (batch.AtOnce, batch.ThreadsEach));
    }

    [Fact]
    public void A_large_cell_has_all_threads_to_itself()
    {
        IReadOnlyList<CellBatch> batches = CellSchedule.Of(Cells, c => c.Index < 2 ? 1e13 : 1e9, new() { Threads = 4 });

        Assert.Equal([(1, 4, 2), (4, 1, 8)], batches.Select(b => (b.AtOnce, b.ThreadsEach, b.Cells.Count)));
        Assert.Equal([0, 1], batches[0].Cells.Select(c => c.Index));
    }

    [Fact]
    public void Cells_that_do_not_fit_into_memory_together_run_one_by_one()
    {
        long needed = ExperimentMemory.NeededBytes(Cells[0].Parameters);

        Assert.Equal(4, Assert.Single(CellSchedule.Of(Cells, _ => 1e9, new() { Threads = 4, AvailableMemory = 8 * needed })).AtOnce);
        Assert.Equal(1, Assert.Single(CellSchedule.Of(Cells, _ => 1e9, new() { Threads = 4, AvailableMemory = (8 * needed) - 1 })).AtOnce);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(13)]
    [InlineData(-7)]
    public void Another_process_begins_somewhere_else_with_the_same_cells(int first)
    {
        CellBatch batch = Assert.Single(CellSchedule.Of(Cells, _ => 1e9, new() { Threads = 1, FirstCell = first }));

        Assert.Equal((int)((uint)first % 10), batch.Cells[0].Index);
        Assert.Equal(Enumerable.Range(0, 10), batch.Cells.Select(c => c.Index).Order());
    }

    [Fact]
    public void Nothing_is_nothing() => Assert.Empty(CellSchedule.Of([], _ => 1e9, new() { Threads = 4 }));
}
