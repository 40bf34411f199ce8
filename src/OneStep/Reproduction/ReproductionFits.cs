using System.Globalization;
using System.Text.Json;
using OneStep.Claims;
using OneStep.Statistics;

namespace OneStep.Reproduction;

/// <summary>Every slope that was fitted, in one table.</summary>
internal static class ReproductionFits
{
    private static readonly string[] Columns = ["quantity", "against", "fixed", "slope", "low", "high", "intervalKind", "expected", "points", "seeds"];

    private static readonly (string Name, Func<AttackedNetwork, double?> Of, double Exponent)[] Quantities =
    [
        ("relativePerturbationNorm", network => network.PerturbationNorm, -0.5),
        ("gradientNorm", network => network.GradientNorm, 0.5),
        ("stepSize", network => network.StepSize, -1),
    ];

    /// <summary>The table: the names of the columns, then a row a fit.</summary>
    /// <param name="evidence">What was measured.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Table(ClaimEvidence evidence, CancellationToken cancellation = default)
    {
        var bootstrap = new SeedBootstrap();
        return
        [
            Columns,
            .. AgainstDimension(evidence, bootstrap, cancellation),
            .. AgainstWidth(evidence, bootstrap, cancellation),
            .. BudgetDrops.Of(evidence.BudgetSweep, bootstrap, cancellation).Where(drops => drops.HalfBudgets is not null)
                .Select(drops => Row("halfBudget", "d", $"width={drops.Width} c0={Text(drops.C0)}", drops.HalfBudgets!, -0.5)),
            .. PhaseTransition.Of(evidence.PhaseGrid, bootstrap, cancellation).Where(transition => transition.Threshold.Surface is not null).Select(Row),
        ];
    }

    /// <summary>The law of one quantity against the dimension at every radius, at the widest width that has several of them.</summary>
    /// <param name="evidence">What was measured.</param>
    /// <param name="quantity">What is fitted.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<(double C0, int Width, SeededPowerLaw Law)> ByRadius(
        ClaimEvidence evidence, Func<AttackedNetwork, double?> quantity, CancellationToken cancellation = default)
    {
        AttackedNetwork[] networks = Distinct(evidence);
        int? width = networks.GroupBy(network => network.Width).Where(group => group.DistinctBy(network => network.C0).Count() > 1).Max(group => (int?)group.Key);
        return
        [
            .. from c0 in networks.Where(network => network.Width == width).Select(network => network.C0).Distinct().Order()
               from slope in DimensionSlopes.Of(networks, quantity, new SeedBootstrap(), c0, cancellation)
               where slope.Width == width && slope.Law is not null
               select (c0, slope.Width, slope.Law),
        ];
    }

    private static IEnumerable<IReadOnlyList<string>> AgainstDimension(ClaimEvidence evidence, SeedBootstrap bootstrap, CancellationToken cancellation)
    {
        AttackedNetwork[] networks = Distinct(evidence);
        return from quantity in Quantities
               from c0 in networks.Select(network => network.C0).Distinct().Order()
               from slope in DimensionSlopes.Of(networks, quantity.Of, bootstrap, c0, cancellation)
               where slope.Law is not null
               select Row(quantity.Name, "d", $"width={slope.Width} c0={Text(c0)}", slope.Law!, quantity.Exponent);
    }

    private static IEnumerable<IReadOnlyList<string>> AgainstWidth(ClaimEvidence evidence, SeedBootstrap bootstrap, CancellationToken cancellation) =>
        from dimension in evidence.Free.GroupBy(network => network.Dimension).OrderBy(networks => networks.Key)
        let law = SeededPowerLaw.OfMeans(dimension.Select(network => new SeededValue(network.Width, network.Seed, network.Deviation)), bootstrap, cancellation)
        where law is not null
        select Row("deviation", "m", $"d={dimension.Key}", law!, -0.5);

    // Studies share cells.
    private static AttackedNetwork[] Distinct(ClaimEvidence evidence) =>
        [.. evidence.Attacked.DistinctBy(network => (network.Dimension, network.Width, network.C0, network.Seed))];

    private static IReadOnlyList<string> Row(string quantity, string against, string where, SeededPowerLaw law, double expected) =>
        Row(quantity, against, where, law.Slope, law.SlopeInterval, law.IntervalKind, expected, law.Points.Count, law.Seeds);

    private static IReadOnlyList<string> Row(PhaseTransition transition) => Row(
        "thresholdDeviation",
        "m",
        $"d={transition.Dimension} adversarial-budget={Text(transition.Budget)}",
        transition.Threshold.Surface!.ThresholdSlope,
        transition.Threshold.SlopeInterval,
        transition.Threshold.IntervalKind,
        -0.5,
        transition.BracketedWidths,
        transition.Threshold.Seeds);

    private static IReadOnlyList<string> Row(
        string quantity, string against, string where, double slope, ConfidenceInterval? interval, IntervalKind? kind, double expected, int points, int seeds) =>
    [
        quantity, against, where, Text(slope), interval is null ? string.Empty : Text(interval.Low), interval is null ? string.Empty : Text(interval.High),
        kind is { } known ? JsonNamingPolicy.KebabCaseLower.ConvertName(known.ToString()) : string.Empty, Text(expected), Text(points), Text(seeds),
    ];

    private static string Text(double value) => double.IsFinite(value) ? value.ToString(CultureInfo.InvariantCulture) : string.Empty;
}
