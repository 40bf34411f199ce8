using OneStep.Certificates.Vulnerability;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>The bound on weighted sums of scores, whether it denies anything or not (docs/mathematics.md §5, "Jointly over inputs").</summary>
internal sealed class JointCheck : ICertificateCheck
{
    private const int Steps = 6;

    /// <inheritdoc/>
    public string Name => "joint";

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally)
    {
        var adversary = new JointAdversary(instance, random);
        double[] weights = [.. instance.Labels.Select(_ => random.Chance(0.2) ? 0 : random.Between(0, 1))];
        JointCertificate certificate = JointCertificate.Of(instance.Ball, adversary.Inputs, weights, BallWideCheck.OneThread);
        tally.Certified(certificate.IsCertified ? 1 : 0);
        double error = weights.Zip(adversary.Errors, (a, e) => a * e).Sum();
        double size = weights.Zip(adversary.Sizes, (a, s) => a * s).Sum();
        adversary.Search(weights, Steps, (i, _) => weights[i], random, network =>
            tally.Compare(certificate.UpperBound, weights.Zip(adversary.Margins(network), (a, m) => a * m).Sum(), error, size, "weighted sum"));
    }
}
