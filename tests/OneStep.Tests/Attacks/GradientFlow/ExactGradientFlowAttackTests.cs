using OneStep.Attacks;
using OneStep.Attacks.GradientFlow;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Tests.Networks.Deep;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks.GradientFlow;

public class ExactGradientFlowAttackTests
{
    // f √m = (x₁ − x₂ + 20) − 10 + 3 relu(x₂): x₂ = 0 is the bottom of a valley.
    private static readonly double[][] Valley = [[1, -1, 20], [0, 0, 10], [0, 3, 0]];

    [Fact]
    public void A_path_slides_along_the_bottom_of_a_valley()
    {
        // From (0, 1) along −(1, 2) to (−½, 0), then along −(1, 0) to (−10, 0).
        AttackedExample example = Follow(Valley, [1, -1, 1], [0, 1], out float[] perturbation);
        Assert.Equal(-10, perturbation[0], 1e-4);
        Assert.Equal(-1, perturbation[1], 1e-4);
        Assert.Equal(2, example.Steps);
        Assert.Equal((0.5 * Math.Sqrt(5)) + 9.5, example.PathLength!.Value, 1e-5);
    }

    [Fact]
    public void Two_neurons_on_one_boundary_slide_together()
    {
        // The same valley with the kink shared by two neurons that look in opposite directions.
        double[][] weights = [[1, 0.5, 20], [0, 0, 10], [0, 1.5, 0], [0, -1.5, 0]];
        AttackedExample example = Follow(weights, [1, -1, 1, 1], [0, 1], out float[] perturbation);
        Assert.Equal(-10, perturbation[0], 1e-4);
        Assert.Equal(-1, perturbation[1], 1e-4);
        Assert.Equal(2, example.Steps);
    }

    [Fact]
    public void A_path_leaves_the_valley_where_the_other_side_no_longer_pushes_back()
    {
        // The last neuron awakes at x₁ = −4 and makes the score fall along x₂: the path goes on along (−2, 3).
        double[][] weights = [.. Valley, [-1, 5, -4]];
        AttackedExample example = Follow(weights, [1, -1, 1, -1], [0, 0.125], out float[] perturbation);
        Assert.Equal(-4 - (12.0 / 13), perturbation[0], 1e-4);
        Assert.Equal((18.0 / 13) - 0.125, perturbation[1], 1e-4);
        Assert.Equal(3, example.Steps);
        Assert.Equal((0.0625 * Math.Sqrt(5)) + (4 - 0.0625) + (6 / Math.Sqrt(13)), example.PathLength!.Value, 1e-5);
    }

    [Fact]
    public void A_path_that_ends_in_a_minimum_flips_nothing()
    {
        double[][] weights = [[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1]];
        AttackedExample example = Follow(weights, [1, 1, 1, 1, 1], [0.5, 0.25], out _);
        Assert.Equal(ExampleStatus.NotFlipped, example.Status);
        Assert.Null(example.PathLength);
    }

    [Theory]
    [InlineData(50, 5)]
    [InlineData(100, 30)]
    [InlineData(400, 20)]
    public void Every_flip_is_verified_and_no_perturbation_is_longer_than_its_path(int width, int dimension)
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(width, dimension, seed: width, hasBias: true).ToLibrary();
        NaiveNetwork naive = network.ToNaive();
        LabelledInputs examples = naive.CorrectInputs(30, seed: 2);
        AttackResult result = network.Attack(new ExactGradientFlowAttack(), examples);
        Assert.DoesNotContain(result.Examples, e => e.Status == ExampleStatus.Unverified);
        AttackedExample[] flipped = [.. result.Examples.Where(e => e.Status == ExampleStatus.Flipped)];
        Assert.True(flipped.Length >= 25);
        foreach (AttackedExample example in flipped)
        {
            double[] end = result.Perturbed(examples, example.Index);
            Assert.Equal(-Math.Sign(example.Score), Math.Sign(naive.Score(end)));
            Assert.Equal(0, naive.Score(end) / example.Score, 1e-4);
            Assert.True(example.PerturbationNorm <= example.PathLength * (1 + 1e-6));
            Assert.True(example.Steps >= 1);
        }

