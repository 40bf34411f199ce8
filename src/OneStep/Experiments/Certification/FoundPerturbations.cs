using OneStep.Attacks;
using OneStep.Certificates.Vulnerability;
using OneStep.Numerics;

namespace OneStep.Experiments.Certification;

/// <summary>The perturbations of one kind, one an input.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Norms">‖δ‖, [n]; null where there is none.</param>
/// <param name="Outcomes">What became of each search, [n].</param>
/// <param name="Perturbations">δ, [n, d]; zero where there is none.</param>
/// <param name="Seconds">Wall time.</param>
internal sealed record FoundPerturbations(
    PerturbationKind Kind, double?[] Norms, CertificateOutcome[] Outcomes, Matrix<float> Perturbations, double Seconds)
{
    /// <summary>Whether δ is certified against the ball, and not found on the trained network. Of an own step η is, not the δ that it was
    /// rounded to.</summary>
    public bool IsCertificate => Kind is PerturbationKind.OneQuery or PerturbationKind.BallWide or PerturbationKind.Universal;

    /// <summary>What an attack on the trained network found.</summary>
    public static FoundPerturbations Of(PerturbationKind kind, AttackResult attack, double seconds) => new(
        kind,
        [.. attack.Examples.Select(example => example.Status == ExampleStatus.Flipped ? example.PerturbationNorm : null)],
        [.. attack.Examples.Select(example => Outcome(example.Status))],
        attack.Perturbations,
        seconds);

    /// <summary>What is certified.</summary>
    public static FoundPerturbations Of(PerturbationKind kind, VulnerabilityCertificates certificates, double seconds) => new(
        kind,
        [.. certificates.Inputs.Select(input => input.Outcome == CertificateOutcome.Certified ? input.PerturbationNorm : null)],
        [.. certificates.Inputs.Select(input => input.Outcome)],
        certificates.Perturbations,
        seconds);

    /// <summary>Those of some inputs.</summary>
    public FoundPerturbations Select(int[] rows) =>
        new(Kind, [.. rows.Select(row => Norms[row])], [.. rows.Select(row => Outcomes[row])], Perturbations.SelectRows(rows), Seconds);

    /// <summary>The shorter of two for every input.</summary>
    public FoundPerturbations OrShorter(FoundPerturbations other)
    {
        double?[] norms = [.. Norms];
        CertificateOutcome[] outcomes = [.. Outcomes];
        Matrix<float> perturbations = Perturbations.RowRange(0, Perturbations.Rows);
        for (int i = 0; i < norms.Length; i++)
        {
            if (other.Norms[i] is double norm && !(norms[i] <= norm))
            {
                norms[i] = norm;
                outcomes[i] = other.Outcomes[i];
                other.Perturbations.Row(i).CopyTo(perturbations.Row(i));
            }
        }

        return new(Kind, norms, outcomes, perturbations, Seconds + other.Seconds);
    }

    private static CertificateOutcome Outcome(ExampleStatus status) => status switch
    {
        ExampleStatus.Flipped => CertificateOutcome.Certified,
        ExampleStatus.Misclassified => CertificateOutcome.LabelNotGiven,
        ExampleStatus.NoDirection => CertificateOutcome.NoDirection,
        ExampleStatus.NotFlipped => CertificateOutcome.NotFound,
        _ => CertificateOutcome.WithinRounding,
    };
}
