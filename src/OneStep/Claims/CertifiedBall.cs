namespace OneStep.Claims;

/// <summary>What is proved of the robust accuracy of every network of a lazy ball (docs/mathematics.md §5, "Jointly over inputs").</summary>
public sealed record CertifiedBall
{
    /// <summary>d.</summary>
    public required int Dimension { get; init; }

    /// <summary>m.</summary>
    public required int Width { get; init; }

    /// <summary>C0 of the ball.</summary>
    public required double C0 { get; init; }

    /// <summary>The seed of W0.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many test images it is proved of.</summary>
    public required int Total { get; init; }

    /// <summary>ε.</summary>
    public required double Budget { get; init; }

    /// <summary>The largest robust accuracy that is not proved impossible, 0 to 1.</summary>
    public required double UpperBound { get; init; }

    /// <summary>The most that attacks leave to one of the networks of the ball that were written down, 0 to 1: no proof goes below what one
    /// truly keeps, which is that or less; null where none was.</summary>
    public required double? Explicit { get; init; }

    /// <summary>V = C0/√m.</summary>
    public double Radius => C0 / Math.Sqrt(Width);

    /// <summary>The robust error that every network of the ball provably has.</summary>
    public double RobustError => 1 - UpperBound;

    /// <summary>Whether the bound speaks of a network: around the same W0, over the same images, in this ball, attacked within at least this
    /// budget.</summary>
    public bool SpeaksOf(AdversarialNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Dimension == Dimension && network.Width == Width && network.Seed == Seed && network.Total == Total
            && network.Deviation <= Radius && network.Budget >= Budget;
    }
}
