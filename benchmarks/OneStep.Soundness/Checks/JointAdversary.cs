using OneStep.Certificates.Vulnerability;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>Perturbed inputs of an instance, and networks of its ball that try to be right about many of them at once.</summary>
internal sealed class JointAdversary
{
    private readonly SoundnessInstance _instance;

    /// <summary>Lets the library choose the perturbations.</summary>
    /// <param name="instance">The ball, inputs and labels.</param>
    /// <param name="random">Random numbers.</param>
    public JointAdversary(SoundnessInstance instance, RandomInputs random)
        : this(instance, Perturb(instance, random))
    {
    }

    /// <summary>Takes perturbations that are there.</summary>
    public JointAdversary(SoundnessInstance instance, PerturbedInputs inputs)
    {
        _instance = instance;
        Inputs = inputs;
        double[][] perturbations = inputs.Perturbations.ToRows();
        Points = [.. instance.Points.Select((x, i) => NaiveNetwork.Move(x, perturbations[i], 1))];
        Errors = [.. Points.Select(instance.ScoreError)];
        Sizes = [.. Points.Select(instance.LargestScore)];
    }

    /// <summary>The inputs and their perturbations.</summary>
    public PerturbedInputs Inputs { get; }

    /// <summary>x + δ, [n][d].</summary>
    public double[][] Points { get; }

    /// <summary>How far naive scores there may be wrong, [n].</summary>
    public double[] Errors { get; }

    /// <summary>How large scores there may be, [n].</summary>
    public double[] Sizes { get; }

    /// <summary>A budget of the size of the inputs, or less.</summary>
    public static double Budget(SoundnessInstance instance, RandomInputs random) => instance.Shape.InputScale * random.LogBetween(0.01, 1);

    /// <summary>y f(x + δ; W), [n].</summary>
    public double[] Margins(NaiveNetwork network) => [.. Points.Select((x, i) => _instance.Labels[i] * network.Score(x))];

    /// <summary>Shows the library's explicit networks, others, and what ascent on Σ_i g(margin_i) makes of them.</summary>
    /// <param name="weights">α of the explicit network, [n].</param>
    /// <param name="steps">How many steps of ascent.</param>
    /// <param name="slope">g', given i and a margin.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="visit">Sees every network.</param>
    public void Search(double[] weights, int steps, Func<int, double, double> slope, RandomInputs random, Action<NaiveNetwork> visit)
    {
        NaiveBall ball = _instance.Naive;
        int[] labels = _instance.Labels;
        using var explicitNetwork = JointCertificate.Maximizer(_instance.Ball, Inputs, weights, BallWideCheck.OneThread);
        NaiveNetwork maximizer = explicitNetwork.ToNaive();
        int chosen = random.Integer(0, Points.Length - 1);
        NaiveNetwork[] starts =
        [
            ball.Between(maximizer, maximizer, 0),
            ball.Center,
            ball.Maximizer(Points[chosen], labels[chosen]),
            ball.Random(random, depth: 1),
        ];
        foreach (NaiveNetwork start in starts)
        {
            ball.Ascend(start, Points, steps, (i, score) => labels[i] * slope(i, labels[i] * score), visit);
        }
    }

    private static PerturbedInputs Perturb(SoundnessInstance instance, RandomInputs random) =>
        new JointPerturbations { Rounds = random.Integer(0, 3) }
            .Choose(instance.Ball, instance.Examples, Budget(instance, random), BallWideCheck.OneThread);
}
