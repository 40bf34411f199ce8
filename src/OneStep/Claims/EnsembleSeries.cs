using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>Random networks of one shape over dimensions, judged by <see cref="FlatRule"/>.</summary>
/// <param name="Shape">The shape in words, for example "bottleneck, 3 hidden layers".</param>
/// <param name="Law">The scaled length against d; null for fewer than two dimensions.</param>
/// <param name="Share">The part of the networks that flips, where it counts.</param>
/// <param name="Where">Where that is, for example "at d = 1024".</param>
/// <param name="Networks">How many networks there are in all dimensions.</param>
internal sealed record EnsembleSeries(string Shape, SeededPowerLaw? Law, double Share, string Where, long Networks)
{
    /// <summary>What follows.</summary>
    public Verdict Verdict { get; } = FlatRule.All(FlatRule.Judge(Law), FlatRule.JudgeShare(Share));

    /// <summary>The series of one shape.</summary>
    /// <typeparam name="T">The ensembles.</typeparam>
    /// <param name="shape">The shape in words.</param>
    /// <param name="ensembles">Its ensembles, those of one dimension and seed once.</param>
    /// <param name="length">The scaled length; null where an ensemble has none, as if it were missing.</param>
    /// <param name="atLargest">Whether networks have to flip in the largest dimension alone; else in every one.</param>
    /// <param name="bootstrap">How the interval is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static EnsembleSeries Of<T>(
        string shape, IReadOnlyList<T> ensembles, Func<T, double?> length, bool atLargest, SeedBootstrap bootstrap, CancellationToken cancellation)
        where T : RandomEnsemble
    {
        SeededPowerLaw? law = SeededPowerLaw.OfMeans(
            from ensemble in ensembles
            let value = length(ensemble)
            where value is not null
            select new SeededValue(ensemble.Dimension, ensemble.Seed, value.Value),
            bootstrap,
            cancellation);
        IGrouping<int, T>[] byDimension = [.. ensembles.GroupBy(e => e.Dimension).OrderBy(group => group.Key)];
        double[] shares = [.. byDimension.Select(group => RandomEnsemble.FlippedShare(group)!.Value)];
        return new(
            shape,
            law,
            atLargest ? shares[^1] : shares.Min(),
            atLargest ? $"at d = {byDimension[^1].Key}" : "in every dimension",
            ensembles.Sum(e => (long)e.Networks));
    }

    /// <summary>The claim as judged by the series with the worst verdict, of equals by the one with the steepest slope; those that tell
    /// nothing count only if none tells anything.</summary>
    /// <param name="unmeasured">The claim where there is no series at all.</param>
    /// <param name="series">The series.</param>
    /// <param name="statistic">What was fitted, for example "means".</param>
    public static Claim Judge(Claim unmeasured, IReadOnlyList<EnsembleSeries> series, string statistic)
    {
        EnsembleSeries[] fitted = [.. series.Where(s => s.Law is not null)];
        if (fitted.Length == 0)
        {
            return unmeasured;
        }

        EnsembleSeries worst = fitted.OrderBy(s => WorstVerdict.Severity(s.Verdict)).ThenBy(s => Math.Abs(s.Law!.Slope)).Last();
        SeededPowerLaw law = worst.Law!;
        string others = fitted.Length == 1
            ? string.Empty
            : $" The worst of {fitted.Length}, whose slopes are {ClaimText.Range(fitted, s => s.Law!.Slope)} and of whose networks at least {ClaimText.Percent(fitted.Min(s => s.Share))} flip {worst.Where}.";
        return unmeasured with
        {
            Measured = law.Slope,
            Interval = law.SlopeInterval,
            IntervalKind = law.IntervalKind,
            Verdict = worst.Verdict,
            Basis = $"{worst.Shape}: {ClaimText.Count(law.Points.Count, "dimension", "dimensions")} ({ClaimText.Range(law.Points, point => point.X)}) × "
                + $"{ClaimText.Count(law.Seeds, "seed", "seeds")}, {statistic} {ClaimText.Range(law.Points, point => point.Y)}, "
                + $"{ClaimText.Percent(worst.Share)} flip {worst.Where}{ClaimText.Interval(law.SlopeInterval, law.IntervalKind)}.{others} {fitted.Sum(s => s.Networks)} networks.",
        };
    }
}
