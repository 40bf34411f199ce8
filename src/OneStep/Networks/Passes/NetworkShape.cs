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
