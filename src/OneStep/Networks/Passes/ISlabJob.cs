using OneStep.Numerics;

namespace OneStep.Networks.Passes;

/// <summary>
/// A computation over (group of inputs) × (slab of neurons). A slab's partial sums are computed on their own and added
/// to the group's totals in the order of the slabs, whoever computed them: the sums are the same for every number of
/// threads.
/// </summary>
internal interface ISlabJob
{
    /// <summary>Readies a buffer for a group: packs its inputs and clears its totals.</summary>
    void Begin(int group, int buffer);

    /// <summary>Computes one slab's partial sums into a buffer.</summary>
    void Compute(int group, int slab, int buffer);

    /// <summary>Adds the partial sums in one buffer to the totals in another.</summary>
    void Add(int from, int to);

    /// <summary>Writes a group's results from the totals in a buffer.</summary>
    void End(int group, int buffer);
}

/// <summary>Runs slab jobs: groups side by side where there are enough, else the slabs of one group.</summary>
internal static class SlabSchedule
{
    // With fewer groups a thread the last one to finish keeps the others waiting too long.
    private const int GroupsAThread = 4;

    /// <summary>Runs a job over all its groups and slabs.</summary>
    public static void Run(ISlabJob job, int groups, int slabs, int threads, CancellationToken cancellation)
    {
        if (threads == 1 || groups >= GroupsAThread * threads)
        {
            WorkGrid.Run(groups, threads, cancellation, (group, buffer) =>
            {
                job.Begin(group, buffer);
                for (int slab = 0; slab < slabs; slab++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    job.Compute(group, slab, buffer);
                    job.Add(buffer, buffer);
                }

                job.End(group, buffer);
            });
            return;
        }

        for (int group = 0; group < groups; group++)
        {
            RunSlabsSideBySide(job, group, slabs, threads, cancellation);
        }
    }

    private static void RunSlabsSideBySide(ISlabJob job, int group, int slabs, int threads, CancellationToken cancellation)
    {
        int buffers = Math.Min(threads, slabs);
        for (int buffer = 0; buffer < buffers; buffer++)
        {
            job.Begin(group, buffer);
        }

        for (int first = 0; first < slabs; first += buffers)
        {
            int firstSlab = first;
            int count = Math.Min(buffers, slabs - first);
            WorkGrid.Run(count, threads, cancellation, (item, _) => job.Compute(group, firstSlab + item, item));
            for (int item = 0; item < count; item++)
            {
                job.Add(item, 0);
            }
        }

        job.End(group, 0);
    }
}
