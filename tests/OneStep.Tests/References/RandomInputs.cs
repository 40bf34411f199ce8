namespace OneStep.Tests.References;

/// <summary>Random vectors for tests, from the framework's seeded generator and not the library's own.</summary>
internal sealed class RandomInputs(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A vector of independent N(0, 1).</summary>
    public double[] Gaussian(int dimension)
    {
        var vector = new double[dimension];
        for (int k = 0; k < dimension; k++)
        {
            // 1 − u lies in (0, 1], so that the logarithm is finite.
            double radius = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble()));
            vector[k] = radius * Math.Cos(2 * Math.PI * _random.NextDouble());
        }

        return vector;
    }

    /// <summary>A vector uniform on the unit sphere.</summary>
    public double[] Unit(int dimension)
    {
        double[] vector = Gaussian(dimension);
        double norm = Math.Sqrt(vector.Sum(v => v * v));
        return [.. vector.Select(v => v / norm)];
    }

    /// <summary>−1 or +1.</summary>
    public int Sign() => _random.Next(2) == 0 ? -1 : 1;

    /// <summary>A number between two others.</summary>
    public double Between(double low, double high) => low + ((high - low) * _random.NextDouble());

    /// <summary>A positive number between two others, whose logarithm is uniform.</summary>
    public double LogBetween(double low, double high) => low * Math.Pow(high / low, _random.NextDouble());

    /// <summary>An integer from the first to the last, both included.</summary>
    public int Integer(int first, int last) => _random.Next(first, last + 1);

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>0, …, n − 1 in random order.</summary>
    public int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        _random.Shuffle(order);
        return order;
    }
}
