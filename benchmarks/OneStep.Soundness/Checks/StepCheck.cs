using OneStep.Certificates.Vulnerability;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>Every network's own step (docs/mathematics.md §6): the certificate where there is one, else the bound at some step size.</summary>
internal sealed class StepCheck : ICertificateCheck
{
    private const int MoreRoundings = 32;

    /// <inheritdoc/>
    public string Name => "own step";

    /// <inheritdoc/>
    public void Attack(SoundnessInstance instance, RandomInputs random, CheckTally tally)
    {
        int i = random.Integer(0, instance.Labels.Length - 1);
        int label = instance.Labels[i];
        double[] x = instance.Points[i];
        var certifier = new StepCertifier(instance.Center, instance.Lazy);
        StepCertificate? certificate = certifier.TryCertify(instance.Inputs.Row(i), label);
        tally.Certified(certificate is null ? 0 : 1);
        certificate ??= certifier.BoundAt(instance.Inputs.Row(i), label, SomeStepSize(instance, x, random));

        // A step may lead so far, and the gradient, rounded, to a place that is off by a part of that.
        double size = instance.Lipschitz * (instance.Naive.Norm(x) + (certificate.StepSize * instance.Lipschitz));
        double error = 4 * RoundingError.Gamma(instance.Shape.Dimension + instance.Shape.Width + MoreRoundings) * size;
        var adversary = new NaiveStepAdversary(instance.Naive, x);
        adversary.Search(label, certificate.StepSize, random, network => tally.Compare(
            certificate.Bound,
            label * network.Score(adversary.AfterStep(network, label, certificate.StepSize)),
            error,
            size,
            $"input {i}, label {label}, step size {certificate.StepSize:R}"));
    }

    private static double SomeStepSize(SoundnessInstance instance, double[] x, RandomInputs random)
    {
        double gradient = Math.Sqrt(instance.Naive.Center.Gradient(x).Sum(g => g * g));
        double norm = instance.Naive.Norm(x);
        double unit = gradient > 0 && norm > 0 ? norm / gradient : 1;
        return random.LogBetween(0.01, 2) * unit;
    }
}
