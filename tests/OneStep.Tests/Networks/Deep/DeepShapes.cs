using OneStep.Networks.Deep;

namespace OneStep.Tests.Networks.Deep;

/// <summary>Awkward shapes around the sizes of panels and blocks (32), and score functions of a network.</summary>
internal static class DeepShapes
{
    private static readonly int[] Widths = [33, 1, 100, 31, 2, 32, 65];
    private static readonly int[] Counts = [1, 31, 70, 32, 33, 2];
    private static readonly int[] Dimensions = [1, 50, 7, 33, 2];

    /// <summary>Depths 1–6, every width, dimension and count some times, in changing company.</summary>
    public static IEnumerable<(int[] Widths, bool HasBias, int Count)> Sample()
    {
        for (int i = 0; i < 24; i++)
        {
            int depth = 1 + (i % 6);
            yield return (
                [Dimensions[i % 5], .. Enumerable.Range(0, depth - 1).Select(l => Widths[(i + (3 * l)) % 7]), 1 + (i % 4)], i / 6 % 2 == 0, Counts[(i + (i / 6)) % 6]);
        }
    }

    /// <summary>An output, a difference and a class margin, with the competitors of each.</summary>
    public static IEnumerable<(DeepScoreFunction Function, int[] Competitors)> Functions(this DeepNetwork network)
    {
        yield return (new DeepScore(network, network.Outputs - 1), []);
        if (network.Outputs > 1)
        {
            yield return (new DeepScore(network, 1, 0), [0]);
            yield return (new ClassMargin(network, 0), [.. Enumerable.Range(1, network.Outputs - 1)]);
        }
    }
}
