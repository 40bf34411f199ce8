namespace OneStep.Tests.References;

/// <summary>
/// f(x; W) = m^{-1/2} Σ a_s relu(w_s · x), as the formula reads, in float64 and one neuron at a time. It shares nothing
/// with the library, so that the two can be held against each other.
/// </summary>
/// <param name="weights">W, [m][d], or [m][d + 1] with the bias last.</param>
/// <param name="signs">a, [m].</param>
/// <param name="hasBias">Whether the last weight of every row is a bias.</param>
internal sealed class NaiveNetwork(double[][] weights, double[] signs, bool hasBias = false)
{
    public double[][] Weights { get; } = weights;

    public double[] Signs { get; } = signs;

    public bool HasBias { get; } = hasBias;

    public int Width => Weights.Length;

    public int InputDimension => Weights[0].Length - (HasBias ? 1 : 0);

    /// <summary>m^{-1/2}.</summary>
    public double Scale => 1 / Math.Sqrt(Width);

    /// <summary>The same signs with copies of the rows, to be changed at will.</summary>
    public NaiveNetwork Clone() => new([.. Weights.Select(row => (double[])row.Clone())], Signs, HasBias);

    /// <summary>w_s · x, with the bias.</summary>
    public double PreActivation(int neuron, double[] x)
    {
        double sum = HasBias ? Weights[neuron][^1] : 0;
        return sum + Slope(neuron, x);
    }

    /// <summary>w_s · u, without the bias: how fast the pre-activation changes along u.</summary>
    public double Slope(int neuron, double[] u)
    {
        double sum = 0;
        double[] row = Weights[neuron];
        int dimension = InputDimension;
        for (int k = 0; k < dimension; k++)
        {
            sum += row[k] * u[k];
        }

        return sum;
    }

    /// <summary>f(x).</summary>
    public double Score(double[] x)
    {
        double sum = 0;
        for (int s = 0; s < Width; s++)
        {
            sum += Signs[s] * Math.Max(0, PreActivation(s, x));
        }

        return Scale * sum;
    }

    /// <summary>∇f(x), [d], with relu'(0) = 0.</summary>
    public double[] Gradient(double[] x)
    {
        var gradient = new double[InputDimension];
        for (int s = 0; s < Width; s++)
        {
            if (PreActivation(s, x) > 0)
            {
                double[] row = Weights[s];
                double factor = Scale * Signs[s];
                for (int k = 0; k < gradient.Length; k++)
                {
                    gradient[k] += factor * row[k];
                }
            }
        }

        return gradient;
    }

    /// <summary>log(1 + e^{−y f(x)}).</summary>
    public double Loss(double[] x, int label)
    {
        double margin = label * Score(x);
        return Math.Max(0, -margin) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
    }

    /// <summary>x + t u.</summary>
    public static double[] Move(double[] x, double[] u, double t)
    {
        double[] moved = new double[Math.Min(x.Length, u.Length)];
        for (int k = 0; k < moved.Length; k++)
        {
            moved[k] = x[k] + (t * u[k]);
        }

        return moved;
    }

    /// <summary>The direction −y ∇f/‖∇f‖ of the single step, y = sign f(x).</summary>
    public double[] StepDirection(double[] x)
    {
        double[] gradient = Gradient(x);
        double norm = Math.Sqrt(gradient.Sum(g => g * g));
        double sign = Math.Sign(Score(x));
        return [.. gradient.Select(g => -sign * g / norm)];
    }

    /// <summary>A network with w_s ~ N(0, I) and a_s uniform on {−1, +1}.</summary>
    public static NaiveNetwork Random(int width, int inputDimension, int seed, bool hasBias = false)
    {
        var random = new RandomInputs(seed);
        double[][] weights = [.. Enumerable.Range(0, width).Select(_ => random.Gaussian(inputDimension + (hasBias ? 1 : 0)))];
        double[] signs = [.. Enumerable.Range(0, width).Select(_ => random.Sign())];
        return new(weights, signs, hasBias);
    }
}
