namespace OneStep.Claims;

/// <summary>
/// Random networks of one shape, drawn from one seed, each with an input of its own, and how short the perturbations are that
/// flip them: what every experiment on random networks has (docs/mathematics.md §19).
/// </summary>
public abstract record RandomEnsemble
{
    /// <summary>d.</summary>
    public required int Dimension { get; init; }

    /// <summary>The seed that all networks are drawn from.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many networks there are.</summary>
    public required int Networks { get; init; }

    /// <summary>The length of every flip that float64 confirmed, times √d/‖x‖, in any order: one number a network that flipped.</summary>
    public required IReadOnlyList<double> ScaledLengths { get; init; }

    /// <summary>The mean over the networks that flipped; null where none did.</summary>
    public double? MeanScaledLength => ScaledLengths.Count == 0 ? null : ScaledLengths.Average();

    /// <summary>The median over all networks, of which those that did not flip count as longer than any; null where the middle is
    /// among them.</summary>
    public double? MedianScaledLength
    {
        get
        {
            int upper = Networks / 2;
            int lower = (Networks - 1) / 2;
            double[] sorted = [.. ScaledLengths.Order()];
            return Networks == 0 || upper >= sorted.Length ? null : (sorted[lower] + sorted[upper]) / 2;
        }
    }

    /// <summary>The part of the networks of several ensembles that flipped; null where there are no networks.</summary>
    internal static double? FlippedShare(IEnumerable<RandomEnsemble> ensembles)
    {
        long networks = 0;
        long flipped = 0;
        foreach (RandomEnsemble ensemble in ensembles)
        {
            networks += ensemble.Networks;
            flipped += ensemble.ScaledLengths.Count;
        }

        return networks == 0 ? null : (double)flipped / networks;
    }
}
