using OneStep.Numerics;

namespace OneStep.Tests.Numerics;

public class WorkGridTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(3, 8)]
    [InlineData(1000, 1)]
    [InlineData(1000, 2)]
    [InlineData(1000, 7)]
    public void Every_item_is_run_once_by_a_worker_that_exists(int items, int threads)
    {
        int[] runs = new int[items];
        int strangers = 0;
        WorkGrid.Run(items, threads, CancellationToken.None, (item, worker) =>
        {
            Interlocked.Increment(ref runs[item]);
            if (worker < 0 || worker >= threads)
            {
                Interlocked.Increment(ref strangers);
            }
        });
        Assert.All(runs, count => Assert.Equal(1, count));
        Assert.Equal(0, strangers);
    }

    [Fact]
    public void A_worker_runs_one_item_at_a_time()
    {
        int[] busy = new int[3];
        bool overlap = false;
        WorkGrid.Run(300, 3, CancellationToken.None, (_, worker) =>
        {
            overlap |= Interlocked.Increment(ref busy[worker]) != 1;
            Thread.SpinWait(100);
            Interlocked.Decrement(ref busy[worker]);
        });
        Assert.False(overlap);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_error_in_an_item_comes_out_as_it_is(int threads)
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() =>
            WorkGrid.Run(100, threads, CancellationToken.None, (item, _) =>
            {
                if (item == 5)
                {
                    throw new InvalidOperationException("item 5");
                }
            }));
        Assert.Equal("item 5", error.Message);
    }

    [Fact]
    public void After_an_error_the_other_workers_start_no_new_items()
    {
        int runs = 0;
        using var otherWorks = new ManualResetEventSlim();
        Assert.Throws<InvalidOperationException>(() => WorkGrid.Run(1000, 2, CancellationToken.None, (item, _) =>
        {
            Interlocked.Increment(ref runs);
            if (item == 0)
            {
                otherWorks.Wait(TimeSpan.FromSeconds(2));
                throw new InvalidOperationException();
            }

            otherWorks.Set();
            Thread.Sleep(1);
        }));
        Assert.InRange(runs, 1, 500);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Cancellation_before_the_start_runs_nothing(int threads)
    {
        int runs = 0;
        Assert.Throws<OperationCanceledException>(() =>
            WorkGrid.Run(100, threads, new CancellationToken(canceled: true), (_, _) => Interlocked.Increment(ref runs)));
        Assert.Equal(0, runs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cancellation_in_between_stops_at_the_next_items(int threads)
    {
        using var source = new CancellationTokenSource();
        int runs = 0;
        Assert.Throws<OperationCanceledException>(() => WorkGrid.Run(1000, threads, source.Token, (_, _) =>
        {
            if (Interlocked.Increment(ref runs) == 10)
            {
                source.Cancel();
            }
        }));
        Assert.InRange(runs, 10, 10 + threads);
    }

    [Fact]
    public void An_error_is_told_rather_than_a_cancellation()
    {
        using var source = new CancellationTokenSource();
        using var both = new Barrier(2);
        Assert.Throws<InvalidOperationException>(() => WorkGrid.Run(2, 2, source.Token, (item, _) =>
        {
            both.SignalAndWait(TimeSpan.FromSeconds(2));
            source.Cancel();
            throw item == 0 ? new InvalidOperationException() : new OperationCanceledException(source.Token);
        }));
    }
}
