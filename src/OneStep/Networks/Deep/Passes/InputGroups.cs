using OneStep.Numerics;

namespace OneStep.Networks.Deep.Passes;

/// <summary>Runs something over groups of inputs, on some threads.</summary>
internal static class InputGroups
{
    /// <summary>Runs <paramref name="body"/> once for every group.</summary>
    /// <param name="inputs">How many inputs.</param>
    /// <param name="size">Inputs a group.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="progress">Told the finished part.</param>
    /// <param name="cancellation">Checked before every group.</param>
    /// <param name="body">Receives the first input of the group, how many, and the worker.</param>
    public static void Run(int inputs, int size, int threads, IProgress<double>? progress, CancellationToken cancellation, Action<int, int, int> body)
    {
        int groups = (inputs + size - 1) / size;
        int finished = 0;
        var reporting = new Lock();
        WorkGrid.Run(groups, threads, cancellation, (group, worker) =>
        {
            int first = group * size;
            body(first, Math.Min(size, inputs - first), worker);
            lock (reporting)
            {
                finished++;
                progress?.Report((double)finished / groups);
            }
        });
    }
}
