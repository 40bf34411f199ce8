using OneStep.Certificates.Vulnerability;
using OneStep.Networks;
using OneStep.Statistics;

namespace OneStep.Experiments.Certification;

/// <summary>Sums the perturbations of one kind up.</summary>
internal static class CertificationSummary
{
    /// <summary>Makes the summary of one kind.</summary>
    /// <param name="found">The perturbations.</param>
    /// <param name="inputs">The inputs with the norms of every kind.</param>
    /// <param name="margins">y f(x + δ; W) of the trained network; null where there is no δ.</param>
    /// <param name="theory">What theory predicts; null where it does not speak.</param>
    public static SizeMeasurement Of(
        FoundPerturbations found, IReadOnlyList<CertifiedInput> inputs, BoundedScore?[] margins, PredictedSizes? theory)
    {
        CertifiedInput[] having = [.. inputs.Where(input => input[found.Kind] is not null)];
        (double Measured, double Predicted)[] predicted =
        [
            .. having.Select(input => (Measured: input[found.Kind]!.Value, Predicted: theory?.Of(found.Kind, input.Margin, input.InitialMargin)))
                .Where(pair => pair.Predicted is > 0)
                .Select(pair => (pair.Measured, pair.Predicted!.Value)),
        ];
        return new()
        {
            Kind = found.Kind,
            Size = Summary.Of(having.Select(input => input[found.Kind]!.Value)),
            OverOneStep = Ratio(having.Where(input => input[PerturbationKind.OneStep] is > 0).Select(input => input[found.Kind]!.Value / input[PerturbationKind.OneStep]!.Value)),
            Prediction = predicted.Length == 0 ? null
                : new(predicted.Length, Summary.Of(predicted.Select(pair => pair.Predicted)).Median, Ratio(predicted.Select(pair => pair.Measured / pair.Predicted))),
            Found = having.Length,
            Flipped = margins.Count(margin => margin?.CertainSign == -1),
            NotFound =
            [
                .. found.Outcomes.Where(outcome => outcome != CertificateOutcome.Certified).GroupBy(outcome => outcome).OrderBy(group => group.Key)
                    .Select(group => (group.Key, group.Count())),
            ],
            Seconds = found.Seconds,
        };
    }

    /// <summary>The median and the largest of some ratios.</summary>
    public static RatioSummary Ratio(IEnumerable<double> ratios)
    {
        Summary summary = Summary.Of(ratios);
        return new(summary.Median, summary.Max);
    }
}
