using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

/// <summary>Each attack of the field beside its published update rule, written down again in float64.</summary>
public class FieldAttackTests
{
    // What single precision can decide otherwise, and how far it may be off where it decides alike.
    private const double Uncertain = 1e-5;
    private const double Rounding = 1e-4;

    [Theory]
    [InlineData(0.02, 50)]
    [InlineData(0.3, 50)]
    [InlineData(0.001, 2)]
    public void DeepFool_steps_to_the_zero_of_the_linearisation(double overshoot, int maximumSteps) =>
        AssertFinds(
            new DeepFoolAttack { Overshoot = overshoot, MaximumSteps = maximumSteps },
            (naive, x) => naive.DeepFool(x, overshoot, maximumSteps));

    [Theory]
    [InlineData(30, 0.05, 1)]
    [InlineData(15, 0.2, 0.1)]
    public void Ddn_shrinks_and_grows_the_length_apart_from_the_direction(int steps, double change, double initialNorm) =>
        AssertFinds(
            new DecoupledDirectionNormAttack { Steps = steps, NormChange = change, InitialNorm = initialNorm },
            (naive, x) => naive.DecoupledDirectionNorm(x, steps, change, initialNorm, 1, 0.01));

    [Theory]
    [InlineData(30, 1, 0.05)]
    [InlineData(15, 0.3, 0.2)]
    public void Fmn_estimates_the_radius_and_then_lets_it_shrink_and_grow(int steps, double stepSize, double change) =>
        AssertFinds(
            new FastMinimumNormAttack { Steps = steps, InitialStepSize = stepSize, InitialNormChange = change },
            (naive, x) => naive.FastMinimumNorm(x, steps, stepSize, 0.01, change, 0.001));