        Assert.True(result.Passes.Forward > flipped.Length);
    }

    [Theory]
    [InlineData(60, 3)]
    [InlineData(150, 10)]
    public void Small_steps_of_a_two_layer_network_converge_to_the_path(int width, int dimension)
    {
        using DeepNetwork network = RegionScenes.Random(seed: width, hasBias: true, dimension, width, 1);
        AssertSmallStepsConverge(network, dimension);
    }

    [Fact]
    public void Small_steps_of_a_deep_network_converge_to_the_path()
    {
        using DeepNetwork network = RegionScenes.Random(seed: 5, hasBias: true, 6, 30, 20, 1);
        AssertSmallStepsConverge(network, 6);
    }

    [Fact]
    public void Margins_of_classes_fall_along_the_path_and_every_flip_is_verified()
    {
        using DeepNetwork network = RegionScenes.Random(seed: 7, hasBias: true, 12, 40, 30, 4);
        NaiveDeepNetwork naive = network.ToNaive();
        double[][] rows = [.. Enumerable.Range(0, 40).Select(seed => RegionScenes.UnitInput(12, seed))];
        rows = [.. rows.Where(x => naive.Margin(x, 1, [0, 2, 3]) > 0)];
        var examples = new LabelledInputs(rows.ToMatrix(), [.. rows.Select(_ => 1)]);
        AttackResult result = new ClassMargin(network, 1).Attack(new ExactGradientFlowAttack(), examples);
        Assert.True(result.Examples.Count(e => e.Status == ExampleStatus.Flipped) >= rows.Length / 2);
        Assert.DoesNotContain(result.Examples, e => e.Status == ExampleStatus.Unverified);
        Assert.All(
            result.Examples.Where(e => e.Status == ExampleStatus.Flipped),
            e => Assert.True(naive.Margin(result.Perturbed(examples, e.Index), 1, [0, 2, 3]) < 0));
    }

    [Fact]
    public void Results_have_the_same_bits_for_every_number_of_threads()
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(200, 20, seed: 1).ToLibrary();
        LabelledInputs examples = network.ToNaive().CorrectInputs(30, seed: 2);
        AttackResult one = network.Attack(new ExactGradientFlowAttack(), examples);
        AttackResult three = network.Attack(new ExactGradientFlowAttack(), examples, new() { Threads = 3 });
        Assert.Equal(one.Perturbations.Data, three.Perturbations.Data);
        Assert.Equal(one.Examples, three.Examples);
        Assert.Equal(one.Passes, three.Passes);
    }

    [Fact]
    public void What_it_cannot_follow_is_said_in_one_sentence()
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(50, 5, seed: 1).ToLibrary();
        LabelledInputs examples = network.ToNaive().CorrectInputs(3, seed: 2);
        Assert.Throws<InvalidParameterException>(() => network.Attack(new ExactGradientFlowAttack { MaximumPieces = 0 }, examples));
        Assert.Throws<InvalidParameterException>(() => new FakeScoreFunction(1, 1, 1, 1, 1).Attack(new ExactGradientFlowAttack(), new(examples.Inputs, [1, 1, 1])));
        using TwoLayerNetwork drawn = Initialization.DrawPanelByPanel(50, 5, InitializationKind.Standard, bias: false, seed: 1);
        Assert.Throws<InvalidParameterException>(() => drawn.Attack(new ExactGradientFlowAttack(), examples));
        Classification classification = Classification.Of(network, examples, AttackScenes.OneThread);
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new ExactGradientFlowAttack().Search(classification.AttackInputs(network), new() { Cancellation = new(canceled: true) }));
    }

    [Fact]
    public void Its_name_shows_its_configuration() =>
        Assert.Equal("exact-gradient-flow (at most 7 pieces)", new ExactGradientFlowAttack { MaximumPieces = 7 }.ToString());

    /// <summary>Attacks one input of a network of two inputs, whose rows end with their biases.</summary>
    private static AttackedExample Follow(double[][] weights, double[] signs, double[] x, out float[] perturbation)
    {
        using TwoLayerNetwork network = new NaiveNetwork(weights, signs, hasBias: true).ToLibrary();
        var examples = new LabelledInputs(new double[][] { x }.ToMatrix(), [1]);
        AttackResult result = network.Attack(new ExactGradientFlowAttack(), examples);
        perturbation = result.Perturbations.Row(0).ToArray();
        return result.Examples[0];
    }

    private static void AssertSmallStepsConverge(DeepNetwork network, int dimension)
    {
        const double Small = 1.0 / 6000;
        int slid = 0;
        int ended = 0;
        for (int seed = 0; seed < 12; seed++)
        {
            var scores = new List<double>();
            double[] end = [];
            var path = new ExactFlowPath(network, new(0, []), 100_000)
            {
                Visited = (point, score) =>
                {
                    scores.Add(score);
                    end = point;
                },
            };
            double[] x = RegionScenes.UnitInput(dimension, seed);
            bool found = path.TryFollow(Array.ConvertAll(x, v => (float)v), new float[dimension], CancellationToken.None);
            Assert.True(scores.Zip(scores.Skip(1)).All(pair => pair.Second <= pair.First + 1e-12), "The score rises.");
            double far = DistanceOfSmallSteps(network, x, end, 20 * Small, out _);
            double near = DistanceOfSmallSteps(network, x, end, Small, out bool crossed);
            if (found && crossed)
            {
                Assert.True(near < (2e-3 * path.Length) + (2 * Small), $"{near} after {path.Length}, {path.MostSliding} sliding");
                Assert.True(near <= far + Small);
                ended++;
                slid += path.MostSliding > 0 ? 1 : 0;
            }
        }

        Assert.True(ended >= 6);
        Assert.True(slid >= 1);
    }

    /// <summary>How far from a point the flow in steps ends, each a part of 1 long.</summary>
    private static double DistanceOfSmallSteps(DeepNetwork network, double[] x, double[] end, double length, out bool crossed)
    {
        var region = new LinearRegion(network);
        double[] gradient = new double[x.Length];
        double[] at = [.. x];
        region.MoveTo(at);
        double sign = Math.Sign(region.Outputs[0]);
        for (int step = 0; step < 6 / length && sign * region.Outputs[0] > 0; step++)
        {
            region.Gradient([1], gradient);
            double norm = Math.Sqrt(gradient.Sum(g => g * g));
            at = NaiveNetwork.Move(at, gradient, norm > 0 ? -sign * length / norm : 0);
            region.MoveTo(at);
        }

        crossed = sign * region.Outputs[0] <= 0;
        return Math.Sqrt(at.Zip(end, (a, b) => (a - b) * (a - b)).Sum());
    }
}
