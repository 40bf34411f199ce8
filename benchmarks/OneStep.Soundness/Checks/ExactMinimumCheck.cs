using OneStep.Certificates.Robustness;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>
/// The radii of tiny two-layer networks, by the bounds on deep ones, too, against the exact smallest perturbation, found by branch and
/// bound, and in the plane against a fan of exact rays besides (docs/mathematics.md §7).
/// </summary>
internal sealed class ExactMinimumCheck : ICertificateCheck
{
    private const int MostNodes = 300;
    private const int Candidates = 12;
    private const int Rays = 120;

    // What plain float64 may be off by, and how near a lower bound must come to a flip.
    private const double Tolerance = 1e-9;
    private const double Gap = 1e-5;

    /// <inheritdoc/>
    public string Name => "exact minima";

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally)
    {
        if (random.Chance(0.5))
        {
            return;
        }

        (int dimension, int width) = random.Integer(0, 9) switch
        {
            < 4 => (random.Integer(1, 3), random.Integer(1, 12)),
            < 8 => (random.Integer(2, 10), random.Integer(2, 24)),
            _ => (random.Integer(10, 25), random.Integer(10, 50)),
        };
        var shape = new InstanceShape(dimension, width, Candidates, random.Chance(0.33), C0: 0, WeightScale: 1, InputScale: 1);
        double[][] weights = InstanceWeights.Draw(shape, random);
        double[][] points = InstanceInputs.Draw(shape, weights, random).ToMatrix().ToRows();
        double[] signs = InstanceWeights.Signs(shape, random);
        bool isCancelling = random.Chance(0.2);
        if (isCancelling)
        {
            (weights, signs) = WithCancelling(weights, signs, random);
        }

        var drawn = new NaiveNetwork(weights, signs, shape.HasBias);
        double[] point = Chosen(drawn, points, random);
        if (random.Chance(0.3))
        {
            MakeOrthogonal(weights, point, random);
        }

        using TwoLayerNetwork network = drawn.ToLibrary();
        using DeepNetwork deep = DeepNetwork.FromTwoLayer(network);
        NaiveNetwork naive = network.ToNaive();

        // Branch and bound is plain float64, which says nothing of scores below its rounding.
        RadiusAttack.OnAll(NaiveScore.Of(network), [point], random, tally, isCancelling ? null : (held, flips) =>
            Compare([held, .. AsDeep(deep, held, tally)], naive, flips, tally));
    }

    private static void Compare(HeldRadii[] radii, NaiveNetwork network, IReadOnlyList<double[]> flips, CheckTally tally)
    {
        double[] point = radii[0].Point;
        List<double> lengths = [.. flips.Select(flip => Math.Sqrt(flip.Sum(v => v * v)))];
        for (int i = 0; network.InputDimension == 2 && i < Rays; i++)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * i / Rays);
            if (BruteForceRay.FirstSignChange(network, point, [cosine, sine]) is { } crossing)
            {
                Array.ForEach(radii, held => held.Against(crossing.Length, Tolerance, "ray"));
                lengths.Add(crossing.Length);
            }
        }

        var exact = ExactMinimum.Within(MostNodes, network, point, [.. flips.Take(3)]);
        if (!double.IsFinite(exact.Flip))
        {
            return;
        }

        Array.ForEach(radii, held => held.Against(exact.Flip, Tolerance, "exact minimum"));

        // What touches zero alone is no flip: a minimum counts as exact where it is closed from both sides.
        if (exact.IsFinished && exact.Lower >= exact.Flip * (1 - Gap))
        {
            tally.Solved();
            foreach (double length in lengths.Where(length => length < exact.Lower * (1 - Tolerance)))
            {
                // What is wrong then is the reference, not a certificate.
                tally.Violated($"the exact minimum {exact.Lower} is longer than a ray of {length} that flips");
            }
        }
    }

    /// <summary>The same by the bounds on deep networks.</summary>
    private static IEnumerable<HeldRadii> AsDeep(DeepNetwork deep, HeldRadii held, CheckTally tally)
    {
        var function = new DeepScore(deep);
        RobustnessCertificates found = new RobustnessCertifier().Certify(function, new[] { held.Point }.ToMatrix(), null, BallWideCheck.OneThread);
        foreach (RobustnessCertificate certificate in found.Inputs.Where(certificate => certificate.Label != 0))
        {
            var own = new HeldRadii(NaiveScore.Of(function, 0, []), held.Point, found.Bounds, certificate, tally);
            own.Count();
            yield return own;
        }
    }

    /// <summary>An input near the boundary, where few rows can switch, or any one.</summary>
    private static double[] Chosen(NaiveNetwork network, double[][] points, RandomInputs random)
    {
        double[][] labelled = [.. points.Where(x => network.Score(x) != 0).OrderBy(x => Math.Abs(network.Score(x)))];
        return labelled.Length == 0 ? points[0] : labelled[random.Chance(0.7) ? 0 : random.Integer(0, labelled.Length - 1)];
    }

    /// <summary>Adds pairs of long rows that cancel exactly, so that scores are far below their own rounding.</summary>
    private static (double[][] Weights, double[] Signs) WithCancelling(double[][] weights, double[] signs, RandomInputs random)
    {
        double length = random.LogBetween(1e2, 1e9);
        double[][] rows = [.. Enumerable.Range(0, random.Integer(1, 4)).Select(_ => random.Gaussian(weights[0].Length).Select(w => length * w).ToArray())];
        return ([.. weights, .. rows, .. rows.Select(row => (double[])row.Clone())], [.. signs, .. rows.Select(_ => 1.0), .. rows.Select(_ => -1.0)]);
    }

    /// <summary>Makes pre-activations zero, in floating point, too.</summary>
    private static void MakeOrthogonal(double[][] weights, double[] point, RandomInputs random)
    {
        foreach (double[] row in weights.Where(_ => point.Length >= 2 && random.Chance(0.3)))
        {
            Array.Clear(row);
            row[0] = (float)point[1];
            row[1] = (float)-point[0];
        }
    }
}
