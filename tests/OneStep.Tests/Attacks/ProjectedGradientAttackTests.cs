using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

public class ProjectedGradientAttackTests
{
    private const double Budget = 0.35;

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void It_finds_what_a_naive_one_finds(bool clip, bool bias)
    {
        (NaiveNetwork naive, TwoLayerNetwork network, LabelledInputs examples) = Scene(bias);
        using (network)
        {
            var attack = new ProjectedGradientAttack { Steps = 7, StepSize = 0.4, Clip = clip };
            PerturbationCandidates found = Search(attack, network, examples);
            var reference = new NaiveProjectedGradient(Budget, 7, 0.4, clip);
            int flipped = 0;
            for (int i = 0; i < examples.Count; i++)
            {
                double[] x = examples.Inputs.ToRows()[i];
                double[] best = reference.Attack(naive, x, examples.Labels[i]).Best;
                double margin = examples.Labels[i] * naive.Score(NaiveProjectedGradient.Add(x, best));

                // Rounding may decide where y f is nearly zero, and there alone.
                if (Math.Abs(margin) > 1e-4)
                {
                    Assert.Equal(margin < 0, found.Crossings[i].Exists);
                    Assert.All(best.Zip(found.Directions.Row(i).ToArray()), pair => Assert.Equal(margin < 0 ? pair.First : 0, pair.Second, 1e-4));
                }

                flipped += found.Crossings[i].Exists ? 1 : 0;
            }

            Assert.InRange(flipped, 3, examples.Count - 3);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_iterate_stays_within_the_budget_and_the_box(bool clip)
    {
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(bias: false);
        using (network)
        using (ScoreWorkspace workspace = network.CreateWorkspace(1))
        {
            var region = new PerturbationRegion(Budget, clip);
            var steps = new ProjectedGradientSteps(examples.Count, network.InputDimension, threads: 1);
            int[] rows = [.. Enumerable.Range(0, examples.Count)];
            steps.StartInBall(examples.Inputs, region, new(3, OneStep.Numerics.Randomness.RandomPurpose.ProjectedGradientStarts), rows, 0);
            for (int step = 0; step < 12; step++)
            {
                for (int i = 0; i < examples.Count; i++)
                {
                    Assert.True(Vectors.Norm(steps.Perturbations.Row(i)) <= Budget);
                    for (int k = 0; k < network.InputDimension && clip; k++)
                    {
                        Assert.InRange((double)examples.Inputs[i, k] + steps.Perturbations[i, k], 0, 1);
                    }
                }

                steps.Evaluate(network, gradients: true, workspace, CancellationToken.None);
                steps.Step(examples.Inputs, examples.Labels, region, 0.2 * Budget, CancellationToken.None);
            }
        }
    }

    [Fact]
    public void Random_starts_fill_the_ball_evenly()
    {
        const int Count = 4000;
        const int Dimension = 3;
        var steps = new ProjectedGradientSteps(Count, Dimension, threads: 1);
        var region = new PerturbationRegion(2, Clip: false);
        int[] rows = [.. Enumerable.Range(0, Count)];
        steps.StartInBall(new(Count, Dimension), region, new(1, OneStep.Numerics.Randomness.RandomPurpose.ProjectedGradientStarts), rows, 0);

        // The share within radius r of the ball of radius R is (r/R)^d.
        int inner = rows.Count(i => Vectors.Norm(steps.Perturbations.Row(i)) < 2 * Math.Pow(0.5, 1.0 / Dimension));
        Assert.InRange(inner, (Count / 2) - 100, (Count / 2) + 100);
        Assert.InRange(steps.Perturbations.Data.Average(), -0.05, 0.05);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 2)]
    public void A_batch_is_attacked_as_each_input_on_its_own_by_any_number_of_threads(bool randomStart, int restarts)
    {
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(bias: true);
        using (network)
        {
            var attack = new ProjectedGradientAttack { Steps = 4, RandomStart = randomStart, Restarts = restarts, Seed = 5 };
            PerturbationCandidates together = Search(attack, network, examples);
            foreach (int threads in (int[])[2, 3])
            {
                PerturbationCandidates again = Search(attack, network, examples, threads);
                Assert.Equal(together.Directions.Data, again.Directions.Data);
                Assert.Equal(together.Crossings, again.Crossings);
            }

            // Starts depend on the position, so only the first input draws the same ones on its own.
            PerturbationCandidates alone = Search(attack, network, examples.Take(1));
            Assert.Equal(together.Directions.Row(0).ToArray(), alone.Directions.Row(0).ToArray());
        }
    }

    [Fact]
    public void Random_starts_do_not_depend_on_which_other_inputs_are_misclassified()
    {
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(bias: true);
        using (network)
        {
            var attack = new ProjectedGradientAttack { Steps = 1, StepSize = 0.1, RandomStart = true, Seed = 5 };
            int[] labels = [.. examples.Labels.Select((label, i) => i % 3 == 0 ? -label : label)];
            PerturbationCandidates all = Search(attack, network, examples);
            PerturbationCandidates some = Search(attack, network, examples with { Labels = labels });
            int[] kept = [.. Enumerable.Range(0, examples.Count).Where(i => i % 3 != 0)];
            Assert.Equal(all.Directions.SelectRows(kept).Data, some.Directions.Data);
            Assert.Contains(some.Crossings, crossing => crossing.Exists);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Steps_on_several_threads_have_the_bits_of_one(bool clip)
    {
        const int Count = 100;
        const int Dimension = 700;
        var random = new Random(7);
        var inputs = new Matrix<float>(Count, Dimension, [.. Enumerable.Range(0, Count * Dimension).Select(k => k % 3 == 0 ? 0 : random.NextSingle())]);
        float[] gradients = [.. inputs.Data.Select(_ => random.NextSingle() - 0.5f)];
        int[] labels = [.. Enumerable.Range(0, Count).Select(i => i % 2 == 0 ? 1 : -1)];
        float[] one = Stepped(threads: 1);
        Assert.All((int[])[2, 3, 5], threads => Assert.Equal(one, Stepped(threads)));

        float[] Stepped(int threads)
        {
            var steps = new ProjectedGradientSteps(Count, Dimension, threads);
            steps.StartAtInputs(inputs);
            gradients.CopyTo(steps.Gradients.Data, 0);
            for (int step = 0; step < 3; step++)
            {
                steps.Step(inputs, labels, new PerturbationRegion(1, clip), length: 0.7, CancellationToken.None);
            }

            return [.. steps.Perturbations.Data, .. steps.Points.Data];
        }
    }

    [Fact]
    public void A_step_that_is_cancelled_ends()
    {
        var steps = new ProjectedGradientSteps(3, 2, threads: 1);
        Assert.Throws<OperationCanceledException>(
            () => steps.Step(new(3, 2), [1, 1, 1], new PerturbationRegion(1, Clip: true), length: 1, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Each_input_alone_gives_the_bits_of_the_batch()
    {
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(bias: false);
        using (network)
        {
            PerturbationCandidates together = Search(new ProjectedGradientAttack { Steps = 4 }, network, examples);
            for (int i = 0; i < examples.Count; i++)
            {
                var one = new LabelledInputs(examples.Inputs.RowRange(i, 1), [examples.Labels[i]]);
                Assert.Equal(together.Directions.Row(i).ToArray(), Search(new ProjectedGradientAttack { Steps = 4 }, network, one).Directions.Row(0).ToArray());
            }
        }
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(1e-44f)]
    public void Where_the_gradient_vanishes_the_step_is_left_out(float gradient)
    {
        var function = new FakeScoreFunction(gradient, 0);
        var inputs = new Matrix<float>(1, 2, [1, 0]);
        var steps = new ProjectedGradientSteps(1, 2, threads: 1);
        steps.StartAtInputs(inputs);
        using ScoreWorkspace workspace = function.CreateWorkspace(1);
        steps.Evaluate(function, gradients: true, workspace, CancellationToken.None);
        steps.Step(inputs, [1], new PerturbationRegion(1, Clip: false), length: 1, CancellationToken.None);
        Assert.Equal([0, 0], steps.Perturbations.Data);
        Assert.Equal([1, 0], steps.Points.Data);
    }

    [Fact]
    public void Restarts_never_lose_a_flip()
    {
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(bias: false);
        using (network)
        {
            var attack = new ProjectedGradientAttack { Steps = 2, StepSize = 0.3 };
            RayCrossing[] few = Search(attack, network, examples).Crossings;
            RayCrossing[] many = Search(attack with { Restarts = 5 }, network, examples).Crossings;
            Assert.All(few.Zip(many), pair => Assert.True(!pair.First.Exists || pair.Second.Exists));
            Assert.True(many.Count(c => c.Exists) >= few.Count(c => c.Exists));
        }
    }

    [Theory]
    [InlineData(0, 0, 1.0, "steps")]
    [InlineData(1, -1, 1.0, "restarts")]
    [InlineData(1, 0, 0.0, "step-size")]
    [InlineData(1, 0, double.NaN, "step-size")]
    [InlineData(1, 0, 1e7, "step-size")]
    public void Wrong_values_are_named(int steps, int restarts, double stepSize, string parameter)
    {
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(bias: false);
        using (network)
        {
            var attack = new ProjectedGradientAttack { Steps = steps, Restarts = restarts, StepSize = stepSize };
            Assert.Equal(parameter, Assert.Throws<InvalidParameterException>(() => Search(attack, network, examples)).Parameter);
        }
    }

    [Fact]
    public void Its_text_shows_the_configuration()
    {
        Assert.Equal("pgd (steps 20, step size 0.125 ε, plain start, restarts 0)", $"{new ProjectedGradientAttack()}");
        Assert.Equal(
            "pgd (steps 5, step size 0.3 ε, random start, restarts 2, clipped, seed 9)",
            $"{new ProjectedGradientAttack { Steps = 5, StepSize = 0.3, RandomStart = true, Restarts = 2, Clip = true, Seed = 9 }}");
    }

    [Fact]
    public void The_single_step_within_a_budget_flips_what_the_single_step_flips_with_less()
    {
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(bias: false);
        using (network)
        {
            Classification classification = Classification.Of(network, examples, AttackScenes.OneThread);
            AttackResult free = AttackRunner.Run(new OneStepAttack(), network, classification, AttackScenes.OneThread);
            double median = free.Norms().Order().ElementAt(examples.Count / 2);
            AttackResult within = AttackRunner.Run(new OneStepWithinBudget(), median, network, classification, AttackScenes.OneThread);
            foreach ((AttackedExample one, AttackedExample other) in free.Examples.Zip(within.Examples))
            {
                bool fits = one.PerturbationNorm < median * (1 - 1e-5);
                Assert.Equal(fits ? ExampleStatus.Flipped : ExampleStatus.NotFlipped, fits || one.PerturbationNorm > median * (1 + 1e-5) ? other.Status : ExampleStatus.NotFlipped);
                Assert.True(!(other.PerturbationNorm > median * (1 + 1e-6)));
            }
        }
    }

    [Fact]
    public void An_attack_that_breaks_its_budget_is_found_out()
    {
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(bias: false);
        using (network)
        {
            Classification classification = Classification.Of(network, examples, AttackScenes.OneThread);
            InvalidOperationException exception = Assert.Throws<InvalidOperationException>(
                () => AttackRunner.Run(new Cheat(), Budget, network, classification, AttackScenes.OneThread));
            Assert.Contains("cheat within 0.35", exception.Message, StringComparison.Ordinal);
        }
    }

    // Points of the box, so that clipping makes sense; some coordinates at its edge.
    private static (NaiveNetwork Naive, TwoLayerNetwork Network, LabelledInputs Examples) Scene(bool bias)
    {
        TwoLayerNetwork network = NaiveNetwork.Random(37, 8, seed: 11, bias).ToLibrary();
        NaiveNetwork naive = network.ToNaive();
        var random = new Random(2);
        double[][] inputs = [.. Enumerable.Range(0, 30).Select(_ =>
            Enumerable.Range(0, 8).Select(k => k % 4 == 0 ? 0.0 : (float)random.NextDouble()).ToArray())];
        return (naive, network, new(inputs.ToMatrix(), [.. inputs.Select(x => Math.Sign(naive.Score(x)))]));
    }

    private static PerturbationCandidates Search(ProjectedGradientAttack attack, TwoLayerNetwork network, LabelledInputs examples, int threads = 1)
    {
        var execution = new AttackExecution { Threads = threads };
        return attack.Search(Classification.Of(network, examples, execution).AttackInputs(network), Budget, execution);
    }

    private sealed class Cheat : IFixedBudgetAttack
    {
        public string Name => "cheat";

        public PerturbationCandidates Search(AttackInputs inputs, IReadOnlyList<double> budgets, AttackExecution execution) =>
            new(inputs.Gradients, [.. inputs.Scores.Select(_ => new RayCrossing(10, 0))]);

        public override string ToString() => Name;
    }
}
