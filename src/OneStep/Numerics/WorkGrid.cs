using System.Runtime.ExceptionServices;

namespace OneStep.Numerics;

/// <summary>
/// Runs a fixed grid of work items on some threads. What an item computes depends on the item alone, never on the thread
/// that happens to run it, so results are the same for every number of threads.
/// </summary>
internal static class WorkGrid
{
    /// <summary>Runs <paramref name="body"/> once for every item.</summary>
    /// <param name="items">How many items.</param>
    /// <param name="threads">How many threads may be used, at least 1.</param>
    /// <param name="cancellation">Checked before every item.</param>
    /// <param name="body">Receives the item and the worker, 0 to threads − 1, whose buffers it may use.</param>
    public static void Run(int items, int threads, CancellationToken cancellation, Action<int, int> body)
    {
        int workers = Math.Min(items, threads);
        if (workers <= 1)
        {
            for (int item = 0; item < items; item++)
            {
                cancellation.ThrowIfCancellationRequested();
                body(item, 0);
            }

            return;
        }

        RunInParallel(items, workers, cancellation, body);
    }

    // On its own, so that nothing is allocated where there is one worker.
    private static void RunInParallel(int items, int workers, CancellationToken cancellation, Action<int, int> body)
    {
        int next = -1;
        bool stopped = false;
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, worker =>
            {
                for (int item = Interlocked.Increment(ref next); item < items && !Volatile.Read(ref stopped); item = Interlocked.Increment(ref next))
                {
                    try
                    {
                        cancellation.ThrowIfCancellationRequested();
                        body(item, worker);
                    }
                    catch
                    {
                        // The others end with the item they are at.
                        Volatile.Write(ref stopped, true);
                        throw;
                    }
                }
            });
        }
        catch (AggregateException exception)
        {
            // The first cause says it all; workers fail for the same reason.
            ExceptionDispatchInfo.Throw(exception.InnerExceptions.FirstOrDefault(e => e is not OperationCanceledException) ?? exception.InnerExceptions[0]);
        }
    }
}
