namespace OneStep.Claims;

/// <summary>
/// The robust error of the networks of one dimension against the budget, averaged over a sample of seeds: the part of the
/// test images that are misclassified or that a single step within the budget flips.
/// </summary>
internal sealed class RobustErrorCurve
{
    /// <summary>How much less than a level or more than a budget still counts as that: errors are sums of thousands of equal parts,
    /// and budgets are divided by √d and multiplied with it again.</summary>
    public const double Rounding = 1e-9;

    private readonly AttackedNetwork?[] _bySeed;
    private readonly (double Norm, int Seed)[] _flips;

    /// <summary>Makes the curve of networks of one dimension; a seed may be missing.</summary>
    public RobustErrorCurve(int dimension, IEnumerable<AttackedNetwork> networks, IReadOnlyList<ulong> seeds)
    {
        Dimension = dimension;
        _bySeed = [.. seeds.Select(seed => networks.SingleOrDefault(network => network.Seed == seed))];
        _flips = [.. _bySeed.SelectMany((network, seed) => (network?.PerturbationNorms ?? []).Select(norm => (norm, seed))).OrderBy(flip => flip.norm)];
    }

    /// <summary>d.</summary>
    public int Dimension { get; }

    /// <summary>The smallest budget at which the error reaches a level; null where none does or no network is in the sample.</summary>
    public double? BudgetAt(double level, IReadOnlyList<int> sample)
    {
        if (Weights(sample) is not { } weights)
        {
            return null;
        }

        double error = MisclassifiedPart(weights);
        if (error >= level)
        {
            return 0;
        }

        foreach ((double norm, int seed) in _flips)
        {
            error += weights[seed];

            if (error >= level - Rounding)
            {
                return norm;
            }
        }

        return null;
    }

    /// <summary>The error at a budget; null where no network is in the sample.</summary>
    public double? ErrorAt(double budget, IReadOnlyList<int> sample) =>
        Weights(sample) is { } weights ? MisclassifiedPart(weights) + _flips.TakeWhile(flip => flip.Norm <= budget * (1 + Rounding)).Sum(flip => weights[flip.Seed]) : null;

    // What one image of a network counts for in the mean over the sample's networks.
    private double[]? Weights(IReadOnlyList<int> sample)
    {
        double[] weights = new double[_bySeed.Length];
        int networks = 0;
        foreach (int seed in sample)
        {
            if (_bySeed[seed] is { Total: > 0 } network)
            {
                weights[seed] += 1.0 / network.Total;
                networks++;
            }
        }

        return networks == 0 ? null : Array.ConvertAll(weights, weight => weight / networks);
    }

    private double MisclassifiedPart(double[] weights)
    {
        double part = 0;
        for (int seed = 0; seed < weights.Length; seed++)
        {
            part += weights[seed] * (_bySeed[seed]?.Misclassified ?? 0);
        }

        return part;
    }
}
