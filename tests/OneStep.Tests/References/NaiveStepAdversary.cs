namespace OneStep.Tests.References;

/// <summary>
/// Looks for a network of the lazy ball that resists its own gradient step: projected ascent over W on
/// y f(x − η y ∇f(x; W); W), from several starts.
/// </summary>
/// <param name="ball">The networks.</param>
/// <param name="x">The input.</param>
internal sealed class NaiveStepAdversary(NaiveBall ball, double[] x)
{
    private const int Steps = 10;

    /// <summary>The highest score that was found.</summary>
    public double Highest(int label, double stepSize, int seed)
    {
        double highest = double.NegativeInfinity;
        Search(label, stepSize, new(seed), network => highest = Math.Max(highest, label * network.Score(AfterStep(network, label, stepSize))));
        return highest;
    }

    /// <summary>Searches, and shows every network on the way.</summary>
    public void Search(int label, double stepSize, RandomInputs random, Action<NaiveNetwork> visit)
    {
        foreach (NaiveNetwork start in Starts(label, random))
        {
            NaiveNetwork network = start;
            visit(network);
            for (int i = 0; i < Steps; i++)
            {
                network = Ascend(network, label, stepSize, 2.0 / (1 + (i / 4)));
                visit(network);
            }
        }
    }

    /// <summary>Where the network's own step leads.</summary>
    public double[] AfterStep(NaiveNetwork network, int label, double stepSize) => NaiveNetwork.Move(x, network.Gradient(x), -stepSize * label);

    private IEnumerable<NaiveNetwork> Starts(int label, RandomInputs random)
    {
        NaiveNetwork initial = ball.Center;
        yield return initial;

        // Every undecided row on, every one off, and what makes y f(x; W) largest.
        yield return ball.Shifted(x, _ => 1);
        yield return ball.Shifted(x, _ => -1);
        yield return ball.Shifted(x, row => label * initial.Signs[row]);
        yield return ball.Shifted(x, row => -label * initial.Signs[row]);
        yield return ball.Random(random, depth: 1);
        yield return ball.Shifted(x, _ => random.Sign());
    }

    private double[] Extended(double[] input) => ball.Center.HasBias ? [.. input, 1] : input;

    /// <summary>Moves every row along the gradient of the objective, by a part of its radius, and back into the ball.</summary>
    private NaiveNetwork Ascend(NaiveNetwork network, int label, double stepSize, double part)
    {
        double[] after = AfterStep(network, label, stepSize);
        double[] point = Extended(after);
        double[] gradient = network.Gradient(after);
        if (network.HasBias)
        {
            gradient = [.. gradient, 0];
        }

        double[][] rows = new double[network.Width][];
        double[] direction = new double[point.Length];
        for (int s = 0; s < rows.Length; s++)
        {
            double on = network.PreActivation(s, after) > 0 ? label : 0;
            double moves = network.PreActivation(s, x) > 0 ? stepSize : 0;
            double square = 0;
            for (int k = 0; k < direction.Length; k++)
            {
                direction[k] = network.Signs[s] * ((on * point[k]) - (moves * gradient[k]));
                square += direction[k] * direction[k];
            }

            double norm = Math.Sqrt(square);
            rows[s] = norm > 0
                ? ball.Confined(NaiveNetwork.Move(network.Weights[s], direction, part * ball.Radii[s] / norm), s)
                : network.Weights[s];
        }

        return new(rows, network.Signs, network.HasBias);
    }
}
