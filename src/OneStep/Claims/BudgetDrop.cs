using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>Where robust accuracy drops as the budget grows, in one dimension: networks trained for each budget, the mean over seeds.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Curve">Robust accuracy against ε.</param>
/// <param name="Start">Where it passes 80 %; null where the budgets do not bracket that.</param>
/// <param name="Half">Where it passes one half: ε₅₀; null likewise.</param>
/// <param name="End">Where it passes 10 %; null likewise.</param>
public sealed record BudgetDrop(int Dimension, IReadOnlyList<CurvePoint> Curve, LevelCrossing? Start, LevelCrossing? Half, LevelCrossing? End)
{
    /// <summary>By how much the budget grows while robust accuracy falls from 80 to 10 %; null where one of them is not bracketed.</summary>
    public double? Ratio => End?.At / Start?.At;
}

/// <summary>The drops in all dimensions, at one radius C0/√m and width.</summary>
/// <param name="C0">C0.</param>
/// <param name="Width">m.</param>
/// <param name="Drops">One a dimension, ascending.</param>
/// <param name="HalfBudgets">The power law ε₅₀(d) through the dimensions in which it is bracketed; null for fewer than two.</param>
public sealed record BudgetDrops(double C0, int Width, IReadOnlyList<BudgetDrop> Drops, SeededPowerLaw? HalfBudgets)
{
    /// <summary>The largest ratio of any dimension; null where none has one.</summary>
    public double? LargestRatio => Drops.Max(drop => drop.Ratio);

    /// <summary>Finds the drops.</summary>
    /// <param name="networks">The networks; the same dimension, radius, width, budget and seed once.</param>
    /// <param name="bootstrap">How the interval of the slope is made.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>One series for each C0 and width, ascending in C0 and then in width.</returns>
    public static IReadOnlyList<BudgetDrops> Of(IEnumerable<AdversarialNetwork> networks, SeedBootstrap bootstrap, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(networks);
        ArgumentNullException.ThrowIfNull(bootstrap);
        return [.. networks.GroupBy(network => (network.C0, network.Width)).OrderBy(group => group.Key)
            .Select(group => Series(group.Key.C0, group.Key.Width, [.. group], bootstrap, cancellation))];
    }

    private static BudgetDrops Series(double c0, int width, AdversarialNetwork[] networks, SeedBootstrap bootstrap, CancellationToken cancellation)
    {
        ulong[] seeds = [.. networks.Select(network => network.Seed).Distinct().Order()];
        int[] everySeed = [.. Enumerable.Range(0, seeds.Length)];
        int[] dimensions = [.. networks.Select(network => network.Dimension).Distinct().Order()];
        double?[][][] accuracies = [.. dimensions.Select(d => Accuracies([.. networks.Where(network => network.Dimension == d)], seeds))];
        double[][] budgets = [.. dimensions.Select(d => Budgets(networks.Where(network => network.Dimension == d)))];
        IEnumerable<CurvePoint> CurveOf(int d, IReadOnlyList<int> sample) =>
            from budget in Enumerable.Range(0, budgets[d].Length)
            let mean = sample.Average(seed => accuracies[d][budget][seed])
            where mean is not null
            select new CurvePoint(budgets[d][budget], mean.Value);

        BudgetDrop[] drops = [.. dimensions.Select((dimension, d) =>
        {
            CurvePoint[] curve = [.. CurveOf(d, everySeed)];
            return new BudgetDrop(dimension, curve, LevelCrossing.Of(curve, 0.8), LevelCrossing.Of(curve, 0.5), LevelCrossing.Of(curve, 0.1));
        })];
        return new(c0, width, drops, SeededPowerLaw.Of(
            [.. dimensions.Select(d => (double)d)], seeds.Length, (d, sample) => LevelCrossing.Of(CurveOf(d, sample), 0.5)?.At, bootstrap, cancellation));
    }

    private static double[] Budgets(IEnumerable<AdversarialNetwork> networks) => [.. networks.Select(network => network.Budget).Distinct().Order()];

    // By budget and seed; null where that network is missing.
    private static double?[][] Accuracies(AdversarialNetwork[] networks, ulong[] seeds) => [.. Budgets(networks).Select(budget =>
        seeds.Select(seed => networks.SingleOrDefault(network => network.Budget == budget && network.Seed == seed)?.RobustAccuracy).ToArray())];
}
