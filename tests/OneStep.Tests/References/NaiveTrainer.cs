using OneStep.Training;

namespace OneStep.Tests.References;

/// <summary>What a naive training run did.</summary>
/// <param name="Network">The network as trained.</param>
/// <param name="Steps">SGD steps taken.</param>
/// <param name="ReachedBall">Whether a row reached the boundary of the ball.</param>
/// <param name="BatchLosses">The mean loss of each minibatch before its step, [steps].</param>
internal sealed record NaiveTrainingRun(NaiveNetwork Network, int Steps, bool ReachedBall, double[] BatchLosses);

/// <summary>Minibatch SGD on W in float64, one example and one neuron at a time, in an order that the caller gives.</summary>
/// <param name="radius">V, the radius of the ball around each row of W0.</param>
/// <param name="mode">How the ball is respected.</param>
/// <param name="learningRate">The step size on the mean loss of a minibatch.</param>
/// <param name="batch">Examples a minibatch; the last of an epoch may be shorter.</param>
internal sealed class NaiveTrainer(double radius, BallMode mode, double learningRate, int batch)
{
    /// <summary>Replaces an input by its attacked copy, given the network of the moment and the label; null trains plainly.</summary>
    public Func<NaiveNetwork, double[], int, double[]>? Attack { get; init; }

    /// <summary>Whether all examples are attacked at the beginning of an epoch, and not before every step.</summary>
    public bool AttacksWholeEpochs { get; init; }

    /// <summary>Trains a copy of <paramref name="initial"/>, one epoch for each row of <paramref name="order"/>.</summary>
    public NaiveTrainingRun Train(NaiveNetwork initial, double[][] clean, int[] labels, int[][] order)
    {
        NaiveNetwork network = initial.Clone();
        var losses = new List<double>();
        bool reached = false;
        double[][] inputs = [.. clean];
        foreach (int[] epoch in order)
        {
            if (AttacksWholeEpochs)
            {
                Replace(network, clean, labels, epoch, inputs);
            }

            foreach (int[] examples in epoch.Chunk(batch))
            {
                if (!AttacksWholeEpochs)
                {
                    Replace(network, clean, labels, examples, inputs);
                }

                losses.Add(examples.Average(i => network.Loss(inputs[i], labels[i])));
                double[][] step = Step(network, inputs, labels, examples);
                double part = mode == BallMode.Stop ? LargestPart(network.Weights, initial.Weights, step) : 1;
                Add(network.Weights, step, part);
                if (part < 1)
                {
                    return new(network, losses.Count, true, [.. losses]);
                }

                if (mode == BallMode.Project)
                {
                    reached |= Project(network.Weights, initial.Weights);
                }
            }

            if (mode == BallMode.Epoch)
            {
                reached |= Project(network.Weights, initial.Weights);
            }
        }

        return new(network, losses.Count, reached, [.. losses]);
    }

    private void Replace(NaiveNetwork network, double[][] clean, int[] labels, int[] examples, double[][] inputs)
    {
        foreach (int i in examples)
        {
            inputs[i] = Attack?.Invoke(network, clean[i], labels[i]) ?? clean[i];
        }
    }

    /// <summary>max_s ‖w_s − w_{s,0}‖.</summary>
    public static double Deviation(NaiveNetwork network, NaiveNetwork initial) =>
        network.Weights.Zip(initial.Weights, Distance).Max();

    // −learning rate × the gradient of the minibatch's mean loss, [m][columns].
    private double[][] Step(NaiveNetwork network, double[][] inputs, int[] labels, int[] examples)
    {
        double[][] step = [.. network.Weights.Select(row => new double[row.Length])];
        foreach (int i in examples)
        {
            double[] x = network.HasBias ? [.. inputs[i], 1] : inputs[i];
            double pull = labels[i] / (1 + Math.Exp(labels[i] * network.Score(inputs[i])));
            for (int s = 0; s < network.Width; s++)
            {
                if (network.PreActivation(s, inputs[i]) > 0)
                {
                    double factor = learningRate / examples.Length * pull * network.Scale * network.Signs[s];
                    for (int k = 0; k < x.Length; k++)
                    {
                        step[s][k] += factor * x[k];
                    }
                }
            }
        }

        return step;
    }

    // The largest τ ≤ 1 for which no row of W + τ · step is farther than V from its initial value.
    private double LargestPart(double[][] weights, double[][] initial, double[][] step)
    {
        double part = 1;
        for (int s = 0; s < weights.Length; s++)
        {
            double[] offset = [.. weights[s].Zip(initial[s], (w, w0) => w - w0)];
            double a = step[s].Sum(v => v * v);
            double b = offset.Zip(step[s], (o, v) => o * v).Sum();
            double c = offset.Sum(v => v * v) - (radius * radius);
            if (a + (2 * b) + c > 0)
            {
                part = Math.Min(part, (-b + Math.Sqrt((b * b) - (a * c))) / a);
            }
        }

        return part;
    }

    private bool Project(double[][] weights, double[][] initial)
    {
        bool any = false;
        for (int s = 0; s < weights.Length; s++)
        {
            double distance = Distance(weights[s], initial[s]);
            if (distance > radius)
            {
                any = true;
                for (int k = 0; k < weights[s].Length; k++)
                {
                    weights[s][k] = initial[s][k] + ((weights[s][k] - initial[s][k]) * radius / distance);
                }
            }
        }

        return any;
    }

    private static void Add(double[][] weights, double[][] step, double part)
    {
        for (int s = 0; s < weights.Length; s++)
        {
            for (int k = 0; k < weights[s].Length; k++)
            {
                weights[s][k] += part * step[s][k];
            }
        }
    }

    private static double Distance(double[] left, double[] right) =>
        Math.Sqrt(left.Zip(right, (l, r) => (l - r) * (l - r)).Sum());
}
