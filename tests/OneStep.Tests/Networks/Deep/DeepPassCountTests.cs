using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks.Deep;

public class DeepPassCountTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_call_counts_the_points_it_evaluates(int threads)
    {
        using DeepNetwork network = NaiveDeepNetwork.Random([20, 60, 60, 60, 1], hasBias: false, seed: 1).ToLibrary();
        var function = new DeepScore(network);
        RayBatch rays = function.Steps(Shapes.UnitInputs(40, 20, seed: 2));
        using ScoreWorkspace workspace = function.CreateWorkspace(threads);
        function.ScoresAndGradients(rays.Origins, new double[40], null, workspace, CancellationToken.None);
        Assert.Equal((40, 0), (workspace.ForwardPasses, workspace.BackwardPasses));
        function.ScoresAndGradients(rays.Origins, new double[40], new(40, 20), workspace, CancellationToken.None);
        Assert.Equal((80, 40), (workspace.ForwardPasses, workspace.BackwardPasses));

        // At least the two products of every layer; no more than all kinks of a ray.
        function.FirstSignChanges(rays, new RayCrossing[40], workspace, CancellationToken.None);
        long first = workspace.ForwardPasses - 80;
        Assert.InRange(first, 80, 40 * 180);
        function.FirstSignChanges(rays, new RayCrossing[40], workspace, CancellationToken.None);
        Assert.InRange(workspace.ForwardPasses - 80, (2 * first) - 1, (2 * first) + 1);
    }

    [Fact]
    public void A_ray_of_a_linear_function_costs_little()
    {
        using DeepNetwork network = NaiveDeepNetwork.Random([20, 1], hasBias: true, seed: 1).ToLibrary();
        var function = new DeepScore(network);
        RayBatch rays = function.Steps(Shapes.UnitInputs(40, 20, seed: 2));
        using ScoreWorkspace workspace = function.CreateWorkspace(1);
        RayCrossing[] crossings = new RayCrossing[40];
        function.FirstSignChanges(rays, crossings, workspace, CancellationToken.None);
        Assert.All(crossings, crossing => Assert.True(crossing.Exists));
        Assert.InRange(workspace.ForwardPasses, 80, 240);
    }
}
