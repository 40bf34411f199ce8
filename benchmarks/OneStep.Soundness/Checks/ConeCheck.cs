using OneStep.Certificates.Vulnerability;
using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>
/// The cone over the ball (docs/mathematics.md §8): a network whose rows are all scaled alike is found in it, no farther out than it was
/// put, and falls to the certificates of the ball that touches it.
/// </summary>
internal sealed class ConeCheck : ICertificateCheck
{
    // What the position's C0, a root of a sum of squares, may be off by.
    private const double Tolerance = 1e-9;

    /// <inheritdoc/>
    public string Name => "cone";

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally)
    {
        double scale = random.LogBetween(1e-3, 1e3);
        NaiveNetwork inside = random.Chance(0.5)
            ? instance.Naive.Random(random, depth: 1)
            : instance.Naive.Maximizer(instance.Points[0], instance.Labels[0]);
        var scaled = new NaiveNetwork([.. inside.Weights.Select(row => row.Select(w => w / scale).ToArray())], inside.Signs, inside.HasBias);
        using TwoLayerNetwork stored = scaled.ToLibrary();
        NaiveNetwork network = stored.ToNaive();
        ConePosition position = new LazyCone(instance.Center.Weights).Locate(stored.Weights);
        string what = $"scale {scale:R}";
        double size = instance.Naive.Center.Weights.Max(row => Math.Sqrt(row.Sum(w => w * w))) * Math.Sqrt(instance.Shape.Width);

        // Not above where it was put, and not below where it is at the scale that was found.
        tally.Compare(C0At(instance, network, scale) * (1 + Tolerance), position.C0, Tolerance * size, size, $"{what}, smallest");
        tally.Compare(position.C0 * (1 + Tolerance), C0At(instance, network, position.Scale), Tolerance * size, size, $"{what}, at its scale");
        double radius = position.C0 * (1 + Tolerance) / Math.Sqrt(instance.Shape.Width);
        if (!position.IsAttained || !(position.Scale > 0))
        {
            return;
        }

        using var ball = new NetworkBall(instance.Center, new LazyBall(instance.Center.Weights, radius + (Tolerance * size / instance.Shape.Width)));
        VulnerabilityCertificates found = new BallWideCertificates { LongestRelativeNorm = BallWideCheck.LongestRelativeNorm }
            .Find(ball, instance.Inputs, instance.Labels, BallWideCheck.OneThread);
        for (int i = 0; i < found.Inputs.Count; i++)
        {
            if (found.Inputs[i].Outcome is CertificateOutcome.Certified or CertificateOutcome.LabelNotGiven)
            {
                tally.Certified();
                double[] perturbed = PerturbationAttack.Perturbed(instance, found, i);

                // In units of the ball: r f(x; W) = f(x; r W).
                double after = position.Scale * instance.Labels[i] * network.Score(perturbed);
                double error = instance.ScoreError(perturbed) * (1 + (radius * Math.Sqrt(instance.Shape.Width) / Math.Max(instance.Lipschitz, double.Epsilon)));
                tally.Compare(PerturbationAttack.Claimed(found.Inputs[i]), after, error, instance.LargestScore(perturbed), $"{what}, input {i}");
            }
        }
    }

    /// <summary>√m max_s ‖r w_s − w_{s,0}‖, as the definition reads.</summary>
    private static double C0At(SoundnessInstance instance, NaiveNetwork network, double scale) =>
        Math.Sqrt(instance.Shape.Width) * network.Weights.Zip(
            instance.Naive.Center.Weights, (row, origin) => Math.Sqrt(row.Zip(origin, (w, w0) => ((scale * w) - w0) * ((scale * w) - w0)).Sum())).Max();
}
