namespace OneStep.Tests.References;

/// <summary>
/// The attacks of the field in float64, one input at a time, as their papers' algorithms read. Each remembers how near to zero a
/// score came by which something was decided: single precision may decide otherwise there, and only there.
/// </summary>
internal sealed class NaiveFieldAttacks(NaiveNetwork network)
{
    /// <summary>The smallest |f|, or |w_s · x| times the weight of a neuron, that decided anything since the last attack began.</summary>
    public double Certainty { get; private set; }

    /// <summary>By how much the closest comparison of two lengths was decided: of equally short δ either may be kept.</summary>
    public double NearestTie { get; private set; } = double.PositiveInfinity;

    /// <summary>DeepFool for two classes: the smallest steps to the hyperplane of the linearisation.</summary>
    public double[]? DeepFool(double[] x, double overshoot, int maximumSteps)
    {
        (Certainty, NearestTie) = (double.PositiveInfinity, double.PositiveInfinity);
        double[] total = new double[x.Length];
        double label = Math.Sign(network.Score(x));
        double[] point = x;
        for (int i = 0; i < maximumSteps; i++)
        {
            double[] w = network.Gradient(point);
            double f = network.Score(point);
            total = [.. total.Zip(w, (t, wk) => t - (f * wk / w.Sum(v => v * v)))];
            point = [.. x.Zip(total, (xk, t) => xk + ((1 + overshoot) * t))];
            if (IsAdversarial(point, label))
            {
                return [.. total.Select(t => (1 + overshoot) * t)];
            }
        }

        return null;
    }

    /// <summary>DDN, algorithm 1 of its paper, without quantisation and without a box.</summary>
    public double[]? DecoupledDirectionNorm(double[] x, int steps, double gamma, double initialNorm, double firstStep, double lastStep)
    {
        (Certainty, NearestTie) = (double.PositiveInfinity, double.PositiveInfinity);
        double label = Math.Sign(network.Score(x));
        double[] delta = new double[x.Length];
        double norm = initialNorm;
        double[]? best = null;
        for (int k = 0; k <= steps; k++)
        {
            double[] point = NaiveProjectedGradient.Add(x, delta);
            bool adversarial = IsAdversarial(point, label);
            best = adversarial ? Shorter(delta, best) : best;

            double step = lastStep + (0.5 * (firstStep - lastStep) * (1 + Math.Cos(Math.PI * k / steps)));
            double[] u = Descent(point, label);
            delta = NaiveNetwork.Move(delta, u, step);
            norm = adversarial ? norm * (1 - gamma) : norm * (1 + gamma);
            double length = NaiveProjectedGradient.Norm(delta);
            delta = [.. delta.Select(v => v * norm / length)];
        }

        return best;
    }

    /// <summary>FMN in ℓ2, algorithm 1 of its paper, without a box.</summary>
    public double[]? FastMinimumNorm(double[] x, int steps, double firstStep, double lastStep, double firstGamma, double lastGamma)
    {
        (Certainty, NearestTie) = (double.PositiveInfinity, double.PositiveInfinity);
        double label = Math.Sign(network.Score(x));
        double[] delta = new double[x.Length];
        double radius = double.PositiveInfinity;
        double[]? best = null;
        for (int k = 0; k <= steps; k++)
        {
            double cosine = (1 + Math.Cos(Math.PI * k / steps)) / 2;
            double step = lastStep + ((firstStep - lastStep) * cosine);
            double gamma = lastGamma + ((firstGamma - lastGamma) * cosine);
            double[] point = NaiveProjectedGradient.Add(x, delta);
            double norm = NaiveProjectedGradient.Norm(delta);
            if (IsAdversarial(point, label))
            {
                best = Shorter(delta, best);
                radius = Math.Min(radius * (1 - gamma), NaiveProjectedGradient.Norm(best));
            }
            else if (best is null)
            {
                radius = norm + (Math.Abs(network.Score(point)) / NaiveProjectedGradient.Norm(network.Gradient(point)));
            }
            else
            {
                radius *= 1 + gamma;
            }

            delta = NaiveNetwork.Move(delta, Descent(point, label), step);
            double length = NaiveProjectedGradient.Norm(delta);
            delta = length > radius ? [.. delta.Select(v => v * radius / length)] : delta;
        }

        return best;
    }

