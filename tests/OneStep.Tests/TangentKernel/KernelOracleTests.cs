using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.TangentKernel;
using OneStep.Tests.Attacks;
using OneStep.Tests.Experiments;
using OneStep.Training;

namespace OneStep.Tests.TangentKernel;

/// <summary>
/// The single step on predictors of infinite width on MNIST, digit 0 against 1, 1000 training examples, d = 784: ‖δ‖ is
/// .30 to .47 and nearly independent of the regularisation (docs/mathematics.md §18).
/// </summary>
[Trait("Category", "Oracle")]
public class KernelOracleTests
{
    private static readonly AttackExecution TwoThreads = new() { Threads = 2 };

    [Theory]
    [InlineData(1e-1)]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    [InlineData(1e-8)]
    public void Ridge_predictors_fall_to_a_step_that_hardly_depends_on_their_regularisation(double regularization) =>
        AssertStep(KernelRidge.Fit(new(), Examples(), new() { Regularization = regularization }, new() { Threads = 2 }));

    [Theory]
    [InlineData(1e-2)]
    [InlineData(1e-4)]
    [InlineData(1e-6)]
    public void Logistic_predictors_do_too(double regularization) =>
        AssertStep(KernelLogistic.Fit(new(), Examples(), new() { Regularization = regularization }, new() { Threads = 2 }));

    [Fact]
    public void Finite_networks_from_antisymmetric_initialisation_approach_the_step_from_above()
    {
        double[] means = [.. ((int[])[500, 2000, 8000]).Select(width =>
        {
            TwoLayerNetwork network = Initialization.Draw(
                width, 784, InitializationKind.Antisymmetric, bias: false, seed: 0, threads: 2, CancellationToken.None);
            using TrainedNetwork trained = new LazyTrainer(new() { Ball = BallMode.None, Epochs = 8 }, seed: 0).Train(
                network, radius: 1, Examples(), new() { Threads = 2 });
            return trained.Network.AttackOnce(MnistData.SomeTests(28, 100), TwoThreads).Norms().Average();
        })];
        Assert.InRange(means[0], 0.62, 0.78);
        Assert.InRange(means[1], 0.54, 0.66);
        Assert.InRange(means[2], 0.47, 0.57);
    }

    [Theory]
    [InlineData(100, 0.176)]
    [InlineData(300, 0.144)]
    [InlineData(1000, 0.110)]
    public void The_margin_of_the_task_is_found_within_a_thousandth_and_asks_for_a_width_beyond_all_networks(int count, double expected)
    {
        SeparationMarginEstimate estimate = SeparationMargin.Estimate(Examples().Take(count), new(), new() { Threads = 2 });
        Assert.InRange(estimate.RelativeGap, 0, 1e-3);
        Assert.InRange(estimate.Lower, expected - 0.003, expected + 0.003);
        Assert.InRange(TangentRegimeWidth.Of(estimate.Lower, count, risk: 0.1).Width, 1e12, 1e16);
    }

    private static LabelledInputs Examples() => MnistData.ZeroVersusOne(28).Train.Take(1000);

    private static void AssertStep(KernelFit fit)
    {
        using KernelPredictor predictor = fit.Predictor;
        AttackResult result = predictor.AttackOnce(MnistData.SomeTests(28, 200), TwoThreads);
        AttackedExample[] attacked = [.. result.Examples.Where(e => e.Status != ExampleStatus.Misclassified)];
        Assert.InRange(attacked.Length, 190, 200);
        Assert.All(attacked, example => Assert.Equal(ExampleStatus.Flipped, example.Status));
        double[] norms = [.. result.Norms().Order()];
        Assert.InRange(norms.Average(), 0.29, 0.47);
        Assert.InRange(norms[norms.Length / 2], 0.29, 0.47);
    }
}
