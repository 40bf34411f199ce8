using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

/// <summary>Only float64 decides what is a flip: nothing a search claims is believed.</summary>
public class FlipVerifierTests
{
    private static readonly LabelledInputs OneInput = new(new(1, 2, [1, 1]), [1]);

    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.5, -1e6)]
    [InlineData(0.999, -1e4)]
    [InlineData(0.5, 3)]
    public void A_crossing_that_comes_too_soon_is_unverified(double part, double slope)
    {
        var function = new FakeScoreFunction(2, 1) { Crossing = (_, crossing) => new(part * crossing.Length, slope) };
        AttackedExample example = Assert.Single(function.AttackOnce(OneInput).Examples);
        Assert.Equal(ExampleStatus.Unverified, example.Status);
        Assert.True(example.AdversarialScore > 0);
        Assert.NotNull(example.PerturbationNorm);
    }

    [Fact]
    public void Whatever_a_search_claims_only_true_flips_count()
    {
        var random = new Random(1);
        LabelledInputs examples = Many(random, 300);
        var function = new FakeScoreFunction(2, 1)
        {
            Crossing = (_, crossing) => new(
                crossing.Length * Math.Pow(10, (4 * random.NextDouble()) - 2), crossing.Slope * Math.Pow(10, (8 * random.NextDouble()) - 4) * (random.Next(5) - 1)),
        };
        AttackResult result = function.AttackOnce(examples);
        foreach (AttackedExample example in result.Examples)
        {
            double after = function.TrueScore(result.Perturbed(examples, example.Index));
            Assert.Equal(example.Status == ExampleStatus.Flipped, after * example.Label < 0);
            Assert.Equal(Vectors.Norm(result.Perturbations.Row(example.Index)), example.PerturbationNorm);
        }

        Assert.Contains(result.Examples, e => e.Status == ExampleStatus.Flipped);
        Assert.Contains(result.Examples, e => e.Status == ExampleStatus.Unverified);
    }

    [Theory]
    [InlineData(1 - 1e-5)]
    [InlineData(1 + 1e-5)]
    public void An_error_of_single_precision_is_corrected(double part)
    {
        LabelledInputs examples = Many(new Random(2), 100);
        var function = new FakeScoreFunction(2, 1) { Crossing = (_, crossing) => crossing with { Length = part * crossing.Length } };
        Assert.All(function.AttackOnce(examples).Examples, example =>
        {
            Assert.Equal(ExampleStatus.Flipped, example.Status);
            Assert.InRange(example.PerturbationNorm!.Value / (Math.Abs(example.Score) / Math.Sqrt(5)), 1, 1 + 1e-6);
        });
    }

    [Theory]
    [InlineData(1e-2, ExampleStatus.Flipped)]
    [InlineData(1e-4, ExampleStatus.Flipped)]
    [InlineData(1e-6, ExampleStatus.Unverified)]
    public void A_flip_goes_as_far_beyond_the_boundary_as_its_proof_needs_and_no_farther(double score, ExampleStatus status)
    {
        // A rounding error of 10^-9, as of a very wide network: 2E/|f| is 2·10^-7, 2·10^-5 and 2·10^-3.
        var function = new FakeScoreFunction(2, 1) { Exact = exact => exact with { ErrorBound = 1e-9 } };
        AttackedExample example = Assert.Single(function.AttackOnce(new(new(1, 2, [0, (float)score]), [1])).Examples);
        Assert.Equal(status, example.Status);
        if (status == ExampleStatus.Flipped)
        {
            Assert.InRange(example.AdversarialScore!.Value, -2e-9 - (1e-6 * score), -1e-9);
            Assert.InRange(example.PerturbationNorm!.Value / (example.Score / Math.Sqrt(5)), 1, 1 + 1e-6 + (2e-9 / score));
        }
    }

    [Theory]
    [InlineData(1 - 1e-5, 1)]
    [InlineData(1 - 5e-4, 1)]
    [InlineData(1 + 1e-5, 1 + 1e-5)]
    [InlineData(1.3, 1.3)]
    [InlineData(0.99, 0.99 * 1.001)]
    public void What_may_only_be_lengthened_is_moved_to_a_near_boundary_or_left_as_it_is(double part, double expected)
    {
        var function = new FakeScoreFunction(2, 1);
        LabelledInputs examples = Many(new Random(2), 100);
        Assert.All(function.Attack(new Whole(part), examples).Examples, example =>
        {
            Assert.Equal(expected >= 1 ? ExampleStatus.Flipped : ExampleStatus.Unverified, example.Status);
            Assert.Equal(expected, example.PerturbationNorm!.Value / (Math.Abs(example.Score) / Math.Sqrt(5)), 1e-6);
        });
    }

    [Fact]
    public void A_ray_without_a_crossing_is_not_flipped()
    {
        foreach (double length in (double[])[double.PositiveInfinity, double.NaN])
        {
            var function = new FakeScoreFunction(2, 1) { Crossing = (_, _) => new(length, -1) };
            AttackedExample example = Assert.Single(function.AttackOnce(OneInput).Examples);
            Assert.Equal(ExampleStatus.NotFlipped, example.Status);
        }
    }

    [Fact]
    public void A_score_whose_sign_float64_cannot_tell_or_tells_otherwise_gives_no_label()
    {
        foreach (Func<BoundedScore, BoundedScore> exact in (Func<BoundedScore, BoundedScore>[])[s => s with { ErrorBound = 10 }, s => new(-s.Value, 0)])
        {
            var function = new FakeScoreFunction(2, 1) { Exact = exact };
            AttackResult result = function.AttackOnce(OneInput);
            Assert.Equal(ExampleStatus.NoLabel, Assert.Single(result.Examples).Status);
            Assert.Equal([0, 0], result.Perturbations.Data);
        }
    }

    [Fact]
    public void A_score_near_zero_is_judged_in_float64()
    {
        // Single precision says −10^-4 where the truth is +3.
        var function = new FakeScoreFunction(2, 1) { Score = _ => -1e-4 };
        Classification classification = Classification.Of(function, OneInput, AttackScenes.OneThread);
        Assert.Equal(3, classification.Scores[0]);
        Assert.Equal([0], classification.Attackable);
        Assert.Equal(ExampleStatus.Misclassified, Classification.Of(function, OneInput with { Labels = [-1] }, AttackScenes.OneThread).Statuses[0]);
    }

    [Fact]
    public void On_the_boundary_itself_labels_follow_the_float64_sign()
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(800, 20, seed: 4).ToLibrary();
        NaiveNetwork naive = network.ToNaive();
        LabelledInputs examples = naive.CorrectInputs(60, seed: 5);
        AttackResult flips = network.AttackOnce(examples);
        double[][] boundary = [.. flips.Examples.Where(e => e.Status == ExampleStatus.Flipped).Select(e => flips.Perturbed(examples, e.Index))];
        double[][] stored = boundary.ToMatrix().ToRows();
        Classification classification = Classification.Of(network, new(stored.ToMatrix(), [.. stored.Select(_ => 1)]), AttackScenes.OneThread);
        for (int i = 0; i < stored.Length; i++)
        {
            double score = naive.Score(stored[i]);
            Assert.InRange(Math.Abs(score), 0, 1e-5);
            Assert.Equal(score, classification.Scores[i], 1e-12);
            Assert.Equal(score > 0 ? ExampleStatus.NotFlipped : ExampleStatus.Misclassified, classification.Statuses[i]);
        }
    }

    private static LabelledInputs Many(Random random, int count)
    {
        var inputs = new Matrix<float>(count, 2, [.. Enumerable.Range(0, 2 * count).Select(_ => random.NextSingle() - 0.5f)]);
        return new(inputs, [.. Enumerable.Range(0, count).Select(i => Math.Sign((2 * inputs[i, 0]) + inputs[i, 1]))]);
    }

    /// <summary>The linear step times a factor, as an attack that takes δ for what it is.</summary>
    private sealed class Whole(double part) : IMinimumNormAttack
    {
        public string Name => "whole";

        public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
        {
            PerturbationCandidates step = new OneStepAttack().Search(inputs, execution);
            return step with { Crossings = [.. step.Crossings.Select(c => c with { Length = part * c.Length })], OnlyLengthened = true };
        }
    }
}
