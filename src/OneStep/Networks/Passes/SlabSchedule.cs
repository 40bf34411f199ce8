using OneStep.Numerics;

namespace OneStep.Networks.Passes;

/// <summary>
/// Runs slab jobs: groups side by side where there are enough, else the slabs of one group; and where panels are made for
/// whoever asks, each slab once for several groups.
/// </summary>
internal static unsafe class SlabSchedule
{
    /// <summary>How many groups share the panels of a slab that is made for them: enough for what attacks hand over at a time.</summary>
    public const int GroupsAtOnce = 5;

    // With fewer groups a thread the last one to finish keeps the others waiting too long.
    private const int GroupsAThread = 4;

    /// <summary>How many buffers a job needs.</summary>
    public static int Buffers(IPanelSource weights, int threads) => weights.IsGenerated ? GroupsAtOnce * threads : threads;

    /// <summary>Runs a job over all its groups and slabs.</summary>
    /// <param name="job">The job.</param>
    /// <param name="weights">The weights it reads.</param>
    /// <param name="groups">How many groups of inputs.</param>
    /// <param name="groupsAtOnce">How many groups may share panels that are made for them; their totals are held at the same time.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="progress">Told the finished part.</param>
    /// <param name="cancellation">Ends the run early.</param>
    public static void Run(
        ISlabJob job, IPanelSource weights, int groups, int groupsAtOnce, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        int slabs = NetworkShape.Slabs(weights);
        if (weights.IsGenerated)
        {
            using var scratch = new PanelScratch(weights, threads, NetworkShape.PanelsASlab);
            for (int first = 0; first < groups; first += groupsAtOnce)
            {
                int count = Math.Min(groupsAtOnce, groups - first);
                RunGroupsTogether(job, weights, first, count, threads, scratch, done => progress?.Report((first + (done * count)) / groups), cancellation);
            }
        }
        else if (threads == 1 || groups >= GroupsAThread * threads || Rounds(groups, threads) * slabs <= Rounds(slabs, threads) * groups)
        {
            int finished = 0;
            var reporting = new Lock();
            WorkGrid.Run(groups, threads, cancellation, (group, buffer) =>
            {
                job.Begin(group, buffer);
                for (int slab = 0; slab < slabs; slab++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    job.Compute(group, slab, Memory(weights, slab), buffer);
                    job.Add(buffer, buffer);
                }

                job.End(group, buffer);
                lock (reporting)
                {
                    finished++;
                    progress?.Report((double)finished / groups);
                }
            });
        }
        else
        {
            for (int group = 0; group < groups; group++)
            {
                RunSlabsSideBySide(job, weights, group, slabs, threads, cancellation);
                progress?.Report((group + 1.0) / groups);
            }
        }
    }

    /// <summary>
    /// How many inputs a group has. Where a network has too few slabs to keep all threads busy, small batches are cut up:
    /// no input's numbers depend on the group it is in. Below a panel's worth of inputs a gradient costs as much as for a
    /// whole one, but the product with the weights still gains.
    /// </summary>
    /// <param name="inputs">How many inputs there are.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="threads">How many threads.</param>
    public static int GroupSize(int inputs, IPanelSource weights, int threads)
    {
        int whole = Math.Min(NetworkShape.GroupSize, Math.Max(inputs, 1));
        if (weights.IsGenerated || NetworkShape.Slabs(weights) >= threads)
        {
            return whole;
        }

        int share = Math.Max(NetworkShape.Ceiling(inputs, threads), 1);
        return Math.Min(whole, share > PackedWeights.Lanes ? NetworkShape.Ceiling(share, PackedWeights.Lanes) * PackedWeights.Lanes : share);
    }

    // How often all threads take an item, until none is left.
    private static long Rounds(int items, int threads) => NetworkShape.Ceiling(items, threads);

    private static float* Memory(IPanelSource weights, int slab)
    {
        (int first, int end) = NetworkShape.SlabPanels(weights, slab);
        return weights.Panels(first, end, null);
    }

    private static void RunSlabsSideBySide(ISlabJob job, IPanelSource weights, int group, int slabs, int threads, CancellationToken cancellation)
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
            WorkGrid.Run(
                count, threads, cancellation, (item, _) => job.Compute(group, firstSlab + item, Memory(weights, firstSlab + item), item));
            for (int item = 0; item < count; item++)
            {
                job.Add(item, 0);
            }
        }

        job.End(group, 0);
    }

    /// <summary>Makes every slab once and computes it for some groups; buffer (worker, group) is worker · count + group.</summary>
    private static void RunGroupsTogether(
        ISlabJob job,
        IPanelSource weights,
        int firstGroup,
        int count,
        int threads,
        PanelScratch scratch,
        Action<double> report,
        CancellationToken cancellation)
    {
        int slabs = NetworkShape.Slabs(weights);
        int workers = Math.Min(threads, slabs);
        for (int buffer = 0; buffer < workers * count; buffer++)
        {
            job.Begin(firstGroup + (buffer % count), buffer);
        }

        for (int first = 0; first < slabs; first += workers)
        {
            int firstSlab = first;
            int sideBySide = Math.Min(workers, slabs - first);
            WorkGrid.Run(sideBySide, threads, cancellation, (item, _) =>
            {
                (int from, int to) = NetworkShape.SlabPanels(weights, firstSlab + item);
                float* panels = scratch.Read(from, to, item);
                for (int group = 0; group < count; group++)
                {
                    job.Compute(firstGroup + group, firstSlab + item, panels, (item * count) + group);
                }
            });
            for (int buffer = 0; buffer < sideBySide * count; buffer++)
            {
                job.Add(buffer, buffer % count);
            }

            report((double)(first + sideBySide) / slabs);
        }

        for (int group = 0; group < count; group++)
        {
            job.End(firstGroup + group, group);
        }
    }
}
