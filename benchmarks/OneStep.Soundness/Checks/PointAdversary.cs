using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>Networks of a ball that try to have a large score of one sign at one point.</summary>
internal static class PointAdversary
{
    // Steps of ascent, fewer where they take long.
    private const int Steps = 4;
    private const int FewerSteps = 2;
    private const int ManyWeights = 2_000;

    /// <summary>Shows the closed-form maximiser, networks at the surface and inside, and what ascent makes of them.</summary>
    /// <param name="ball">The networks.</param>
    /// <param name="input">x, where rows may be switched on or off beforehand.</param>
    /// <param name="points">Where the scores count, the point under attack first.</param>
    /// <param name="slopes">The derivatives of what is to be large with respect to the scores at these points.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="visit">Sees every network.</param>
    public static void Search(
        NaiveBall ball, double[] input, double[][] points, double[] slopes, RandomInputs random, Action<NaiveNetwork> visit)
    {
        int label = Math.Sign(slopes[0]);
        int steps = ball.Center.Width * input.Length > ManyWeights ? FewerSteps : Steps;
        visit(ball.Maximizer(points[0], label));
        visit(ball.Random(random, depth: 1));
        NaiveNetwork[] starts =
        [
            ball.Center,
            ball.Maximizer(input, label),
            ball.Maximizer(input, -label),
            ball.Shifted(points[0], _ => 1),
            ball.Shifted(points[0], _ => random.Sign()),
            ball.Random(random, depth: 1),
            ball.Random(random, random.Between(0, 1)),
        ];
        foreach (NaiveNetwork start in starts)
        {
            ball.Ascend(start, points, steps, (i, _) => slopes[i], visit);
        }
    }
}
