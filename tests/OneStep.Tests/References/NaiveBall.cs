namespace OneStep.Tests.References;

/// <summary>
/// All networks near one, as the formulas read, in float64: the best of them for a label at one point, in closed form and by
/// projected gradient ascent. It shares nothing with the library.
/// </summary>
/// <param name="center">W0 and a.</param>
/// <param name="radii">V_s, [m].</param>
internal sealed class NaiveBall(NaiveNetwork center, double[] radii)
{
    // How long a step of the ascent is, as a part of a row's radius.
    private const double StepPart = 0.3;

    // Rounding may leave a row outside its ball by a little; so often it is pulled in before it goes to the center.
    private const int MostPulls = 8;
    private const double Unit = 1.1102230246251565e-16;

    public NaiveNetwork Center => center;

    /// <summary>V_s, [m].</summary>
    public IReadOnlyList<double> Radii => radii;

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
    public NaiveNetwork Maximizer(double[] x, int label) => Shifted(x, s => label * center.Signs[s]);

    /// <summary>w_s = w_{s,0} + c_s V_s x/‖x‖, every row moved along one vector or against it.</summary>
    /// <param name="x">x, [d].</param>
    /// <param name="part">c_s, from −1 to 1.</param>
    public NaiveNetwork Shifted(double[] x, Func<int, double> part)
    {
        double[] input = WithConstant(x);
        double norm = Norm(x);
        return norm > 0 ? Moved(s => NaiveNetwork.Move(center.Weights[s], input, part(s) * radii[s] / norm)) : center.Clone();
    }

    /// <summary>A network of the ball: every row somewhere on the surface of its own ball, or inside.</summary>
    public NaiveNetwork Random(RandomInputs random, double depth) =>
        Moved(s => NaiveNetwork.Move(center.Weights[s], random.Unit(center.Weights[s].Length), depth * radii[s]));

    /// <summary>A point between two networks of the ball, which is convex.</summary>
    public NaiveNetwork Between(NaiveNetwork from, NaiveNetwork to, double part) =>
        Moved(s => [.. from.Weights[s].Zip(to.Weights[s], (a, b) => ((1 - part) * a) + (part * b))]);

    /// <summary>The largest y f(x; W) that steps along the gradient in W, each projected to the ball, reach from a start.</summary>
    public double Ascend(NaiveNetwork start, double[] x, int label, int steps)
    {
        double best = double.NegativeInfinity;
        Ascend(start, [x], steps, (_, _) => label, network => best = Math.Max(best, label * network.Score(x)));
        return best;
    }

    /// <summary>Projected gradient ascent over W on a function of the scores at some points.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="points">x_i, [n][d].</param>
    /// <param name="steps">How many steps.</param>
    /// <param name="slope">The derivative of the function with respect to f(x_i; W), given i and that score.</param>
    /// <param name="visit">Sees every network on the way, the start included; it must keep none.</param>
    public void Ascend(NaiveNetwork start, double[][] points, int steps, Func<int, double, double> slope, Action<NaiveNetwork> visit)
    {
        NaiveNetwork network = start.Clone();
        double[][] inputs = [.. points.Select(WithConstant)];
        double[] slopes = new double[points.Length];
        visit(network);
        for (int step = 0; step < steps; step++)
        {
            for (int i = 0; i < points.Length; i++)
            {
                slopes[i] = slope(i, network.Score(points[i]));
            }

            for (int s = 0; s < network.Width; s++)
            {
                double[] gradient = RowGradient(network, s, points, inputs, slopes);
                double length = Length(gradient);
                if (length > 0)
                {
                    network.Weights[s] = Confined(NaiveNetwork.Move(network.Weights[s], gradient, StepPart * radii[s] / length), s);
                }
            }

            visit(network);
        }
    }

    /// <summary>Whether every row lies within its radius of W0, beyond the rounding of the distance.</summary>
    public bool Contains(NaiveNetwork network) => Enumerable.Range(0, center.Width).All(s => IsInside(network.Weights[s], s));

    /// <summary>‖x‖, or ‖(x, 1)‖ with biases.</summary>
    public double Norm(double[] x) => Length(WithConstant(x));

    private static double[] RowGradient(NaiveNetwork network, int s, double[][] points, double[][] inputs, double[] slopes)
    {
        double[] gradient = new double[network.Weights[s].Length];
        for (int i = 0; i < points.Length; i++)
        {
            double factor = network.Signs[s] * slopes[i];
            if (factor != 0 && network.PreActivation(s, points[i]) > 0)
            {
                for (int k = 0; k < gradient.Length; k++)
                {
                    gradient[k] += factor * inputs[i][k];
                }
            }
        }

        return gradient;
    }

    private NaiveNetwork Moved(Func<int, double[]> row) =>
        new([.. Enumerable.Range(0, center.Width).Select(s => Confined(row(s), s))], center.Signs, center.HasBias);

    private double[] WithConstant(double[] x) => center.HasBias ? [.. x, 1] : x;

    /// <summary>The row itself if it is inside, else the point between it and the center at the boundary.</summary>
    public double[] Confined(double[] row, int s)
    {
        double[] confined = row;
        for (int pull = 0; pull < MostPulls; pull++)
        {
            if (IsInside(confined, s))
            {
                return confined;
            }

            // The first pull goes to the boundary; where rounding keeps the row outside the next ones go further in.
            double[] deviation = NaiveNetwork.Move(row, center.Weights[s], -1);
            double part = radii[s] / Length(deviation) * (1 - (8 * (row.Length + 8) * Unit)) / (1 << pull);
            confined = NaiveNetwork.Move(center.Weights[s], deviation, part);
        }

        return (double[])center.Weights[s].Clone();
    }

    private bool IsInside(double[] row, int s)
    {
        double sum = 0;
        double[] origin = center.Weights[s];
        for (int k = 0; k < row.Length; k++)
        {
            double difference = row[k] - origin[k];
            sum += difference * difference;
        }

        return Math.Sqrt(sum) * (1 + (2 * (row.Length + 8) * Unit)) <= radii[s];
    }

    private static double Length(double[] vector)
    {
        double sum = 0;
        foreach (double v in vector)
        {
            sum += v * v;
        }

        return Math.Sqrt(sum);
    }
}
