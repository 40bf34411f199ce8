using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.Numerics;

namespace OneStep.Tests.Networks;

/// <summary>Results are the same to the bit for every number of threads, every batching and every history of the workspace.</summary>
public class TwoLayerNetworkDeterminismTests
{
    // Many slabs and few groups, few slabs and many groups, both many: every way to share work between threads.
    public static TheoryData<int, int, bool> Cases { get; } = new()
    {
        { 4001, 97, true },
        { 801, 200, false },
        { 160, 900, true },
        { 2500, 1, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_number_of_threads_gives_the_same_bits(int width, int count, bool hasBias)
    {
        using TwoLayerNetwork network = Shapes.Gaussian(width, 13, seed: 1, hasBias);
        Matrix<float> inputs = Shapes.UnitInputs(count, 13, seed: 2);
        All expected = Compute(network, inputs, threads: 1);
        foreach (int threads in (ReadOnlySpan<int>)[2, 3, 8])
        {
            AssertSame(expected, Compute(network, inputs, threads));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(32)]
    [InlineData(100)]
    public void Every_batching_gives_the_same_bits(int size)
    {
        using TwoLayerNetwork network = Shapes.Gaussian(1700, 25, seed: 1, hasBias: true);
        Matrix<float> inputs = Shapes.UnitInputs(203, 25, seed: 2);
        All expected = Compute(network, inputs, threads: 1);
        All[] parts = [.. Enumerable.Range(0, (203 + size - 1) / size)
            .Select(part => Compute(network, inputs.RowRange(part * size, Math.Min(size, 203 - (part * size))), threads: 2))];
        AssertSame(expected, new(
            [.. parts.SelectMany(part => part.Scores)],
            [.. parts.SelectMany(part => part.Gradients)],
            [.. parts.SelectMany(part => part.Crossings)],
            [.. parts.SelectMany(part => part.InDouble)]));
    }

    [Fact]
    public void A_workspace_forgets_earlier_calls()
    {
        using TwoLayerNetwork network = Shapes.Gaussian(1700, 25, seed: 1);
        using ScoreWorkspace workspace = network.CreateWorkspace(threads: 2);
        foreach (int count in (ReadOnlySpan<int>)[97, 1, 200, 13, 96, 0, 12])
        {
            Matrix<float> inputs = Shapes.UnitInputs(count, 25, seed: count + 1);
            RayBatch steps = network.Steps(inputs);
            double[] alone = new double[count];
            network.ScoresAndGradients(inputs, alone, gradients: null, workspace, CancellationToken.None);
            All all = Compute(network, inputs, steps, workspace);
            AssertSame(Compute(network, inputs, threads: 1), all);
            Assert.Equal(all.Scores, alone);
        }
    }

    [Fact]
    public void A_workspace_survives_a_cancelled_call()
    {
        using TwoLayerNetwork network = Shapes.Gaussian(8001, 25, seed: 1);
        Matrix<float> inputs = Shapes.UnitInputs(200, 25, seed: 3);
        All expected = Compute(network, inputs, threads: 1);
        RayBatch steps = network.Steps(inputs);
        using ScoreWorkspace workspace = network.CreateWorkspace(threads: 1);
        for (int milliseconds = 1; milliseconds < 40; milliseconds += 6)
        {
            using var source = new CancellationTokenSource(milliseconds);
            try
            {
                network.FirstSignChanges(steps, new RayCrossing[200], workspace, source.Token);
            }
            catch (OperationCanceledException)
            {
                // As it may.
            }

            AssertSame(expected, Compute(network, inputs, steps, workspace));
        }
    }

    [Fact]
    public void Workspaces_of_one_network_may_be_used_side_by_side()
    {
        using TwoLayerNetwork network = Shapes.Gaussian(801, 13, seed: 1);
        Matrix<float> inputs = Shapes.UnitInputs(50, 13, seed: 2);
        All expected = Compute(network, inputs, threads: 1);
        All[] found = new All[6];
        Parallel.For(0, 6, i => found[i] = Compute(network, inputs, threads: 1 + (i % 3)));
        Assert.All(found, all => AssertSame(expected, all));
    }

    private static All Compute(TwoLayerNetwork network, Matrix<float> inputs, int threads)
    {
        using ScoreWorkspace workspace = network.CreateWorkspace(threads);
        return Compute(network, inputs, network.Steps(inputs), workspace);
    }

    private static All Compute(TwoLayerNetwork network, Matrix<float> inputs, RayBatch steps, ScoreWorkspace workspace)
    {
        var all = new All(new double[inputs.Rows], new float[inputs.Data.Length], new RayCrossing[inputs.Rows], new BoundedScore[inputs.Rows]);
        network.FirstSignChanges(steps, all.Crossings, workspace, CancellationToken.None);
        network.ScoresAndGradients(inputs, all.Scores, new(inputs.Rows, inputs.Columns, all.Gradients), workspace, CancellationToken.None);
        network.ScoresInDouble(inputs.Widen(), all.InDouble, workspace, CancellationToken.None);
        return all;
    }

    private static void AssertSame(All expected, All actual)
    {
        Bits.AssertSame(expected.Scores, actual.Scores);
        Bits.AssertSame(expected.Gradients, actual.Gradients);
        Assert.Equal(expected.Crossings, actual.Crossings);
        Assert.Equal(expected.InDouble, actual.InDouble);
    }

    private sealed record All(double[] Scores, float[] Gradients, RayCrossing[] Crossings, BoundedScore[] InDouble);
}
