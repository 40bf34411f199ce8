namespace OneStep.Networks;

/// <summary>What was asked of a function, in inputs × passes: the cost of an attack that no machine changes.</summary>
/// <param name="Forward">Passes forward: 1 for a score, 2 for the products of a ray, again where the ray is searched further.</param>
/// <param name="Backward">Passes backward: 1 for a gradient, whose score is counted as forward.</param>
public readonly record struct PassCounts(long Forward, long Backward)
{
    /// <summary>Both together.</summary>
    public static PassCounts operator +(PassCounts left, PassCounts right) => left.Add(right);

    /// <summary>Both together.</summary>
    public PassCounts Add(PassCounts other) => new(Forward + other.Forward, Backward + other.Backward);
}

/// <summary>Adds up passes, from any thread.</summary>
internal sealed class PassCounter
{
    private long _forward;
    private long _backward;

    /// <summary>The passes so far.</summary>
    public PassCounts Counts => new(Interlocked.Read(ref _forward), Interlocked.Read(ref _backward));

    /// <summary>Adds passes.</summary>
    public void Add(long forward, long backward)
    {
        Interlocked.Add(ref _forward, forward);
        Interlocked.Add(ref _backward, backward);
    }
}
