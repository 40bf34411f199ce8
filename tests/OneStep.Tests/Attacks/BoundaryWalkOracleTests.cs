using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Tests.Experiments;
using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Attacks;

/// <summary>How near to optimal one step is on MNIST (docs/mathematics.md §10): one step over best, in the median.</summary>
[Trait("Category", "Oracle")]
public class BoundaryWalkOracleTests
{
    private const int Width = 1000;
    private const int Images = 100;

    [Fact]
    public void At_initialisation_in_dimension_100_one_step_is_longer_by_about_a_hundredth() =>
        Assert.InRange(MeanOfMedians(side: 10, seeds: 10, InitializationKind.Standard, trained: false), 1.003, 1.05);

    [Fact]
    public void At_initialisation_in_dimension_784_one_step_is_longer_by_about_half_a_hundredth() =>
        Assert.InRange(MeanOfMedians(side: 28, seeds: 4, InitializationKind.Standard, trained: false), 1.002, 1.015);

    [Fact]
    public void Trained_in_dimension_784_one_step_is_longer_by_a_few_hundredths() =>
        Assert.InRange(MeanOfMedians(side: 28, seeds: 3, InitializationKind.Standard, trained: true), 1.015, 1.06);

    [Fact]
    public void Trained_from_antisymmetric_initialisation_one_step_is_far_from_optimal()
    {
        // More than half of the length is for nothing; and what is shorter does flip, by the formula in float64.
        using TrainedNetwork trained = Make(side: 28, seed: 0, InitializationKind.Antisymmetric, trained: true);
        LabelledInputs examples = MnistData.SomeTests(28, 40);
        AttackResult oneStep = trained.Network.AttackOnce(examples);
        AttackResult walk = trained.Network.Attack(new BoundaryWalkAttack(), examples);
        NaiveNetwork naive = trained.Network.ToNaive();
        foreach (AttackedExample example in walk.Examples.Where(e => e.Status == ExampleStatus.Flipped))
        {
            Assert.Equal(-example.Label, Math.Sign(naive.Score(walk.Perturbed(examples, example.Index))));
        }

        Assert.True(walk.Norms().Length >= 38);
        Assert.InRange(MedianRatio(oneStep, walk), 1.4, 2.1);
    }

    [Fact]
    public void Neither_more_steps_nor_restarts_shorten_the_best_perturbation_by_a_hundredth()
    {
        foreach (InitializationKind kind in (InitializationKind[])[InitializationKind.Standard, InitializationKind.Antisymmetric])
        {
            using TrainedNetwork trained = Make(side: 14, seed: 1, kind, trained: true);
            LabelledInputs examples = MnistData.SomeTests(14, 60);
            AttackResult usual = trained.Network.Attack(new BoundaryWalkAttack(), examples);
            AttackResult more = trained.Network.Attack(new BoundaryWalkAttack { Steps = 200, Restarts = 3 }, examples);
            Assert.InRange(MedianRatio(usual, more), 1, 1.01);
        }
    }

    private static double MeanOfMedians(int side, int seeds, InitializationKind kind, bool trained)
    {
        LabelledInputs examples = MnistData.SomeTests(side, Images);
        return Enumerable.Range(0, seeds).Average(seed =>
        {
            using TrainedNetwork network = Make(side, (ulong)seed, kind, trained);
            return MedianRatio(network.Network.AttackOnce(examples), network.Network.Attack(new BoundaryWalkAttack(), examples));
        });
    }

    private static TrainedNetwork Make(int side, ulong seed, InitializationKind kind, bool trained)
    {
        TwoLayerNetwork network = Initialization.Draw(Width, side * side, kind, bias: false, seed, threads: 2, CancellationToken.None);
        return trained
            ? new LazyTrainer(new(), seed).Train(network, 10 / Math.Sqrt(Width), MnistData.ZeroVersusOne(side).Train, new() { Threads = 2 })
            : new(network, network.Weights.Clone(), summary: null);
    }

    private static double MedianRatio(AttackResult longer, AttackResult shorter)
    {
        double[] ratios = [.. longer.Examples.Zip(shorter.Examples)
            .Where(pair => pair.First.Status == ExampleStatus.Flipped && pair.Second.Status == ExampleStatus.Flipped)
            .Select(pair => pair.First.PerturbationNorm!.Value / pair.Second.PerturbationNorm!.Value)
            .Order()];
        return ratios[ratios.Length / 2];
    }
}
