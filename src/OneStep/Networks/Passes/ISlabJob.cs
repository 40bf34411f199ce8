namespace OneStep.Networks.Passes;

/// <summary>
/// A computation over (group of inputs) × (slab of neurons). A slab's partial sums are computed on their own and added
/// to the group's totals in the order of the slabs, whoever computed them: the sums are the same for every number of
/// threads.
/// </summary>
internal unsafe interface ISlabJob
{
    /// <summary>Readies a buffer for a group: packs its inputs and clears its totals.</summary>
    void Begin(int group, int buffer);

    /// <summary>Computes one slab's partial sums into a buffer.</summary>
    /// <param name="group">The inputs.</param>
    /// <param name="slab">The neurons.</param>
    /// <param name="panels">The slab's panels, one behind the other.</param>
    /// <param name="buffer">The buffer.</param>
    void Compute(int group, int slab, float* panels, int buffer);

    /// <summary>Adds the partial sums in one buffer to the totals in another.</summary>
    void Add(int from, int to);

    /// <summary>Writes a group's results from the totals in a buffer.</summary>
    void End(int group, int buffer);
}
