using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.Numerics;

namespace OneStep.Tests.Networks;

/// <summary>A network that draws its weights anew in every pass says to the bit what the one that holds them says.</summary>
public class DrawPanelByPanelTests
{
    // Around panels (32), slabs (800) and rounds of slabs, groups (96) and groups that share a slab (480).
    public static TheoryData<int, int, int, bool> Cases { get; } = new()
    {
        { 1, 1, 1, false }, { 31, 3, 5, true }, { 33, 2, 97, false }, { 799, 25, 13, true }, { 801, 6, 96, false }, { 2500, 10, 500, true }, { 4001, 4, 12, false },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_and_gradients_are_the_same(int width, int dimension, int count, bool bias)
    {
        (TwoLayerNetwork stored, TwoLayerNetwork drawn) = Pair(width, dimension, bias);
        Matrix<float> inputs = Shapes.UnitInputs(count, dimension, seed: 1);
        (double[] scores, Matrix<float> gradients) = stored.ScoresAndGradients(inputs);
        foreach (int threads in (ReadOnlySpan<int>)[1, 2, 3])
        {
            (double[] drawnScores, Matrix<float> drawnGradients) = drawn.ScoresAndGradients(inputs, threads);
            Bits.AssertSame(scores, drawnScores);
            Bits.AssertSame(gradients.Data, drawnGradients.Data);
        }

        Dispose(stored, drawn);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_in_double_and_their_bounds_are_the_same(int width, int dimension, int count, bool bias)
    {
        (TwoLayerNetwork stored, TwoLayerNetwork drawn) = Pair(width, dimension, bias);
        Matrix<double> inputs = Shapes.UnitInputs(count, dimension, seed: 2).Widen();
        BoundedScore[] scores = stored.ScoresInDouble(inputs);
        Assert.Equal(scores, drawn.ScoresInDouble(inputs));
        Assert.Equal(scores, drawn.ScoresInDouble(inputs, threads: 3));
        Dispose(stored, drawn);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sign_changes_along_rays_are_the_same(int width, int dimension, int count, bool bias)
    {
        (TwoLayerNetwork stored, TwoLayerNetwork drawn) = Pair(width, dimension, bias);
        RayBatch rays = new(Shapes.UnitInputs(count, dimension, seed: 3), Shapes.UnitInputs(count, dimension, seed: 4));
        RayCrossing[] crossings = stored.FirstSignChanges(rays);
        Assert.Equal(crossings, drawn.FirstSignChanges(rays));
        Assert.Equal(crossings, drawn.FirstSignChanges(rays, threads: 3));
        Dispose(stored, drawn);
    }

    [Theory]
    [InlineData(InitializationKind.Standard)]
    [InlineData(InitializationKind.Antisymmetric)]
    public void Both_initializations_can_be_drawn_so(InitializationKind kind)
    {
        using TwoLayerNetwork stored = Initialization.Draw(1602, 7, kind, bias: false, seed: 5, threads: 2, CancellationToken.None);
        using TwoLayerNetwork drawn = Initialization.DrawPanelByPanel(1602, 7, kind, bias: false, seed: 5);
        Matrix<float> inputs = Shapes.UnitInputs(20, 7, seed: 1);
        Bits.AssertSame(stored.ScoresAndGradients(inputs).Scores, drawn.ScoresAndGradients(inputs).Scores);
        Assert.Equal(stored.Signs, drawn.Signs);
        Assert.Equal((1602, 7), (drawn.Width, drawn.InputDimension));
    }

    [Fact]
    public void No_memory_holds_its_weights()
    {
        (TwoLayerNetwork stored, TwoLayerNetwork drawn) = Pair(10, 3, bias: false);
        Assert.True(stored.HoldsWeights);
        Assert.False(drawn.HoldsWeights);
        Assert.Contains("Initialization.Draw", Assert.Throws<InvalidOperationException>(() => drawn.Weights).Message, StringComparison.Ordinal);
        using TwoLayerNetwork copy = drawn.Clone();
        Matrix<float> inputs = Shapes.UnitInputs(4, 3, seed: 1);
        Assert.Equal(stored.ScoresAndGradients(inputs).Scores, copy.ScoresAndGradients(inputs).Scores);
        Dispose(stored, drawn);
    }

    [Fact]
    public void An_odd_width_cannot_be_antisymmetric() =>
        Assert.Throws<InvalidParameterException>(() => Initialization.DrawPanelByPanel(3, 2, InitializationKind.Antisymmetric, bias: false, seed: 1));

    [Fact]
    public void A_pass_tells_how_far_it_is_and_ends_when_told()
    {
        using TwoLayerNetwork drawn = Initialization.DrawPanelByPanel(16000, 2, InitializationKind.Standard, bias: false, seed: 1);
        using ScoreWorkspace workspace = drawn.CreateWorkspace(threads: 2);
        using var cancellation = new CancellationTokenSource();
        var told = new List<double>();
        Matrix<float> inputs = Shapes.UnitInputs(10, 2, seed: 1);
        workspace.Progress = new SynchronousProgress<double>(told.Add);
        drawn.ScoresAndGradients(inputs, new double[10], gradients: null, workspace, cancellation.Token);
        Assert.Equal([0.2, 0.4, 0.6, 0.8, 1], told);

        workspace.Progress = new SynchronousProgress<double>(_ => cancellation.Cancel());
        Assert.ThrowsAny<OperationCanceledException>(() =>
            drawn.ScoresAndGradients(inputs, new double[10], gradients: null, workspace, cancellation.Token));
    }

    private static (TwoLayerNetwork Stored, TwoLayerNetwork Drawn) Pair(int width, int dimension, bool bias) =>
        (Initialization.Draw(width, dimension, InitializationKind.Standard, bias, seed: 9, threads: 1, CancellationToken.None),
            Initialization.DrawPanelByPanel(width, dimension, InitializationKind.Standard, bias, seed: 9));

    private static void Dispose(TwoLayerNetwork stored, TwoLayerNetwork drawn)
    {
        stored.Dispose();
        drawn.Dispose();
    }
}
