using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Certificates.Robustness.Deep;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// Brackets the smallest perturbation that flips each input: from below by proved bounds, from above by a known flip, confirmed in
/// float64 (docs/mathematics.md §7).
/// </summary>
public sealed record RobustnessCertifier
{
    /// <summary>All bounds, roughly from the cheapest on, each for the functions that it supports.</summary>
    public static IReadOnlyList<IRobustnessBound> AllBounds { get; } =
    [
        new IntervalBound(), new GlobalLipschitzBound(), new LinearRelaxationBound(), new SpectralBound(), new CentredQuadraticBound(),
        new DeepIntervalBound(), new DeepLipschitzBound(), new DeepLinearRelaxationBound(),
    ];

    /// <summary>The bounds to compute; those that do not support the function are left out. Default all.</summary>
    public IReadOnlyList<IRobustnessBound> Bounds { get; init; } = AllBounds;

    /// <summary>Certifies what a function says of some inputs, whatever their true labels are.</summary>
    /// <param name="function">f, a two-layer network in memory or a score of a deep one.</param>
    /// <param name="inputs">x, [n, d].</param>
    /// <param name="perturbations">The best known perturbation of every input, [n, d], a row of zeros where there is none; null for
    /// none at all. Bounds use them to know where to look, and are the better the shorter they are.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <exception cref="ArgumentException">Shapes do not fit, or no bound supports the function.</exception>
    public RobustnessCertificates Certify(IScoreFunction function, Matrix<float> inputs, Matrix<float>? perturbations, AttackExecution execution)
    {
        var known = RobustnessInputs.Of(function, inputs, perturbations, execution);
        IRobustnessBound[] bounds = [.. Bounds.Where(bound => bound.Supports(function))];
        if (bounds.Length == 0)
        {
            throw new ArgumentException("None of the bounds supports this function.", nameof(function));
        }

        double[] seconds = new double[bounds.Length];
        double[][] radii = new double[bounds.Length][];
        for (int i = 0; i < bounds.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            radii[i] = bounds[i].Radii(known, execution);
            seconds[i] = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        bool[] flips = Flips(known, execution);
        return new(bounds, seconds, [.. Enumerable.Range(0, known.Count).Select(i => Describe(known, bounds, radii, flips, i))]);
    }

    private static RobustnessCertificate Describe(RobustnessInputs known, IRobustnessBound[] bounds, double[][] radii, bool[] flips, int input)
    {
        double[] own = [.. radii.Select(radius => radius[input])];
        int best = Array.IndexOf(own, own.Max());
        bool isCertified = own[best] > 0;
        return new()
        {
            Index = input,
            Label = known.Signs[input],
            Score = known.Scores[input].Value,
            Outcome = known.Signs[input] == 0 ? RobustnessOutcome.NoLabel
                : isCertified ? RobustnessOutcome.Certified : RobustnessOutcome.NotProved,
            Radius = isCertified ? own[best] : null,
            Bound = isCertified ? bounds[best].Name : null,
            Radii = own,
            PerturbationNorm = flips[input] ? Vectors.Norm(known.Perturbations.Row(input)) : null,
        };
    }

    /// <summary>Whether the given perturbation certainly flips an input.</summary>
    private static bool[] Flips(RobustnessInputs known, AttackExecution execution)
    {
        bool[] flips = new bool[known.Count];
        using ScoreWorkspace workspace = known.Function.CreateWorkspace(execution.Threads);
        foreach ((int first, int length) in Chunks.Of(known.Count, known.Inputs.Columns))
        {
            var perturbed = new Matrix<double>(length, known.Inputs.Columns);
            for (int i = 0; i < length; i++)
            {
                Vectors.Sum(known.Inputs.Row(first + i), known.Perturbations.Row(first + i), perturbed.Row(i));
            }

            BoundedScore[] scores = new BoundedScore[length];
            known.Function.ScoresInDouble(perturbed, scores, workspace, execution.Cancellation);
            for (int i = 0; i < length; i++)
            {
                flips[first + i] = scores[i].CertainSign * known.Signs[first + i] < 0;
            }
        }

        return flips;
    }
}