    /// <summary>Gradient flow by Euler steps of one length; the last one is bisected to the boundary.</summary>
    public (double[] Delta, int Steps, double PathLength)? GradientFlow(double[] x, double part, int maximumSteps)
    {
        (Certainty, NearestTie) = (double.PositiveInfinity, double.PositiveInfinity);
        double label = Math.Sign(network.Score(x));
        double step = part * Math.Abs(network.Score(x)) / NaiveProjectedGradient.Norm(network.Gradient(x));
        double[] point = x;
        for (int k = 1; k <= maximumSteps; k++)
        {
            double[] u = Descent(point, label);
            double[] next = NaiveNetwork.Move(point, u, step);
            if (IsAdversarial(next, label))
            {
                (double low, double high) = (0, step);
                for (int halving = 0; halving < 60; halving++)
                {
                    double middle = (low + high) / 2;
                    (low, high) = label * network.Score(NaiveNetwork.Move(point, u, middle)) < 0 ? (low, middle) : (middle, high);
                }

                double[] end = NaiveNetwork.Move(point, u, high);
                return ([.. end.Zip(x, (e, xk) => e - xk)], k, ((k - 1) * step) + high);
            }

            point = next;
        }

        return null;
    }

    /// <summary>Projected gradient in ℓ∞ with steps of a part of ε: the δ with the smallest y f.</summary>
    public double[] ProjectedSigns(double[] x, double budget, int steps, double part, bool clip)
    {
        (Certainty, NearestTie) = (double.PositiveInfinity, double.PositiveInfinity);
        double label = Math.Sign(network.Score(x));
        double[] delta = new double[x.Length];
        double[] best = delta;
        for (int k = 0; k < steps; k++)
        {
            double[] gradient = network.Gradient(NaiveProjectedGradient.Add(x, delta));
            Certainty = Math.Min(Certainty, gradient.Min(Math.Abs));
            for (int i = 0; i < delta.Length; i++)
            {
                double moved = Math.Clamp(delta[i] - (label * part * budget * Math.Sign(gradient[i])), -budget, budget);
                delta = [.. delta.Select((v, j) => j != i ? v : clip ? Math.Clamp(moved, -x[i], 1 - x[i]) : moved)];
            }

            double margin = label * network.Score(NaiveProjectedGradient.Add(x, delta));
            double smallest = label * network.Score(NaiveProjectedGradient.Add(x, best));
            best = margin < smallest ? delta : best;
            IsAdversarial(NaiveProjectedGradient.Add(x, delta), label);
        }

        return best;
    }

    private double[] Shorter(double[] delta, double[]? best)
    {
        if (best is null)
        {
            return delta;
        }

        double gain = NaiveProjectedGradient.Norm(best) - NaiveProjectedGradient.Norm(delta);
        NearestTie = Math.Min(NearestTie, Math.Abs(gain));
        return gain > 0 ? delta : best;
    }

    private double[] Descent(double[] point, double label)
    {
        double[] gradient = network.Gradient(point);
        double norm = NaiveProjectedGradient.Norm(gradient);
        return [.. gradient.Select(g => -label * g / norm)];
    }

    private bool IsAdversarial(double[] point, double label)
    {
        double score = network.Score(point);
        double nearestKink = Enumerable.Range(0, network.Width).Min(s => Math.Abs(network.PreActivation(s, point)));
        Certainty = Math.Min(Certainty, Math.Min(Math.Abs(score), nearestKink));
        return label * score < 0;
    }
}
