namespace OneStep.Tests.References;

/// <summary>Projected gradient steps in float64, one input at a time, as the definition reads.</summary>
/// <param name="budget">ε.</param>
/// <param name="steps">k.</param>
/// <param name="stepSize">The length of a step as a multiple of ε.</param>
/// <param name="clip">Whether x + δ stays in [0, 1].</param>
internal sealed class NaiveProjectedGradient(double budget, int steps, double stepSize, bool clip = false)
{
    /// <summary>δ after the last step, and the δ with the smallest y f on the way.</summary>
    public (double[] Last, double[] Best) Attack(NaiveNetwork network, double[] x, int label)
    {
        double[] delta = new double[x.Length];
        double[] best = delta;
        double smallest = label * network.Score(x);
        for (int step = 0; step < steps; step++)
        {
            double[] gradient = network.Gradient(Add(x, delta));
            double norm = Norm(gradient);
            double length = norm > 0 ? -label * stepSize * budget / norm : 0;
            delta = Project(x, [.. delta.Zip(gradient, (v, g) => v + (length * g))], budget, clip);
            double margin = label * network.Score(Add(x, delta));
            if (margin < smallest)
            {
                (smallest, best) = (margin, delta);
            }
        }

        return (delta, best);
    }

    /// <summary>The nearest point of the ball, or of ball and box: there by Dykstra's alternating projections.</summary>
    public static double[] Project(double[] x, double[] delta, double budget, bool clip)
    {
        if (!clip)
        {
            return Shrink(delta, budget);
        }

        double[] point = delta;
        double[] ballPart = new double[x.Length];
        double[] boxPart = new double[x.Length];
        for (int round = 0; round < 20_000; round++)
        {
            double[] inBall = Shrink(Add(point, ballPart), budget);
            ballPart = [.. point.Select((v, k) => v + ballPart[k] - inBall[k])];
            double[] inBox = [.. inBall.Select((v, k) => Math.Clamp(v + boxPart[k], -x[k], 1 - x[k]))];
            boxPart = [.. inBall.Select((v, k) => v + boxPart[k] - inBox[k])];
            double moved = Distance(point, inBox) + Distance(inBall, inBox);
            point = inBox;
            if (moved < 1e-9)
            {
                break;
            }
        }

        return point;
    }

    public static double Norm(double[] v) => Math.Sqrt(v.Sum(k => k * k));

    public static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (l, r) => l + r)];

    private static double Distance(double[] a, double[] b) => Norm([.. a.Zip(b, (l, r) => l - r)]);

    private static double[] Shrink(double[] v, double budget)
    {
        double factor = Math.Min(1, budget / Math.Max(Norm(v), double.Epsilon));
        return [.. v.Select(k => k * factor)];
    }
}