    [Theory]
    [InlineData(0.02, 1000)]
    [InlineData(0.3, 1000)]
    [InlineData(0.1, 11)]
    public void Gradient_flow_follows_the_gradient_until_the_boundary(double part, int maximumSteps)
    {
        AssertFinds(new GradientFlowAttack { StepLength = part, MaximumSteps = maximumSteps }, (naive, x) => naive.GradientFlow(x, part, maximumSteps)?.Delta);
        (NaiveNetwork network, LabelledInputs examples) = Scene();
        using TwoLayerNetwork library = network.ToLibrary();
        var naive = new NaiveFieldAttacks(network);
        foreach (AttackedExample example in library.Attack(new GradientFlowAttack { StepLength = part, MaximumSteps = maximumSteps }, examples).Examples)
        {
            var expected = naive.GradientFlow(examples.Inputs.ToRows()[example.Index], part, maximumSteps);
            if (naive.Certainty > Uncertain)
            {
                Assert.Equal(expected?.Steps, example.Steps);
                Assert.Equal(expected?.PathLength ?? 0, example.PathLength ?? 0, Rounding);
                Assert.True(example.PathLength is null || example.PathLength >= example.PerturbationNorm - Uncertain);
            }
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Projected_gradient_in_the_largest_change_steps_along_signs(bool clip)
    {
        (NaiveNetwork network, LabelledInputs examples) = Scene();
        using TwoLayerNetwork library = network.ToLibrary();
        var naive = new NaiveFieldAttacks(network);
        var attack = new ProjectedGradientAttack { Norm = NormKind.LInfinity, Steps = 7, StepSize = 0.4, Clip = clip };
        Classification classification = Classification.Of(library, examples, AttackScenes.OneThread);
        PerturbationCandidates found = attack.Search(classification.AttackInputs(library), 0.15, AttackScenes.OneThread);
        int compared = 0;
        for (int i = 0; i < examples.Count; i++)
        {
            double[] x = examples.Inputs.ToRows()[i];
            double[] expected = naive.ProjectedSigns(x, 0.15, 7, 0.4, clip);
            if (naive.Certainty > Uncertain)
            {
                bool flips = examples.Labels[i] * network.Score(NaiveProjectedGradient.Add(x, expected)) < 0;
                Assert.Equal(flips, found.Crossings[i].Exists);
                Assert.All(expected.Zip(found.Directions.Row(i).ToArray()), pair => Assert.Equal(flips ? pair.First : 0, pair.Second, Rounding));
                compared += flips ? 1 : 0;
            }
        }

        Assert.True(compared >= 5);
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0 / 3)]
    public void No_stored_change_is_larger_than_its_budget(double budget)
    {
        (_, LabelledInputs examples) = Scene();
        using TwoLayerNetwork network = NaiveNetwork.Random(23, 8, seed: 11, hasBias: true).ToLibrary();
        Classification classification = Classification.Of(network, examples, AttackScenes.OneThread);
        foreach (bool clip in (bool[])[false, true])
        {
            var attack = new ProjectedGradientAttack { Norm = NormKind.LInfinity, RandomStart = true, Restarts = 2, Clip = clip };
            AttackResult result = AttackRunner.Run(attack, budget, network, classification, AttackScenes.OneThread);
            Assert.Contains(result.Examples, example => example.Status == ExampleStatus.Flipped);
            Assert.All(result.Examples, example => Assert.False(example.MaximumChange > budget));
            Assert.All(result.Perturbations.Data, v => Assert.True(Math.Abs((double)v) <= budget));
        }
    }

    [Fact]
    public void Starts_in_the_largest_change_fill_the_cube_evenly_and_within_it()
    {
        const int Count = 3000;
        var steps = new ProjectedGradientSteps(Count, 3, threads: 1);
        var region = new PerturbationRegion(0.3, Clip: false, NormKind.LInfinity);
        int[] rows = [.. Enumerable.Range(0, Count)];
        steps.StartInBall(new(Count, 3), region, new(1, OneStep.Numerics.Randomness.RandomPurpose.ProjectedGradientStarts), rows, 0);
        Assert.All(steps.Perturbations.Data, v => Assert.True(Math.Abs((double)v) <= 0.3));
        Assert.InRange(steps.Perturbations.Data.Average(), -0.01, 0.01);
        Assert.InRange(steps.Perturbations.Data.Average(v => (double)v * v) / (0.3 * 0.3 / 3), 0.95, 1.05);
        Assert.InRange(steps.Perturbations.Data.Max(), 0.299, 0.3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_fast_gradient_sign_flips_from_its_smallest_budget_on(bool clip)
    {
        (NaiveNetwork network, LabelledInputs examples) = Scene();
        using TwoLayerNetwork library = network.ToLibrary();
        AttackResult smallest = library.Attack(new MinimalFastGradientSign(), examples);
        Assert.Equal(NormKind.LInfinity, smallest.Norm);
        Classification classification = Classification.Of(library, examples, AttackScenes.OneThread);
        foreach (AttackedExample example in smallest.Examples.Where(e => e.Status == ExampleStatus.Flipped))
        {
            double least = example.MaximumChange!.Value;
            double[] x = examples.Inputs.ToRows()[example.Index];
            double[] signs = [.. network.Gradient(x).Select(g => -examples.Labels[example.Index] * (double)Math.Sign(g))];
            foreach (double part in (double[])[0.2, 0.7, 0.999])
            {
                Assert.True(examples.Labels[example.Index] * network.Score(NaiveNetwork.Move(x, signs, part * least)) > -1e-9);
            }

            AttackResult within = AttackRunner.Run(new FastGradientSignAttack { Clip = clip }, 1.001 * least, library, classification, AttackScenes.OneThread);
            AttackedExample one = within.Examples[example.Index];
            Assert.True(clip || one.Status == ExampleStatus.Flipped);
            Assert.True(!(one.MaximumChange > 1.001 * least));
            for (int k = 0; k < x.Length && clip; k++)
            {
                Assert.InRange(x[k] + within.Perturbations[example.Index, k], 0, 1);
            }
        }

        Assert.True(smallest.Examples.Count(e => e.Status == ExampleStatus.Flipped) >= 10);
    }

    private static void AssertFinds(IMinimumNormAttack attack, Func<NaiveFieldAttacks, double[], double[]?> reference)
    {
        (NaiveNetwork network, LabelledInputs examples) = Scene();
        using TwoLayerNetwork library = network.ToLibrary();
        AttackResult result = library.Attack(attack, examples);
        var naive = new NaiveFieldAttacks(network);
        int compared = 0;
        foreach (AttackedExample example in result.Examples)
        {
            double[]? expected = reference(naive, examples.Inputs.ToRows()[example.Index]);
            if (naive.Certainty > Uncertain)
            {
                Assert.Equal(expected is null ? ExampleStatus.NotFlipped : ExampleStatus.Flipped, example.Status);
                float[] found = result.Perturbations.Row(example.Index).ToArray();
                Assert.Equal(NaiveProjectedGradient.Norm(expected ?? [0]), example.PerturbationNorm ?? 0, Rounding);
                Assert.All(naive.NearestTie < Uncertain ? [] : found.Select((v, k) => (v, expected?[k] ?? 0)), pair => Assert.Equal(pair.Item2, pair.v, Rounding));
                compared += expected is null ? 0 : 1;
            }
        }

        Assert.True(compared >= 5, $"{compared} compared");
    }

    // Points of the box, so that clipping makes sense.
    private static (NaiveNetwork Network, LabelledInputs Examples) Scene()
    {
        using TwoLayerNetwork library = NaiveNetwork.Random(23, 8, seed: 11, hasBias: true).ToLibrary();
        NaiveNetwork network = library.ToNaive();
        var random = new Random(2);
        double[][] inputs = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, 8).Select(_ => (double)random.NextSingle()).ToArray())];
        return (network, new(inputs.ToMatrix(), [.. inputs.Select(x => Math.Sign(network.Score(x)))]));
    }
}
