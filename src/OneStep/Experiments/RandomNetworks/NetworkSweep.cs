using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>Many networks, one after the other or side by side: rows do not depend on which.</summary>
internal static class NetworkSweep
{
    /// <summary>What progress calls it.</summary>
    public const string Stage = "networks";

    // Up to here every thread holds a network of its own.
    private const long LargestBytesSideBySide = 64L << 20;

    /// <summary>Whether networks are small enough that every thread may hold one.</summary>
    /// <param name="widths">The input dimension, the hidden widths, the outputs.</param>
    public static bool FitSideBySide(IReadOnlyList<int> widths) =>
        Enumerable.Range(1, widths.Count - 1).Sum(l => (long)widths[l] * widths[l - 1]) * sizeof(float) <= LargestBytesSideBySide;

    /// <summary>The seed of a network, so that networks of neighbouring experiments have nothing in common.</summary>
    public static ulong SeedOf(ulong seed, int index) => new RandomStream(seed, RandomPurpose.NetworkSeeds).Bits(index);

    /// <summary>Makes a row of every network.</summary>
    /// <param name="networks">How many.</param>
    /// <param name="sideBySide">Whether every thread has a network of its own; else all threads work on one.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <param name="row">Makes the row of a network with the threads it is given.</param>
    public static TRow[] Run<TRow>(int networks, bool sideBySide, AttackExecution execution, Func<int, AttackExecution, TRow> row)
    {
        var rows = new TRow[networks];
        AttackExecution own = execution with { Threads = sideBySide ? 1 : execution.Threads, Progress = null };
        var telling = new Lock();
        int finished = 0;
        execution.Progress?.Report(new(Stage, 0, networks));
        WorkGrid.Run(networks, sideBySide ? execution.Threads : 1, execution.Cancellation, (index, _) =>
        {
            rows[index] = row(index, own);
            lock (telling)
            {
                execution.Progress?.Report(new(Stage, ++finished, networks));
            }
        });
        return rows;
    }

    /// <summary>Makes a row of every one of many deep random networks without biases, at random inputs of their own, ‖x‖ = √d.</summary>
    /// <param name="networks">How many.</param>
    /// <param name="hiddenWidths">Their hidden widths.</param>
    /// <param name="dimension">The input dimension d.</param>
    /// <param name="inputs">How many inputs each has.</param>
    /// <param name="seed">The seed of all of them.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    /// <param name="row">Makes the row of a network, [inputs, d], with the threads it is given.</param>
    public static TRow[] RunDeep<TRow>(
        int networks,
        IReadOnlyList<int> hiddenWidths,
        int dimension,
        int inputs,
        ulong seed,
        AttackExecution execution,
        Func<int, DeepNetwork, Matrix<float>, AttackExecution, TRow> row)
    {
        int[] widths = [dimension, .. hiddenWidths, 1];
        return Run(networks, FitSideBySide(widths), execution, (index, own) =>
        {
            using DeepNetwork network = DeepInitialization.Draw(widths, bias: false, SeedOf(seed, index), DeepInitializationScheme.FanIn);
            double norm = InputConvention.RootDimension.InputNorm(dimension);
            return row(index, network, SphereInputs.Draw(inputs, dimension, norm, seed, inputs * index), own);
        });
    }
}
