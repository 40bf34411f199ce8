using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Networks;

namespace OneStep.Experiments.Certification;

/// <summary>The perturbations of some kinds, each tried on a network in float64.</summary>
/// <param name="Rows">One an input.</param>
/// <param name="Sizes">One a kind.</param>
/// <param name="Violations">Where the network certainly does not fall to a δ that is certified: what contradicts the certificate where
/// the network is one of those that it speaks of.</param>
/// <param name="Margins">y f(x + δ; W) by kind, in the order of the sizes, and input; null where there is no δ.</param>
/// <param name="Seconds">Wall time.</param>
internal sealed record CheckedPerturbations(
    IReadOnlyList<CertifiedInput> Rows,
    IReadOnlyList<SizeMeasurement> Sizes,
    IReadOnlyList<CertificateViolation> Violations,
    IReadOnlyList<BoundedScore?[]> Margins,
    double Seconds)
{
    /// <summary>The kinds of perturbation of one input that certainly flip the network.</summary>
    public IEnumerable<PerturbationKind> Flips(int input) =>
        Sizes.Zip(Margins).Where(pair => pair.Second[input]?.CertainSign == -1).Select(pair => pair.First.Kind);

    /// <summary>Tries them.</summary>
    /// <param name="chosen">The inputs and the network.</param>
    /// <param name="margins">y f(x; W) of every input.</param>
    /// <param name="initialMargins">y f(x; W0) of every input; null where there is no W0.</param>
    /// <param name="found">The perturbations, in the order of <see cref="PerturbationKind"/>.</param>
    /// <param name="theory">What theory predicts; null where it does not speak.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    public static CheckedPerturbations Of(
        ChosenInputs chosen,
        BoundedScore[] margins,
        BoundedScore[]? initialMargins,
        IReadOnlyList<FoundPerturbations> found,
        PredictedSizes? theory,
        AttackExecution execution)
    {
        int[] labels = chosen.Inputs.Inputs.Labels;
        PerturbationKind[] kinds = Enum.GetValues<PerturbationKind>();
        CertifiedInput[] rows =
        [
            .. chosen.Positions.Select((position, i) => new CertifiedInput(
                position,
                labels[i],
                margins[i].Value,
                initialMargins?[i].Value,
                [.. kinds.Select(kind => found.FirstOrDefault(some => some.Kind == kind)?.Norms[i])])),
        ];
        long start = Stopwatch.GetTimestamp();
        BoundedScore?[][] behind = [.. found.Select(kind => CertificateCheck.Margins(chosen.Inputs, kind, execution))];
        return new(
            rows,
            [.. found.Select((kind, i) => CertificationSummary.Of(kind, rows, behind[i], theory))],
            [.. found.Zip(behind).Where(pair => pair.First.IsCertificate).SelectMany(pair => Withstood(pair.First.Kind, rows, pair.Second))],
            behind,
            Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    // What rounding leaves open contradicts nothing.
    private static IEnumerable<CertificateViolation> Withstood(PerturbationKind kind, CertifiedInput[] rows, BoundedScore?[] margins) =>
        rows.Zip(margins).Where(pair => pair.Second?.CertainSign == 1).Select(pair => new CertificateViolation(kind, pair.First.Index, pair.Second!.Value.Value));
}
