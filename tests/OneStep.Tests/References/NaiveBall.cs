namespace OneStep.Tests.References;

/// <summary>
/// All networks near one, as the formulas read, in float64: the best of them for a label at one point, in closed form and by
/// projected gradient ascent. It shares nothing with the library.
/// </summary>
/// <param name="center">W0 and a.</param>
/// <param name="radii">V_s, [m].</param>
internal sealed class NaiveBall(NaiveNetwork center, double[] radii)
{
    public NaiveNetwork Center => center;

    /// <summary>max_W y f(x; W) = m^{-1/2} Σ_s y a_s relu(w_{s,0} · x + y a_s V_s ‖x‖).</summary>
    public double WorstCase(double[] x, int label)
    {
        double norm = Norm(x);
        double sum = 0;
        for (int s = 0; s < center.Width; s++)
        {
            double sign = label * center.Signs[s];
            sum += sign * Math.Max(0, center.PreActivation(s, x) + (sign * radii[s] * norm));
        }

        return sum * center.Scale;
    }

    /// <summary>The network of the ball that attains it, w_s = w_{s,0} + y a_s V_s x/‖x‖.</summary>
    public NaiveNetwork Maximizer(double[] x, int label)
    {
        NaiveNetwork network = center.Clone();
        double[] input = WithConstant(x);
        double norm = Norm(x);
        for (int s = 0; s < network.Width; s++)
        {
            for (int k = 0; k < input.Length; k++)
            {
                network.Weights[s][k] += label * center.Signs[s] * radii[s] * input[k] / norm;
            }
        }

        return network;
    }

    /// <summary>A network of the ball: every row somewhere on the surface of its own ball, or inside.</summary>
    public NaiveNetwork Random(RandomInputs random, double depth)
    {
        NaiveNetwork network = center.Clone();
        for (int s = 0; s < network.Width; s++)
        {
            double[] direction = random.Unit(network.Weights[s].Length);
            for (int k = 0; k < direction.Length; k++)
            {
                network.Weights[s][k] += depth * radii[s] * direction[k];
            }
        }

        return network;
    }

    /// <summary>The largest y f(x; W) that steps along the gradient in W, each projected to the ball, reach from a start.</summary>
    public double Ascend(NaiveNetwork start, double[] x, int label, int steps)
    {
        NaiveNetwork network = start.Clone();
        double[] input = WithConstant(x);
        double best = label * network.Score(x);
        for (int step = 0; step < steps; step++)
        {
            for (int s = 0; s < network.Width; s++)
            {
                if (network.PreActivation(s, x) > 0)
                {
                    double[] row = network.Weights[s];
                    for (int k = 0; k < row.Length; k++)
                    {
                        row[k] += label * center.Signs[s] * radii[s] * input[k];
                    }

                    Project(row, s);
                }
            }

            best = Math.Max(best, label * network.Score(x));
        }

        return best;
    }

    /// <summary>‖x‖, or ‖(x, 1)‖ with biases.</summary>
    public double Norm(double[] x) => Math.Sqrt(WithConstant(x).Sum(v => v * v));

    private double[] WithConstant(double[] x) => center.HasBias ? [.. x, 1] : x;

    private void Project(double[] row, int s)
    {
        double distance = Math.Sqrt(row.Zip(center.Weights[s], (a, b) => (a - b) * (a - b)).Sum());
        double factor = distance > radii[s] ? radii[s] / distance : 1;
        for (int k = 0; k < row.Length; k++)
        {
            row[k] = center.Weights[s][k] + (factor * (row[k] - center.Weights[s][k]));
        }
    }
}
