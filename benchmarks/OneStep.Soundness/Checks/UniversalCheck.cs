using OneStep.Certificates.Vulnerability;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>The same in one direction for all inputs of a label (docs/mathematics.md §5).</summary>
internal sealed class UniversalCheck : ICertificateCheck
{
    /// <inheritdoc/>
    public string Name => "universal";

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally)
    {
        VulnerabilityCertificates found = new UniversalDirection { LongestRelativeNorm = BallWideCheck.LongestRelativeNorm }
            .Find(instance.Ball, instance.Inputs, instance.Labels, BallWideCheck.OneThread);
        PerturbationAttack.OnAll(instance, instance.Naive, found, random, tally);
    }
}
