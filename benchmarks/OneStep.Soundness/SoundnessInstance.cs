using OneStep.Certificates.Vulnerability;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Soundness;

/// <summary>One ball of networks with inputs and labels, in the library and as plain arrays; a function of seed and index alone.</summary>
internal sealed class SoundnessInstance : IDisposable
{
    // Streams of one instance: 0 is its own, the others are those of the checks.
    private const int Streams = 64;

    private const int MoreRoundings = 16;

    private readonly int _seed;

    /// <summary>Draws an instance.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="index">Which of its instances, from 0.</param>
    public SoundnessInstance(int seed, int index)
    {
        _seed = seed;
        Index = index;
        RandomInputs random = RandomFor(stream: 0);
        Shape = InstanceShape.Draw(random);
        double[][] weights = InstanceWeights.Draw(Shape, random);
        double[] signs = InstanceWeights.Signs(Shape, random);
        Points = InstanceInputs.Draw(Shape, weights, random);
        Center = new NaiveNetwork(weights, signs, Shape.HasBias).ToLibrary();
        Lazy = new(Center.Weights, InstanceRadii.Draw(Shape, random));
        Ball = new(Center, Lazy);
        Naive = new(Center.ToNaive(), [.. Enumerable.Range(0, Shape.Width).Select(Ball.RadiusOf)]);
        Inputs = Points.ToMatrix();
        Points = Inputs.ToRows();
        Lipschitz = Naive.Center.Scale * Naive.Center.Weights.Select((row, s) => Math.Sqrt(row.Sum(w => w * w)) + Naive.Radii[s]).Sum();
        bool predicted = random.Chance(0.5);
        Labels = [.. Points.Select(x => predicted && Naive.Center.Score(x) != 0 ? Math.Sign(Naive.Center.Score(x)) : random.Sign())];
    }

    /// <summary>Which instance.</summary>
    public int Index { get; }

    /// <summary>Its sizes and kinds.</summary>
    public InstanceShape Shape { get; }

    /// <summary>W0.</summary>
    public TwoLayerNetwork Center { get; }

    /// <summary>The ball; its radii are float32 numbers, so that the library rounds none of them.</summary>
    public LazyBall Lazy { get; }

    /// <summary>Its networks, for certificates.</summary>
    public NetworkBall Ball { get; }

    /// <summary>The same, naively.</summary>
    public NaiveBall Naive { get; }

    /// <summary>x, [n, d].</summary>
    public Matrix<float> Inputs { get; }

    /// <summary>The same in float64, [n][d].</summary>
    public double[][] Points { get; }

    /// <summary>y, [n].</summary>
    public int[] Labels { get; }

    /// <summary>The inputs with their labels.</summary>
    public LabelledInputs Examples => new(Inputs, Labels);

    /// <summary>Random numbers that no other check uses.</summary>
    /// <param name="stream">Which check, from 1.</param>
    public RandomInputs RandomFor(int stream) => new(unchecked((((_seed * 1_000_003) + Index) * Streams) + stream));

    /// <summary>L = m^{-1/2} Σ_s (‖w_{s,0}‖ + V_s): no score of the ball changes faster.</summary>
    public double Lipschitz { get; }

    /// <summary>L‖x‖: no score of the ball at x is larger.</summary>
    public double LargestScore(double[] x) => Lipschitz * Naive.Norm(x);

    /// <summary>How far a naive score of a network of the ball may be from the exact one: both sums of docs/mathematics.md §13 are at most
    /// L‖x‖, and a few roundings more cover weights that are no float32 numbers and points that are sums.</summary>
    public double ScoreError(double[] x) => RoundingError.Gamma(Shape.Dimension + Shape.Width + MoreRoundings) * LargestScore(x);

    /// <inheritdoc/>
    public void Dispose()
    {
        Ball.Dispose();
        Center.Dispose();
    }
}
