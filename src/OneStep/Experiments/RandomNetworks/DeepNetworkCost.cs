namespace OneStep.Experiments.RandomNetworks;

/// <summary>What a deep random network takes.</summary>
internal static class DeepNetworkCost
{
    // Drawing, scores in float64, the gradient, verification, and the ray, along which many points go through every layer.
    private const double FlopsAWeight = 4000;

    // Where the values of a layer at all points of rays stand, several times over: up to so many bytes, unless a single ray
    // needs more.
    private const long MostBytesOfValues = 16L << 20;
    private const long BuffersOfValues = 4;
    private const long PointsARay = 256;
    private const long PointsALayer = 8;
    private const long RaysAtATime = 32;
    private const long BytesANeuron = 64;

    /// <summary>The number of weights.</summary>
    /// <param name="widths">The input dimension, the hidden widths, the outputs.</param>
    public static double Weights(IReadOnlyList<int> widths) => widths.Zip(widths.Skip(1), (from, to) => (double)from * to).Sum();

    /// <summary>Floating-point operations of drawing a network and stepping once.</summary>
    /// <param name="widths">The input dimension, the hidden widths, the outputs.</param>
    public static double StepFlops(IReadOnlyList<int> widths) => FlopsAWeight * Weights(widths);

    /// <summary>The bytes of the weights and of the passes through them.</summary>
    /// <param name="widths">The input dimension, the hidden widths, the outputs.</param>
    public static long Bytes(IReadOnlyList<int> widths) =>
        widths.Zip(widths.Skip(1), (from, to) => ExperimentMemory.InPanels(to) * from).Sum() * sizeof(float)
        + (BytesANeuron * widths.Sum(width => (long)width))
        + RayBytes(widths);

    /// <summary>The shape, to be read after "random networks".</summary>
    /// <param name="widths">The input dimension, the hidden widths, the outputs.</param>
    public static string Shape(IReadOnlyList<int> widths) =>
        $"with {widths.Count - 2} hidden layers of at most {widths.Skip(1).Max()} neurons at d = {widths[0]}";

    private static long RayBytes(IReadOnlyList<int> widths)
    {
        long points = Math.Max(PointsARay, PointsALayer * widths.Count);
        long ofARay = points * ExperimentMemory.InPanels(widths.Max()) * sizeof(float);
        return BuffersOfValues * Math.Min(RaysAtATime * ofARay, Math.Max(MostBytesOfValues, ofARay));
    }
}
