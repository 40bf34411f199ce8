namespace OneStep.Networks.Deep.Passes;

/// <summary>
/// The first sign change along rays, layer by layer (docs/mathematics.md §15). A first window reaches a little beyond the
/// expected length; where nothing changes there, further ones follow up to the last kink, behind which the slope decides.
/// </summary>
internal sealed class DeepRays : IDisposable
{
    // In expected lengths. Most rays end before that.
    private const double FirstWindow = 1.5;

    // A first window on which pre-activations grow this much is no sensible guess.
    private const double LargestGrowth = 1e9;

    // The last kink is known to some units of float32.
    private const double LastKinkRounding = 1e-5;

    private readonly DeepNetwork _network;
    private readonly OutputMargin _margin;
    private readonly OutputProducts _last;
    private readonly RayWindows?[] _workers;

    public DeepRays(DeepNetwork network, OutputMargin margin, OutputProducts last, int threads)
    {
        _network = network;
        _margin = margin;
        _last = last;
        _workers = new RayWindows[threads];
    }

    /// <summary>The products of all calls so far, in passes of one input through the network: every point at which a layer is
    /// evaluated counts with what that layer costs.</summary>
    public long ForwardPasses
    {
        get
        {
            long pass = _network.Layers.Sum(DeepNetwork.MultiplyAddsOf);
            return (_workers.Sum(worker => worker?.MultiplyAdds ?? 0) + pass - 1) / pass;
        }
    }

    /// <summary>Finds the crossings; see <see cref="IScoreFunction.FirstSignChanges"/>.</summary>
    public RayCrossing[] FirstSignChanges(RayBatch rays, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        RayCrossing[] crossings = new RayCrossing[rays.Count];
        InputGroups.Run(rays.Count, RayBudget.Of(_network).Rays, threads, progress, cancellation, (first, count, worker) =>
        {
            RayWindows own = _workers[worker] ??= new(_network, _last, _margin);
            own.Begin(rays, first, count);
            for (int round = 0; own.HasOpenRays; round++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (round == 0)
                {
                    own.OpenFirstWindows(rays, first, FirstWindow, LargestGrowth);
                }
                else
                {
                    own.OpenWindowsToLastKink(LastKinkRounding);
                }

                own.Advance();
            }

            own.Crossings.CopyTo(crossings.AsSpan(first, count));
        });
        return crossings;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (RayWindows? worker in _workers)
        {
            worker?.Dispose();
        }
    }
}
