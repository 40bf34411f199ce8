using OneStep.Numerics;

namespace OneStep.Networks.Passes;

/// <summary>
/// The fixed grid that passes over a network's neurons share. Sums over neurons are float32 chains within a block of
/// 5 panels (160 neurons); blocks are added in float64 within a slab of 10 blocks (1600 neurons); slabs are added in order.
/// </summary>
internal static class NetworkShape
{
    /// <summary>Panels a block: 160 neurons, so that a block of weights stays in the second-level cache.</summary>
    public const int PanelsABlock = 5;

    /// <summary>Panels a slab, the unit of work over neurons.</summary>
    public const int PanelsASlab = 10 * PanelsABlock;

    /// <summary>Inputs a group, the unit of work over inputs: whole tiles and whole panels of 32.</summary>
    public const int GroupSize = 96;

    /// <summary>Inputs a group where scores alone are asked for, of inputs that are mostly zero. The products leave most
    /// coordinates out, so that the weights would be wanted faster than memory gives them if not so many inputs shared them;
    /// and so many fit into the second-level cache beside the weights, as those of dense inputs do not.</summary>
    public const int SparseGroupSize = 192;

    // With fewer groups a thread the last one to finish keeps the others waiting too long.
    private const int GroupsAThread = 4;

    /// <summary>Inputs a group where there are fewer than enough for several large groups a thread. The sizes waste little: 60
    /// are five tiles and nearly two panels, 32 are one panel.</summary>
    private static readonly int[] SmallerGroups = [GroupSize, 60, 32];

    /// <summary>How many inputs a group takes, so that the groups keep all threads busy. No result depends on it.</summary>
    /// <param name="inputs">How many inputs there are.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="largest">The most inputs a group.</param>
    public static int GroupSizeFor(int inputs, int threads, int largest = GroupSize)
    {
        int size = largest;
        foreach (int smaller in SmallerGroups)
        {
            if (threads > 1 && smaller < size && inputs < GroupsAThread * threads * size)
            {
                size = smaller;
            }
        }

        return Math.Clamp(inputs, 1, size);
    }

    /// <summary>How many slabs a network has.</summary>
    public static int Slabs(IPanelSource weights) => Ceiling(weights.PanelCount, PanelsASlab);

    /// <summary>The panels of a slab, from First to before End.</summary>
    public static (int First, int End) SlabPanels(IPanelSource weights, int slab) =>
        (slab * PanelsASlab, Math.Min((slab + 1) * PanelsASlab, weights.PanelCount));

    /// <summary>⌈a/b⌉.</summary>
    public static int Ceiling(int a, int b) => (int)(((long)a + b - 1) / b);

    /// <summary>0 … <paramref name="count"/> − 1.</summary>
    public static int[] AllRows(int count)
    {
        int[] rows = new int[count];
        for (int i = 0; i < count; i++)
        {
            rows[i] = i;
        }

        return rows;
    }
}
