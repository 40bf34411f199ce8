using OneStep.Certificates.Vulnerability;
using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>The smallest ball that holds one network, row by row: it does, and its certificates are those of a ball (docs/mathematics.md §5).</summary>
internal sealed class HoldingCheck : ICertificateCheck
{
    /// <inheritdoc/>
    public string Name => "measured radii";

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally)
    {
        using TwoLayerNetwork stored = instance.Naive.Random(random, random.Between(0, 1)).ToLibrary();
        NaiveNetwork network = stored.ToNaive();
        using NetworkBall ball = NetworkBall.Holding(instance.Center, stored.Weights);
        var naive = new NaiveBall(instance.Naive.Center, [.. Enumerable.Range(0, instance.Shape.Width).Select(ball.RadiusOf)]);
        for (int s = 0; s < instance.Shape.Width; s++)
        {
            double deviation = Math.Sqrt(network.Weights[s].Zip(instance.Naive.Center.Weights[s], (w, w0) => (w - w0) * (w - w0)).Sum());
            tally.Compare(naive.Radii[s], deviation, 0, Math.Max(deviation, naive.Radii[s]), $"radius of row {s}");
        }

        VulnerabilityCertificates found = new BallWideCertificates { LongestRelativeNorm = BallWideCheck.LongestRelativeNorm }
            .Find(ball, instance.Inputs, instance.Labels, BallWideCheck.OneThread);
        for (int i = 0; i < found.Inputs.Count; i++)
        {
            if (found.Inputs[i].Outcome is CertificateOutcome.Certified or CertificateOutcome.LabelNotGiven)
            {
                double[] perturbed = PerturbationAttack.Perturbed(instance, found, i);
                tally.Compare(
                    PerturbationAttack.Claimed(found.Inputs[i]),
                    instance.Labels[i] * network.Score(perturbed),
                    instance.ScoreError(perturbed),
                    instance.LargestScore(perturbed),
                    $"input {i}, the network itself");
            }
        }

        PerturbationAttack.OnAll(instance, naive, found, random, tally);
    }
}
