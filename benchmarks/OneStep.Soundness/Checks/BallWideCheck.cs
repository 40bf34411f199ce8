using OneStep.Attacks;
using OneStep.Certificates.Vulnerability;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>One perturbation against every network of the ball (docs/mathematics.md §5).</summary>
internal sealed class BallWideCheck : ICertificateCheck
{
    /// <summary>How far certificates are looked for: beyond what is of use, so that there are many.</summary>
    public const double LongestRelativeNorm = 10;

    /// <summary>How the library runs: instances are what runs at once.</summary>
    public static readonly AttackExecution OneThread = new() { Threads = 1 };

    /// <inheritdoc/>
    public string Name => "ball-wide";

    /// <summary>The certificates of an instance.</summary>
    public static VulnerabilityCertificates Find(SoundnessInstance instance) =>
        new BallWideCertificates { LongestRelativeNorm = LongestRelativeNorm }.Find(instance.Ball, instance.Inputs, instance.Labels, OneThread);

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally) =>
        PerturbationAttack.OnAll(instance, instance.Naive, Find(instance), random, tally);
}
