using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

public class BoundaryWalkAttackTests
{
    [Theory]
    [InlineData(5, 2)]
    [InlineData(30, 4)]
    [InlineData(300, 30)]
    [InlineData(1000, 100)]
    public void No_perturbation_is_longer_than_the_single_step_and_all_flip(int width, int dimension)
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(width, dimension, seed: width).ToLibrary();
        NaiveNetwork naive = network.ToNaive();
        LabelledInputs examples = naive.CorrectInputs(50, seed: 2);
        AttackResult oneStep = network.AttackOnce(examples);
        AttackResult walk = network.Attack(new BoundaryWalkAttack { Restarts = 1 }, examples);
        foreach ((AttackedExample step, AttackedExample best) in oneStep.Examples.Zip(walk.Examples).Where(pair => pair.First.Status == ExampleStatus.Flipped))
        {
            Assert.Equal(ExampleStatus.Flipped, best.Status);
            Assert.True(best.PerturbationNorm <= step.PerturbationNorm * (1 + 2e-6));
            Assert.Equal(-Math.Sign(best.Score), Math.Sign(naive.Score(walk.Perturbed(examples, best.Index))));
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(16)]
    public void On_tiny_networks_in_the_plane_restarts_find_the_shortest_perturbation_of_all(int width)
    {
        int compared = 0;
        for (int seed = 0; seed < 5; seed++)
        {
            using TwoLayerNetwork network = NaiveNetwork.Random(width, 2, seed).ToLibrary();
            NaiveNetwork naive = network.ToNaive();
            LabelledInputs examples = naive.CorrectInputs(5, seed + 10);
            AttackResult walk = network.Attack(new BoundaryWalkAttack { Restarts = 20, RestartRadius = 2 }, examples);
            foreach (AttackedExample example in walk.Examples.Where(e => e.Status == ExampleStatus.Flipped))
            {
                double shortest = ShortestInThePlane(naive, walk.Perturbed(examples, example.Index, 0));
                Assert.InRange(example.PerturbationNorm!.Value / shortest, 1 - 1e-4, 1 + 1e-3);
                compared++;
            }
        }

        Assert.True(compared >= 5);
    }

    [Fact]
    public void Results_have_the_same_bits_for_every_number_of_threads()
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(700, 30, seed: 1).ToLibrary();
        LabelledInputs examples = network.ToNaive().CorrectInputs(100, seed: 2);
        var attack = new BoundaryWalkAttack { Restarts = 1, Seed = 3 };
        AttackResult one = network.Attack(attack, examples);
        AttackResult three = network.Attack(attack, examples, new() { Threads = 3 });
        Assert.Equal(one.Perturbations.Data, three.Perturbations.Data);
        Assert.Equal(one.Examples, three.Examples);
    }

    [Fact]
    public void Its_name_shows_its_configuration() =>
        Assert.Equal(
            "boundary-walk (steps 7, restarts 3, restart radius 0.5, seed 9)",
            new BoundaryWalkAttack { Steps = 7, Restarts = 3, RestartRadius = 0.5, Seed = 9 }.ToString());

    [Fact]
    public void More_restarts_never_lengthen_a_perturbation()
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(20, 3, seed: 6).ToLibrary();
        LabelledInputs examples = network.ToNaive().CorrectInputs(40, seed: 7);
        double[] few = network.Attack(new BoundaryWalkAttack(), examples).Norms();
        double[] many = network.Attack(new BoundaryWalkAttack { Restarts = 5 }, examples).Norms();
        Assert.True(many.Length >= few.Length);
        if (many.Length == few.Length)
        {
            Assert.All(few.Zip(many), pair => Assert.True(pair.Second <= pair.First * (1 + 2e-6)));
        }
    }

    // The minimum over directions of the first sign change: a scan of the circle, refined around the best.
    private static double ShortestInThePlane(NaiveNetwork network, double[] x)
    {
        const int Directions = 2000;
        double step = 2 * Math.PI / Directions;
        double y = Math.Sign(network.Score(x));
        double Length(double angle)
        {
            double[] u = [Math.Cos(angle), Math.Sin(angle)];
            double length = BruteForceRay.FirstSignChange(network, x, u)?.Length ?? double.PositiveInfinity;

            // Where f only touches zero, rounding may look like a sign change.
            return y * network.Score(NaiveNetwork.Move(x, u, length * (1 + 1e-6))) < -1e-9 ? length : double.PositiveInfinity;
        }

        double best = Enumerable.Range(0, Directions).Select(i => i * step).MinBy(Length);
        return Enumerable.Range(-100, 201).Min(i => Length(best + (i * step / 100)));
    }
}
