namespace OneStep.Experiments.RandomNetworks;

/// <summary>What an experiment on random networks takes, estimated from its parameters.</summary>
/// <param name="Shape">The networks' shape, to be read after "random networks".</param>
/// <param name="Networks">How many networks.</param>
/// <param name="FlopsANetwork">Floating-point operations, drawing included.</param>
/// <param name="BytesANetwork">What a network and the passes through it take.</param>
/// <param name="BytesARow">What is kept of every network.</param>
/// <param name="SideBySide">Whether every thread has a network of its own.</param>
internal sealed record RandomNetworkCost(
    string Shape, int Networks, double FlopsANetwork, long BytesANetwork, long BytesARow, bool SideBySide)
{
    // The row and its fields as text.
    private const long BytesOfAnyRow = 300;
    private const long BytesAField = 60;

    /// <summary>What every thread takes that works on the same network, for weights that it draws anew.</summary>
    public long BytesAThread { get; init; }

    /// <summary>Floating-point operations in all.</summary>
    public double Flops => Networks * FlopsANetwork;

    /// <summary>The bytes that are kept of a network whose row has so many columns.</summary>
    public static long RowOf(long columns) => BytesOfAnyRow + (BytesAField * columns);

    /// <summary>The bytes needed with a number of threads.</summary>
    public long BytesWith(int threads) =>
        (Networks * BytesARow) + (BytesANetwork * (SideBySide ? Math.Min(threads, Networks) : 1)) + (BytesAThread * threads);

    /// <summary>Refuses what does not fit.</summary>
    /// <param name="execution">Threads, and the memory there is.</param>
    /// <exception cref="OneStepException">It does not fit; the message says both numbers.</exception>
    public void Require(ExperimentExecution execution)
    {
        string threads = BytesWith(execution.Threads) > BytesWith(1) ? $" on {execution.Threads} threads" : string.Empty;
        ExperimentMemory.Require($"Measuring {Networks} random networks {Shape}{threads}", BytesWith(execution.Threads), execution.AvailableMemory);
    }
}
