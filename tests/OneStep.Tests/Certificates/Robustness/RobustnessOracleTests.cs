using OneStep.Attacks;
using OneStep.Certificates.Robustness;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.Attacks;
using OneStep.Tests.Experiments;
using OneStep.Tests.Networks;
using OneStep.Training;
using Xunit.Abstractions;

namespace OneStep.Tests.Certificates.Robustness;

/// <summary>
/// How near the bounds come to the best attack at d = 784 on MNIST, digit 0 against 1 (docs/mathematics.md §7): initialised networks and
/// networks trained in the ball with C0 = 10, held against what independent code measured.
/// </summary>
[Trait("Category", "Oracle")]
public class RobustnessOracleTests(ITestOutputHelper output)
{
    private const int Images = 6;

    [Theory]
    [InlineData(1_000, false, 0.97, 0.31, 0.61)]
    [InlineData(10_000, false, 0.98, 0.16, 0.30)]
    [InlineData(1_000, true, 0.96, 0.31, 0.61)]
    [InlineData(10_000, true, 0.97, 0.16, 0.30)]
    public void The_quadratic_bound_is_as_near_to_the_best_attack_as_measured_independently(
        int width, bool isTrained, double quadratic, double leastLinear, double mostLinear)
    {
        using TwoLayerNetwork network = Initialization.Draw(width, 784, InitializationKind.Standard, bias: false, seed: 0, threads: 2, CancellationToken.None);
        if (isTrained)
        {
            new LazyTrainer(new(), 0).Train(network, 10 / Math.Sqrt(width), MnistData.ZeroVersusOne(28).Train, new() { Threads = 2 });
        }

        Matrix<float> inputs = MnistData.SomeTests(28, Images).Inputs;
        var examples = new LabelledInputs(inputs, [.. network.ScoresInDouble(inputs.Widen()).Select(score => score.CertainSign)]);
        var execution = new AttackExecution { Threads = 2 };
        AttackResult attack = network.Attack(new BoundaryWalkAttack { Restarts = 1 }, examples, execution);
        RobustnessCertificates certificates = new RobustnessCertifier().Certify(network, inputs, attack.Perturbations, execution);
        double[] medians = [.. certificates.Bounds.Select((_, bound) => Median([.. certificates.Inputs.Select(c => c.Radii[bound] / c.PerturbationNorm!.Value)]))];
        for (int bound = 0; bound < medians.Length; bound++)
        {
            output.WriteLine(FormattableString.Invariant($"{certificates.Bounds[bound].Name}: {medians[bound]:0.000}, {certificates.Seconds[bound] / Images:0.00} s an input on two threads"));
        }

        Assert.All(certificates.Inputs, c => Assert.All(c.Radii, radius => Assert.InRange(radius, 0, c.PerturbationNorm!.Value)));
        Assert.InRange(medians[4], 0.95 * quadratic, 1);

        // The linear relaxation depends much on |f|, which scatters from network to network.
        Assert.InRange(medians[2], 0.7 * leastLinear, 1.3 * mostLinear);
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
