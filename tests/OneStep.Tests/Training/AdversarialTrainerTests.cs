using OneStep.Networks;
using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Training;

/// <summary>Adversarial training beside the naive trainer with a naive inner attack.</summary>
public class AdversarialTrainerTests
{
    private const double Radius = 0.2;

    [Theory]
    [InlineData(BallMode.Project, AdversarialRefresh.Minibatch, false, false, false)]
    [InlineData(BallMode.Project, AdversarialRefresh.Minibatch, true, true, false)]
    [InlineData(BallMode.Project, AdversarialRefresh.Minibatch, false, true, true)]
    [InlineData(BallMode.Epoch, AdversarialRefresh.Minibatch, false, false, false)]
    [InlineData(BallMode.Epoch, AdversarialRefresh.Epoch, true, true, true)]
    [InlineData(BallMode.Project, AdversarialRefresh.Epoch, false, false, false)]
    [InlineData(BallMode.Stop, AdversarialRefresh.Minibatch, false, false, false)]
    [InlineData(BallMode.None, AdversarialRefresh.Minibatch, false, false, false)]
    public void Projected_gradient_steps_agree_with_the_naive_trainer(
        BallMode ball, AdversarialRefresh refresh, bool bias, bool clip, bool rescale)
    {
        TrainingProblem problem = Problem(bias);
        var options = new TrainingOptions { Ball = ball, Batch = 7, Epochs = 3, LearningRate = 0.8 };
        var adversary = new AdversarialOptions { Budget = 0.3, Steps = 4, Refresh = refresh, Clip = clip, Rescale = rescale };
        using TrainedNetwork trained = problem.TrainAdversarially(options, adversary, Radius);
        var inner = new NaiveProjectedGradient(0.3, 4, 2.5 / 4, clip);
        NaiveTrainingRun naive = problem.TrainNaively(options, Radius, refresh, (network, x, label) =>
        {
            double[] attacked = NaiveProjectedGradient.Add(x, inner.Attack(network, x, label).Last);
            double factor = rescale ? NaiveProjectedGradient.Norm(x) / NaiveProjectedGradient.Norm(attacked) : 1;
            return [.. attacked.Select(v => factor * v)];
        });
        AssertSame(naive, trained);
        Assert.True(ball == BallMode.None || naive.ReachedBall);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_single_step_agrees_with_the_naive_trainer(bool bias)
    {
        TrainingProblem problem = Problem(bias);
        var options = new TrainingOptions { Ball = BallMode.Project, Batch = 7, Epochs = 3, LearningRate = 0.8 };
        var adversary = new AdversarialOptions { Budget = 0.3, InnerAttack = InnerAttack.OneStep };
        using TrainedNetwork trained = problem.TrainAdversarially(options, adversary, Radius);
        int flips = 0;
        NaiveTrainingRun naive = problem.TrainNaively(options, Radius, AdversarialRefresh.Minibatch, (network, x, label) =>
        {
            double[] gradient = network.Gradient(x);
            double[] direction = [.. gradient.Select(g => -label * g / NaiveProjectedGradient.Norm(gradient))];
            double? crossing = label * network.Score(x) > 0 ? BruteForceRay.FirstSignChange(network, x, direction)?.Length : null;
            flips += crossing < 0.3 ? 1 : 0;
            return NaiveNetwork.Move(x, direction, Math.Min(crossing ?? 0.3, 0.3));
        });
        AssertSame(naive, trained);
        Assert.InRange(flips, 5, 130);
    }

    [Theory]
    [InlineData(InnerAttack.Pgd, AdversarialRefresh.Minibatch, false)]
    [InlineData(InnerAttack.Pgd, AdversarialRefresh.Epoch, true)]
    [InlineData(InnerAttack.OneStep, AdversarialRefresh.Minibatch, false)]
    public void One_two_three_and_five_threads_give_the_same_bits(InnerAttack attack, AdversarialRefresh refresh, bool bias)
    {
        var problem = new TrainingProblem(width: 1500, dimension: 30, count: 150, seed: 3, bias);
        var options = new TrainingOptions { Ball = BallMode.Project, Batch = 64, Epochs = 2, LearningRate = 4 };
        var adversary = new AdversarialOptions { Budget = 0.2, Steps = 3, InnerAttack = attack, Refresh = refresh, RandomStart = true };
        using TrainedNetwork one = problem.TrainAdversarially(options, adversary, 0.05);
        Assert.True(one.Summary!.ReachedBall);
        foreach (int threads in (int[])[2, 3, 5])
        {
            using TrainedNetwork more = problem.TrainAdversarially(options, adversary, 0.05, threads);
            Assert.Equal(one.Network.Weights.ToRows(), more.Network.Weights.ToRows());
            Assert.Equal(one.Summary.Trace, more.Summary!.Trace);
        }
    }

    [Fact]
    public void The_network_ends_in_the_ball_with_a_lower_loss_under_attack_than_a_plainly_trained_one()
    {
        var problem = new TrainingProblem(width: 300, dimension: 10, count: 200, seed: 8);
        var options = new TrainingOptions { Ball = BallMode.Project, Batch = 20, Epochs = 30 };
        using TrainedNetwork plain = problem.Train(options, radius: 0.4);
        using TrainedNetwork robust = problem.TrainAdversarially(options, new() { Budget = 0.3 }, radius: 0.4);
        Assert.True(new LazyBall(robust.InitialWeights, 0.4).Contains(robust.Network.Weights));
        double lossOfPlain = LossUnderAttack(plain.Network);
        double lossOfRobust = LossUnderAttack(robust.Network);
        Assert.True(lossOfRobust < 0.9 * lossOfPlain, $"{lossOfRobust} {lossOfPlain}");

        double LossUnderAttack(TwoLayerNetwork network)
        {
            NaiveNetwork naive = network.ToNaive();
            var attack = new NaiveProjectedGradient(0.3, 10, 0.25);
            return problem.Examples.Inputs.ToRows()
                .Select((x, i) => naive.Loss(NaiveProjectedGradient.Add(x, attack.Attack(naive, x, problem.Examples.Labels[i]).Last), problem.Examples.Labels[i]))
                .Average();
        }
    }

    [Fact]
    public void Without_a_ball_the_deviation_grows_beyond_it_and_is_reported()
    {
        TrainingProblem problem = Problem(bias: false);
        var options = new TrainingOptions { Ball = BallMode.None, Batch = 7, Epochs = 6, LearningRate = 0.8 };
        using TrainedNetwork trained = problem.Train(options, Radius);
        NaiveTrainingRun naive = problem.TrainNaively(options, Radius);
        AssertSame(naive, trained);
        Assert.Equal(NaiveTrainer.Deviation(naive.Network, problem.Initial), trained.Summary!.Deviation, 1e-5);
        Assert.True(trained.Summary.Deviation > Radius);
        Assert.True(trained.Summary.ReachedBall);
    }

    [Fact]
    public void The_watch_sees_the_network_before_and_after_each_projection_and_ends_training()
    {
        TrainingProblem problem = Problem(bias: false);
        var options = new TrainingOptions { Ball = BallMode.Epoch, Batch = 7, Epochs = 60, LearningRate = 0.8 };
        var adversary = new AdversarialOptions { Budget = 0.2, Steps = 4, Patience = 3 };
        using TrainedNetwork trained = problem.TrainAdversarially(options, adversary, radius: 0.05);
        RobustPoint[] points = [.. trained.Summary!.RobustTrace];
        int batches = (problem.Examples.Count + 6) / 7;
        Assert.Equal(Enumerable.Range(1, points.Length), points.Select(point => point.Epoch));
        Assert.Equal(points.Length * batches, trained.Summary.Steps);

        // The first of the best epochs is the last to have improved: three more, and training ends.
        int best = Array.FindIndex(points, point => point.BeforeProjection == points.Max(p => p.BeforeProjection));
        Assert.Equal(best + 3, points.Length - 1);
        Assert.True(new LazyBall(trained.InitialWeights, 0.05).Contains(trained.Network.Weights));

        // After the last projection it is the trained network that is attacked.
        NaiveNetwork naive = trained.Network.ToNaive();
        var attack = new NaiveProjectedGradient(0.2, 4, 2.5 / 4);
        double robust = problem.Examples.Inputs.ToRows()
            .Select((x, i) => problem.Examples.Labels[i] * naive.Score(NaiveProjectedGradient.Add(x, attack.Attack(naive, x, problem.Examples.Labels[i]).Last)) > 0 ? 1.0 : 0).Average();
        Assert.Equal(robust, points[^1].AfterProjection, 1e-9);
        Assert.NotEqual(points[^1].BeforeProjection, points[^1].AfterProjection);
    }

    [Fact]
    public void Watching_does_not_change_the_weights()
    {
        TrainingProblem problem = Problem(bias: true);
        var options = new TrainingOptions { Ball = BallMode.Epoch, Batch = 7, Epochs = 3, LearningRate = 0.8 };
        var adversary = new AdversarialOptions { Budget = 0.3, Steps = 2, RandomStart = true, Refresh = AdversarialRefresh.Epoch };
        using TrainedNetwork alone = problem.TrainAdversarially(options, adversary, Radius);
        using TrainedNetwork watched = problem.TrainAdversarially(options, adversary with { Patience = 50 }, Radius);
        Assert.Equal(alone.Network.Weights.ToRows(), watched.Network.Weights.ToRows());
        Assert.Equal(3, watched.Summary!.RobustTrace.Count);
        Assert.Empty(alone.Summary!.RobustTrace);
    }

    [Fact]
    public void Random_starts_change_the_result_and_depend_on_the_seed_alone()
    {
        TrainingProblem problem = Problem(bias: false);
        var options = new TrainingOptions { Ball = BallMode.Project, Batch = 7, Epochs = 1 };
        var adversary = new AdversarialOptions { Budget = 0.3, Steps = 1, StepSize = 0.5 };
        using TrainedNetwork still = problem.TrainAdversarially(options, adversary, Radius);
        using TrainedNetwork moved = problem.TrainAdversarially(options, adversary with { RandomStart = true }, Radius);
        using TrainedNetwork again = problem.TrainAdversarially(options, adversary with { RandomStart = true }, Radius);
        Assert.NotEqual(still.Network.Weights.ToRows(), moved.Network.Weights.ToRows());
        Assert.Equal(moved.Network.Weights.ToRows(), again.Network.Weights.ToRows());
    }

    [Theory]
    [InlineData(0.0, 10, null, "adversarial-budget")]
    [InlineData(-1.0, 10, null, "adversarial-budget")]
    [InlineData(double.NaN, 10, null, "adversarial-budget")]
    [InlineData(0.1, 0, null, "inner-steps")]
    [InlineData(0.1, 10, 0.0, "inner-step-size")]
    [InlineData(0.1, 10, double.PositiveInfinity, "inner-step-size")]
    [InlineData(2e6, 10, null, "adversarial-budget")]
    [InlineData(0.1, 10, 2e6, "inner-step-size")]
    public void Wrong_values_are_named(double budget, int steps, double? stepSize, string parameter)
    {
        var adversary = new AdversarialOptions { Budget = budget, Steps = steps, StepSize = stepSize };
        var exception = Assert.Throws<InvalidParameterException>(() => Problem(bias: false).TrainAdversarially(new(), adversary, Radius));
        Assert.Equal(parameter, exception.Parameter);
    }

    // Inputs inside the box, so that clipping makes sense.
    private static TrainingProblem Problem(bool bias) => new(width: 37, dimension: 6, count: 45, seed: 5, bias, positive: true);

    private static void AssertSame(NaiveTrainingRun naive, TrainedNetwork trained)
    {
        Assert.Equal(naive.Steps, trained.Summary!.Steps);
        foreach ((double[] expected, double[] actual) in naive.Network.Weights.Zip(trained.Network.Weights.ToRows()))
        {
            Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 5e-5));
        }
    }
}
