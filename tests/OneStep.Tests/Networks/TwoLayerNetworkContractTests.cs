using System.Diagnostics;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Tests.Networks;

/// <summary>What is refused, and how.</summary>
public sealed class TwoLayerNetworkContractTests : IDisposable
{
    private readonly TwoLayerNetwork _network = Shapes.Gaussian(40, 3, seed: 1);
    private readonly ScoreWorkspace _workspace;

    public TwoLayerNetworkContractTests() => _workspace = _network.CreateWorkspace(threads: 1);

    public void Dispose()
    {
        _workspace.Dispose();
        _network.Dispose();
    }

    [Fact]
    public void A_workspace_of_another_network_is_refused()
    {
        using TwoLayerNetwork other = _network.Clone();
        using ScoreWorkspace workspace = other.CreateWorkspace(threads: 1);
        AssertRefused(workspace);
    }

    [Fact]
    public void A_workspace_of_another_kind_is_refused()
    {
        using var workspace = new ForeignWorkspace(_network);
        AssertRefused(workspace);
    }

    [Fact]
    public void A_disposed_workspace_is_an_error_and_not_a_crash()
    {
        ScoreWorkspace workspace = _network.CreateWorkspace(threads: 1);
        Matrix<float> inputs = Shapes.UnitInputs(20, 3, seed: 1);
        double[] scores = new double[20];
        _network.ScoresAndGradients(inputs, scores, new(20, 3), workspace, CancellationToken.None);
        workspace.Dispose();
        workspace.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _network.ScoresAndGradients(inputs, scores, null, workspace, CancellationToken.None));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_workspace_needs_a_thread(int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _network.CreateWorkspace(threads));

    [Fact]
    public void Inputs_of_another_dimension_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Scores(new(2, 4), 2, null));
        Assert.Throws<ArgumentException>(() => _network.ScoresInDouble(new(2, 2), new BoundedScore[2], _workspace, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => Crossings(new(new(2, 4), new(2, 4)), 2));
    }

    [Fact]
    public void Results_of_another_shape_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Scores(new(2, 3), 1, null));
        Assert.Throws<ArgumentException>(() => Scores(new(2, 3), 3, null));
        Assert.Throws<ArgumentException>(() => Scores(new(2, 3), 2, new(1, 3)));
        Assert.Throws<ArgumentException>(() => Scores(new(2, 3), 2, new(2, 4)));
        Assert.Throws<ArgumentException>(() => _network.ScoresInDouble(new(2, 3), new BoundedScore[3], _workspace, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => Crossings(new(new(2, 3), new(2, 3)), 1));
    }

    [Fact]
    public void Rays_need_a_direction_and_where_given_a_limit_and_a_guess_each()
    {
        Assert.Throws<ArgumentException>(() => new RayBatch(new(2, 3), new(1, 3)));
        Assert.Throws<ArgumentException>(() => new RayBatch(new(2, 3), new(2, 2)));
        Assert.Throws<ArgumentException>(() => Crossings(new(new(2, 3), new(2, 3)) { Limits = [1] }, 2));
        Assert.Throws<ArgumentException>(() => Crossings(new(new(2, 3), new(2, 3)) { ExpectedLengths = [1, 2, 3] }, 2));
    }

    [Fact]
    public void Signs_are_one_for_every_row_and_plus_or_minus_one()
    {
        using var weights = new PackedWeights(2, 3);
        Assert.Throws<ArgumentException>(() => new TwoLayerNetwork(weights, [1], hasBias: false));
        Assert.Throws<ArgumentException>(() => new TwoLayerNetwork(weights, [1, 0], hasBias: false));
        using var narrow = new PackedWeights(2, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoLayerNetwork(narrow, [1, 1], hasBias: true));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cancellation_ends_every_call(int threads)
    {
        using ScoreWorkspace workspace = _network.CreateWorkspace(threads);
        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => _network.ScoresAndGradients(new(2, 3), new double[2], null, workspace, cancelled));
        Assert.Throws<OperationCanceledException>(() => _network.ScoresInDouble(new(2, 3), new BoundedScore[2], workspace, cancelled));
        Assert.Throws<OperationCanceledException>(() => _network.FirstSignChanges(new(new(2, 3), new(2, 3)), new RayCrossing[2], workspace, cancelled));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Cancellation_comes_soon(int threads)
    {
        // Uncancelled, this would take many seconds.
        using var wide = new TwoLayerNetwork(new PackedWeights(20_000, 784), [.. Enumerable.Repeat((sbyte)1, 20_000)], hasBias: false);
        using ScoreWorkspace workspace = wide.CreateWorkspace(threads);
        using var source = new CancellationTokenSource();
        var inputs = new Matrix<float>(20_000, 784);
        var clock = new Stopwatch();

        // A thread of its own: those of the pool are busy with the work that is to be cancelled.
        var canceller = new Thread(() =>
        {
            Thread.Sleep(100);
            clock.Start();
            source.Cancel();
        });
        canceller.Start();
        Assert.Throws<OperationCanceledException>(() => wide.ScoresAndGradients(inputs, new double[20_000], new(20_000, 784), workspace, source.Token));
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 1);
        canceller.Join();
    }

    private void AssertRefused(ScoreWorkspace workspace)
    {
        Assert.Throws<ArgumentException>(() => _network.ScoresAndGradients(new(1, 3), new double[1], null, workspace, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => _network.ScoresInDouble(new(1, 3), new BoundedScore[1], workspace, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => _network.FirstSignChanges(new(new(1, 3), new(1, 3)), new RayCrossing[1], workspace, CancellationToken.None));
    }

    private void Scores(Matrix<float> inputs, int room, Matrix<float>? gradients) =>
        _network.ScoresAndGradients(inputs, new double[room], gradients, _workspace, CancellationToken.None);

    private void Crossings(RayBatch rays, int room) =>
        _network.FirstSignChanges(rays, new RayCrossing[room], _workspace, CancellationToken.None);

    private sealed class ForeignWorkspace(IScoreFunction function) : ScoreWorkspace(function, threads: 1)
    {
        protected override void Dispose(bool disposing)
        {
            // It owns nothing.
        }
    }
}
