namespace OneStep.Tests.References;

/// <summary>
/// The first sign change along a ray as a search on a grid sees it: a bracket of one step's width. It knows nothing of
/// kinks, and it can miss an excursion shorter than a step; it never sees one that is not there.
/// </summary>
internal static class DenseGridRay
{
    /// <summary>The grid step (Low, High] in which the sign is first seen changed; null where it is not up to
    /// <paramref name="limit"/>.</summary>
    public static (double Low, double High)? FirstSignChange(NaiveNetwork network, double[] x, double[] u, double limit, int steps)
    {
        double y = Math.Sign(network.Score(x));
        double width = limit / steps;
        for (int i = 1; i <= steps; i++)
        {
            if (y * network.Score(NaiveNetwork.Move(x, u, i * width)) < 0)
            {
                return ((i - 1) * width, i * width);
            }
        }

        return null;
    }
}
