using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

/// <summary>The single step beside brute force, in float64 and one neuron at a time.</summary>
public class OneStepAttackTests
{
    [Theory]
    [InlineData(20, 3, true)]
    [InlineData(50, 5, false)]
    [InlineData(300, 30, false)]
    [InlineData(300, 30, true)]
    [InlineData(1000, 100, false)]
    public void Every_perturbation_is_the_first_sign_change_along_the_gradient(int width, int dimension, bool bias)
    {
        (NaiveNetwork naive, LabelledInputs examples, AttackResult result) = AttackRandom(width, dimension, bias);
        int flipped = 0;
        foreach (AttackedExample example in result.Examples.Where(e => e.Status != ExampleStatus.NoLabel))
        {
            double[] x = result.Perturbed(examples, example.Index, 0);
            NaiveCrossing? expected = BruteForceRay.FirstSignChange(naive, x, naive.StepDirection(x));
            Assert.Equal(expected is null ? ExampleStatus.NotFlipped : ExampleStatus.Flipped, example.Status);
            if (expected is { } crossing)
            {
                flipped++;

                // The relative enlargement for verification is at most about 10^-6; the rest is the float32 of the search.
                Assert.Equal(1, example.PerturbationNorm!.Value / crossing.Length, 1e-5);
            }
        }

        Assert.True(flipped > 10);
    }

    [Theory]
    [InlineData(50, 5, false)]
    [InlineData(300, 30, true)]
    [InlineData(1000, 100, false)]
    public void The_stored_perturbation_flips_in_float64_and_a_thousandth_less_does_not(int width, int dimension, bool bias)
    {
        (NaiveNetwork naive, LabelledInputs examples, AttackResult result) = AttackRandom(width, dimension, bias);
        foreach (AttackedExample example in result.Examples.Where(e => e.Status == ExampleStatus.Flipped))
        {
            double after = naive.Score(result.Perturbed(examples, example.Index));
            Assert.Equal(-Math.Sign(example.Score), Math.Sign(after));
            Assert.Equal(after, example.AdversarialScore!.Value, 1e-12);
            Assert.Equal(naive.Score(result.Perturbed(examples, example.Index, 0)), example.Score, 1e-12);
            Assert.Equal(Math.Sign(example.Score), Math.Sign(naive.Score(result.Perturbed(examples, example.Index, 0.999))));

            // Rays that graze the boundary cross it as far as rounding δ to float32 says: a few millionths of their length.
            Assert.Equal(Math.Sign(example.Score), Math.Sign(naive.Score(result.Perturbed(examples, example.Index, 1 - 2e-5))));
        }
    }

    [Fact]
    public void A_score_that_falls_to_zero_and_stays_there_is_never_a_flip()
    {
        // With positive signs alone f is never below zero; rounding may see a crossing where f touches zero.
        NaiveNetwork random = NaiveNetwork.Random(7, 3, seed: 8);
        using TwoLayerNetwork network = new NaiveNetwork(random.Weights, [.. random.Signs.Select(_ => 1.0)]).ToLibrary();
        AttackResult result = network.AttackOnce(network.ToNaive().CorrectInputs(200, seed: 9));
        Assert.All(result.Examples, example =>
            Assert.Contains(example.Status, (ExampleStatus[])[ExampleStatus.NotFlipped, ExampleStatus.Unverified, ExampleStatus.NoLabel]));
    }

    [Fact]
    public void Results_have_the_same_bits_for_every_number_of_threads()
    {
        NaiveNetwork naive = Rounded(2000, 40, seed: 3, bias: false);
        using TwoLayerNetwork network = naive.ToLibrary();
        LabelledInputs examples = naive.CorrectInputs(600, seed: 4);
        AttackResult one = network.AttackOnce(examples);
        foreach (int threads in (int[])[2, 3])
        {
            AttackResult more = network.AttackOnce(examples, new() { Threads = threads });
            Assert.Equal(one.Perturbations.Data, more.Perturbations.Data);
            Assert.Equal(one.Examples, more.Examples);
        }
    }

    [Fact]
    public void What_becomes_of_an_input_does_not_depend_on_its_neighbours()
    {
        NaiveNetwork naive = Rounded(400, 20, seed: 5, bias: false);
        using TwoLayerNetwork network = naive.ToLibrary();
        LabelledInputs examples = naive.CorrectInputs(130, seed: 6);
        AttackResult together = network.AttackOnce(examples);
        AttackResult alone = network.AttackOnce(new(examples.Inputs.RowRange(127, 1), [examples.Labels[127]]));
        Assert.Equal(together.Examples[127], alone.Examples[0] with { Index = 127 });
        Assert.Equal(together.Perturbations.Row(127).ToArray(), alone.Perturbations.Data);
    }

    [Fact]
    public void Progress_counts_every_stage_to_its_end()
    {
        NaiveNetwork naive = Rounded(40, 5, seed: 5, bias: false);
        using TwoLayerNetwork network = naive.ToLibrary();
        var told = new List<AttackProgress>();
        AttackResult result = network.AttackOnce(
            naive.CorrectInputs(1000, seed: 6), new() { Threads = 2, Progress = new SynchronousProgress<AttackProgress>(told.Add) });
        int attackable = result.Examples.Count(e => e.Status != ExampleStatus.NoLabel);
        Assert.Equal(["classify", "one-step", "verify"], told.Select(t => t.Stage).Distinct());
        int[] classified = [.. told.Where(t => t.Stage == "classify").Select(t => t.Finished)];
        Assert.Equal(classified.Distinct().Order(), classified);
        Assert.True(classified.Length > 5);
        Assert.Equal(1000, classified[^1]);
        Assert.Equal(new AttackProgress("one-step", attackable, attackable), told.Last(t => t.Stage == "one-step"));
        int[] verified = [.. told.Where(t => t.Stage == "verify").Select(t => t.Finished)];
        Assert.Equal(verified.Order(), verified);
        Assert.Equal(attackable, verified[^1]);
    }

    [Fact]
    public void Cancelling_from_progress_ends_the_attack()
    {
        NaiveNetwork naive = Rounded(40, 5, seed: 5, bias: false);
        using TwoLayerNetwork network = naive.ToLibrary();
        using var source = new CancellationTokenSource();
        var execution = new AttackExecution
        {
            Threads = 1,
            Cancellation = source.Token,
            Progress = new SynchronousProgress<AttackProgress>(_ => source.Cancel()),
        };
        Assert.ThrowsAny<OperationCanceledException>(() => network.AttackOnce(naive.CorrectInputs(1000, seed: 6), execution));
    }

    private static (NaiveNetwork Naive, LabelledInputs Examples, AttackResult Result) AttackRandom(int width, int dimension, bool bias)
    {
        NaiveNetwork naive = Rounded(width, dimension, seed: width + dimension, bias);
        using TwoLayerNetwork network = naive.ToLibrary();
        LabelledInputs examples = naive.CorrectInputs(60, seed: 9);
        return (naive, examples, network.AttackOnce(examples));
    }

    private static NaiveNetwork Rounded(int width, int dimension, int seed, bool bias)
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(width, dimension, seed, bias).ToLibrary();
        return network.ToNaive();
    }
}
