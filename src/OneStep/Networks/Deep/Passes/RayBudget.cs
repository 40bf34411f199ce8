namespace OneStep.Networks.Deep.Passes;

/// <summary>How many rays are followed at a time and how many breakpoints each may have: memory is bounded, and what a ray is
/// given depends on the network alone.</summary>
/// <param name="Rays">Rays at a time.</param>
/// <param name="PointsARay">Breakpoints of a ray behind the last hidden layer.</param>
/// <param name="HiddenLayers">How many hidden layers.</param>
internal readonly record struct RayBudget(int Rays, int PointsARay, int HiddenLayers)
{
    // Floats that the values of one layer at all points may take: 16 MiB.
    private const int Floats = 1 << 22;
    private const int FewestPoints = 64;
    private const int MostPoints = 256;
    private const int PointsALayer = 8;

    /// <summary>All points of all rays.</summary>
    public int MaximumPoints => Rays * PointsARay;

    /// <summary>The budget for a network.</summary>
    public static RayBudget Of(DeepNetwork network)
    {
        int hidden = Math.Max(1, network.Layers.Count - 1);
        int all = Floats / LayerActivations.MaximumRows(network);
        int points = Math.Max(Math.Clamp(all / LayerProducts.Inputs, FewestPoints, MostPoints), PointsALayer * hidden);
        return new(Math.Clamp(all / points, 1, LayerProducts.Inputs), points, hidden);
    }

    /// <summary>How many points a ray may have behind a hidden layer, counted from 0. Each layer adds about as many as the one
    /// before, and points that a later one would cut off would be multiplied in vain.</summary>
    public int PointsAfter(int layer) => (int)((long)PointsARay * (layer + 1) / HiddenLayers);
}
