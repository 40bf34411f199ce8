using OneStep.Certificates.Vulnerability;
using OneStep.Tests.References;

namespace OneStep.Soundness.Checks;

/// <summary>Attacks perturbations that no network of a ball is said to withstand.</summary>
internal static class PerturbationAttack
{
    private const double NormTolerance = 1e-12;

    /// <summary>Attacks those of all inputs of an instance.</summary>
    /// <param name="instance">The inputs and labels.</param>
    /// <param name="ball">The networks that the certificates speak of: those of the instance's ball, or of a smaller one.</param>
    /// <param name="found">The certificates.</param>
    /// <param name="random">Random numbers.</param>
    /// <param name="tally">Is told what is found.</param>
    public static void OnAll(SoundnessInstance instance, NaiveBall ball, VulnerabilityCertificates found, RandomInputs random, CheckTally tally)
    {
        for (int i = 0; i < found.Inputs.Count; i++)
        {
            if (found.Inputs[i].Outcome is CertificateOutcome.Certified or CertificateOutcome.LabelNotGiven)
            {
                tally.Certified();
                On(instance, ball, i, found, random, tally);
            }
        }
    }

    /// <summary>What a certificate claims: no network of the ball has a score above it. Where no δ was needed that is zero.</summary>
    public static double Claimed(VulnerabilityCertificate certificate) =>
        certificate.Outcome == CertificateOutcome.Certified ? certificate.UpperBound!.Value + certificate.ErrorBound!.Value : 0;

    /// <summary>x + δ.</summary>
    public static double[] Perturbed(SoundnessInstance instance, VulnerabilityCertificates found, int i) =>
        NaiveNetwork.Move(instance.Points[i], Array.ConvertAll(found.Perturbations.Row(i).ToArray(), v => (double)v), 1);

    private static void On(
        SoundnessInstance instance, NaiveBall ball, int i, VulnerabilityCertificates found, RandomInputs random, CheckTally tally)
    {
        VulnerabilityCertificate certificate = found.Inputs[i];
        int label = certificate.Label;
        double[] perturbed = Perturbed(instance, found, i);
        double claimed = Claimed(certificate);
        double error = instance.ScoreError(perturbed);
        double size = instance.LargestScore(perturbed);
        string what = $"input {i}, label {label}";
        RequireConsistent(certificate, found.Perturbations.Row(i), claimed, what, tally);
        tally.Compare(claimed, ball.WorstCase(perturbed, label), error, size, $"{what}, closed form");
        PointAdversary.Search(ball, instance.Points[i], [perturbed], [label], random, network =>
            tally.Compare(claimed, label * network.Score(perturbed), error, size, what));
    }

    private static void RequireConsistent(VulnerabilityCertificate certificate, ReadOnlySpan<float> stored, double claimed, string what, CheckTally tally)
    {
        double norm = Math.Sqrt(stored.ToArray().Sum(v => (double)v * v));
        if (certificate.Outcome == CertificateOutcome.Certified && !(claimed < 0 && Math.Abs(norm - certificate.PerturbationNorm!.Value) <= NormTolerance * norm))
        {
            tally.Violated($"{what}: bound {claimed:R} and length {certificate.PerturbationNorm:R} for one of {norm:R}");
        }
    }
}
