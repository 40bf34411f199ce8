using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.Attacks;
using OneStep.TangentKernel;
using OneStep.Tests.References;
using OneStep.Tests.TangentKernel;

namespace OneStep.Tests.Networks;

public class PassCountTests
{
    private const int Count = 40;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Every_call_counts_what_it_takes(int threads)
    {
        using TwoLayerNetwork network = Shapes.Gaussian(200, 10, seed: 1);
        Matrix<float> inputs = Shapes.UnitInputs(Count, 10, seed: 2);
        using ScoreWorkspace workspace = network.CreateWorkspace(threads);
        network.ScoresAndGradients(inputs, new double[Count], null, workspace, CancellationToken.None);
        Assert.Equal((Count, 0), (workspace.ForwardPasses, workspace.BackwardPasses));
        network.ScoresAndGradients(inputs, new double[Count], new(Count, 10), workspace, CancellationToken.None);
        Assert.Equal((2 * Count, Count), (workspace.ForwardPasses, workspace.BackwardPasses));
        network.ScoresInDouble(inputs.Widen(), new BoundedScore[Count], workspace, CancellationToken.None);
        Assert.Equal((3 * Count, Count), (workspace.ForwardPasses, workspace.BackwardPasses));
    }

    [Fact]
    public void A_ray_counts_two_products_for_every_horizon_it_is_searched_to()
    {
        using TwoLayerNetwork network = Shapes.Gaussian(200, 10, seed: 1);
        RayBatch steps = network.Steps(Shapes.UnitInputs(Count, 10, seed: 2));
        double[] lengths = [.. network.FirstSignChanges(steps).Select(c => c.Length)];
        Assert.Equal(2 * Count, Passes(network, new(steps.Origins, steps.Directions) { ExpectedLengths = lengths }));

        // Not found within 1.5 of the expected length, but within 6; then only without a horizon.
        Assert.Equal(4 * Count, Passes(network, new(steps.Origins, steps.Directions) { ExpectedLengths = [.. lengths.Select(t => t / 3)] }));
        Assert.Equal(6 * Count, Passes(network, new(steps.Origins, steps.Directions) { ExpectedLengths = [.. lengths.Select(t => t / 100)] }));
        Assert.InRange(Passes(network, new(steps.Origins, steps.Directions)), 4 * Count, 6 * Count);
    }

    [Fact]
    public void A_kernel_predictor_counts_its_products()
    {
        using KernelPredictor predictor = KernelScenes.Random(new(), 30, 10, seed: 1);
        Matrix<float> inputs = Shapes.UnitInputs(Count, 10, seed: 2);
        using ScoreWorkspace workspace = predictor.CreateWorkspace(2);
        predictor.ScoresAndGradients(inputs, new double[Count], new(Count, 10), workspace, CancellationToken.None);
        Assert.Equal((Count, Count), (workspace.ForwardPasses, workspace.BackwardPasses));
        predictor.ScoresInDouble(inputs.Widen(), new BoundedScore[Count], workspace, CancellationToken.None);
        predictor.FirstSignChanges(new(inputs, Shapes.UnitInputs(Count, 10, seed: 3)), new RayCrossing[Count], workspace, CancellationToken.None);
        Assert.Equal((4 * Count, Count), (workspace.ForwardPasses, workspace.BackwardPasses));
    }

    [Fact]
    public void A_counted_function_counts_all_its_workspaces_and_says_what_the_function_says()
    {
        using TwoLayerNetwork network = Shapes.Gaussian(200, 10, seed: 1);
        Matrix<float> inputs = Shapes.UnitInputs(Count, 10, seed: 2);
        var counted = new CountedFunction(network);
        var twice = new CountedFunction(counted);
        Assert.Equal(network.ScoresAndGradients(inputs).Scores, counted.ScoresAndGradients(inputs).Scores);
        Assert.Equal(network.ScoresInDouble(inputs.Widen()), twice.ScoresInDouble(inputs.Widen()));
        Assert.Equal(network.FirstSignChanges(network.Steps(inputs)), counted.FirstSignChanges(network.Steps(inputs)));
        Assert.Equal(Count, twice.Passes.Forward);
        Assert.Equal(Count, counted.Passes.Backward);
        Assert.InRange(counted.Passes.Forward, 4 * Count, 8 * Count);
        Assert.Equal(10, twice.InputDimension);
        Assert.Same(network, counted.Function);
    }

    [Fact]
    public void The_passes_of_an_attack_are_those_of_its_search_and_of_what_it_was_given()
    {
        using TwoLayerNetwork network = Shapes.Gaussian(300, 10, seed: 1);
        LabelledInputs examples = network.ToNaive().CorrectInputs(Count, seed: 2);
        examples = examples with { Labels = [.. examples.Labels.Select((label, i) => i < 10 ? -label : label)] };
        Classification classification = Classification.Of(network, examples, AttackScenes.OneThread);
        AttackResult pgd = AttackRunner.Run(new ProjectedGradientAttack { Steps = 5 }, 0.2, network, classification, AttackScenes.OneThread);

        // Thirty inputs; the first of the five gradients is given, and the last point asks for a score alone.
        Assert.Equal(new(30 * 6, 30 * 5), pgd.Passes);
        Assert.InRange(network.AttackOnce(examples).Passes.Forward, 30 * 3, 30 * 7);
        Assert.Equal(30, network.AttackOnce(examples).Passes.Backward);
    }

    private static long Passes(TwoLayerNetwork network, RayBatch rays)
    {
        using ScoreWorkspace workspace = network.CreateWorkspace(1);
        network.FirstSignChanges(rays, new RayCrossing[rays.Count], workspace, CancellationToken.None);
        Assert.Equal(0, workspace.BackwardPasses);
        return workspace.ForwardPasses;
    }
}
