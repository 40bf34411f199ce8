using OneStep.Attacks;
using OneStep.Certificates.Robustness;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.Attacks;
using OneStep.Tests.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.Certificates.Robustness;

/// <summary>No bound is ever above the exact minimum (docs/mathematics.md §7).</summary>
public class TwoLayerBoundTests
{
    public static TheoryData<int, int, bool, bool> Shapes { get; } = new()
    {
        { 1, 1, false, false },
        { 3, 2, false, true },
        { 12, 3, true, true },
        { 20, 5, false, true },
        { 24, 10, true, false },
        { 30, 25, true, false },
        { 50, 25, false, true },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void No_bound_is_above_the_exact_minimum(int width, int dimension, bool hasBias, bool degenerate)
    {
        // Exact minima of large instances are within reach near the boundary alone, where few rows can switch.
        bool isLarge = width >= 50;
        int instances = 0;
        int solved = 0;
        for (int seed = 0; seed < (isLarge ? 3 : 8); seed++)
        {
            using var scene = new RobustnessScene(width, dimension, (100 * width) + seed, hasBias, degenerate, isLarge ? 2 : 3, isLarge ? 12 : 3);
            foreach (bool withPerturbations in (bool[])[true, false])
            {
                RobustnessCertificates certificates = scene.Certify(withPerturbations: withPerturbations);
                double[][] known = scene.Perturbations.ToRows();
                foreach (RobustnessCertificate certificate in certificates.Inputs.Where(c => c.Label != 0))
                {
                    ExactMinimum exact = ExactMinimum.Of(scene.Naive, scene.Points[certificate.Index], known[certificate.Index]);
                    Assert.All(certificate.Radii, radius => Assert.InRange(radius, 0, Math.Min(exact.Flip, exact.Upper * (1 + 1e-5))));
                    if (double.IsFinite(exact.Upper))
                    {
                        instances++;
                        solved += exact.Lower >= 0.99 * exact.Upper ? 1 : 0;
                        Assert.True(certificate.Radius > 0, $"nothing proved at {certificate.Score}");
                    }
                }
            }
        }

        // The reference proves by itself that nothing shorter flips, but for a few instances with many parallel rows.
        Assert.InRange(solved, 0.9 * instances, instances);
    }

    [Fact]
    public void No_point_of_a_dense_grid_inside_a_radius_flips()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            using var scene = new RobustnessScene(12, 2, seed, hasBias: seed % 2 == 0);
            foreach (RobustnessCertificate certificate in scene.Certify().Inputs.Where(c => c.Outcome == RobustnessOutcome.Certified))
            {
                double[] x = scene.Points[certificate.Index];
                double radius = certificate.Radii.Max();
                for (int i = -60; i <= 60; i++)
                {
                    for (int j = -60; j <= 60; j++)
                    {
                        double[] delta = [radius * i / 60, radius * j / 60];
                        if (Math.Sqrt((delta[0] * delta[0]) + (delta[1] * delta[1])) < radius)
                        {
                            Assert.True(certificate.Label * scene.Naive.Score([x[0] + delta[0], x[1] + delta[1]]) > -1e-12);
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void A_linear_function_of_two_rows_is_certified_up_to_its_boundary()
    {
        // relu(t) − relu(−t) = t with t = 3 x₁ + 4 x₂, which is zero at the distance 1.
        using TwoLayerNetwork network = new NaiveNetwork([[3, 4], [-3, -4]], [1, -1]).ToLibrary();
        var inputs = new Matrix<float>(1, 2, [0.6f, 0.8f]);
        RobustnessCertificates certificates = new RobustnessCertifier().Certify(network, inputs, null, new() { Threads = 1 });
        RobustnessCertificate certificate = Assert.Single(certificates.Inputs);
        Assert.InRange(certificate.Radius!.Value, 0.999, 1);
    }

    [Fact]
    public void Radii_do_not_depend_on_threads_or_company()
    {
        using var scene = new RobustnessScene(200, 30, 5, inputs: 6);
        RobustnessCertificates one = scene.Certify(threads: 1);
        RobustnessCertificates three = scene.Certify(threads: 3);
        Assert.Equal(one.Inputs.SelectMany(c => c.Radii), three.Inputs.SelectMany(c => c.Radii));
        var alone = new Matrix<float>(1, 30, scene.Inputs.Row(4).ToArray());
        var known = new Matrix<float>(1, 30, scene.Perturbations.Row(4).ToArray());
        RobustnessCertificate single = new RobustnessCertifier().Certify(scene.Network, alone, known, new() { Threads = 2 }).Inputs[0];
        Assert.Equal(one.Inputs[4].Radii, single.Radii);
    }

    [Fact]
    public void What_is_said_of_the_perturbation_does_not_make_a_bound_unsound()
    {
        // Nonsense instead of a known flip: too long, too short, in a wrong direction.
        using var scene = new RobustnessScene(20, 5, 3, degenerate: false);
        foreach (double scale in (double[])[-1, 0.1, 1e-12, 20])
        {
            double[][] nonsense = [.. scene.Perturbations.ToRows().Select(row => Array.ConvertAll(row, v => scale * v))];
            var bounds = new RobustnessCertifier().Certify(scene.Network, scene.Inputs, nonsense.ToMatrix(), new() { Threads = 1 });
            foreach (RobustnessCertificate certificate in bounds.Inputs)
            {
                ExactMinimum exact = ExactMinimum.Of(scene.Naive, scene.Points[certificate.Index], scene.Perturbations.ToRows()[certificate.Index]);
                Assert.All(certificate.Radii, radius => Assert.InRange(radius, 0, exact.Flip));
                Assert.True(certificate.PerturbationNorm is null || scale is 20);
            }
        }
    }

    [Fact]
    public void The_quadratic_bound_comes_within_a_few_percent_of_the_best_attack_on_a_wide_network()
    {
        using TwoLayerNetwork network = Initialization.Draw(2000, 100, InitializationKind.Standard, bias: false, seed: 1, threads: 2, CancellationToken.None);
        Matrix<float> inputs = SphereInputs.Draw(6, 100, 1, seed: 2);
        var examples = new LabelledInputs(inputs, [.. network.ScoresInDouble(inputs.Widen()).Select(score => score.CertainSign)]);
        AttackResult attack = network.Attack(new BoundaryWalkAttack(), examples);
        RobustnessCertificates certificates = new RobustnessCertifier().Certify(network, inputs, attack.Perturbations, new() { Threads = 2 });
        Assert.All(certificates.Inputs, certificate =>
        {
            Assert.Equal("centred-quadratic", certificate.Bound);
            Assert.InRange(certificate.Ratio!.Value, 0.85, 1);
            Assert.Equal(certificate.Radii.Max(), certificate.Radius);
        });
    }

    [Fact]
    public void An_input_without_a_label_gets_no_radius()
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(8, 4, 1).ToLibrary();
        RobustnessCertificates certificates = new RobustnessCertifier().Certify(network, new(2, 4), null, new() { Threads = 1 });
        Assert.All(certificates.Inputs, certificate =>
        {
            Assert.Equal(RobustnessOutcome.NoLabel, certificate.Outcome);
            Assert.Null(certificate.Radius);
            Assert.Null(certificate.Ratio);
            Assert.All(certificate.Radii, radius => Assert.Equal(0, radius));
        });
        Assert.Equal(0, certificates.CertifiedCount);
    }

    [Fact]
    public void Progress_counts_the_inputs_of_every_bound()
    {
        using var scene = new RobustnessScene(20, 5, 1);
        var reports = new List<AttackProgress>();
        var execution = new AttackExecution { Threads = 2, Progress = new SynchronousProgress<AttackProgress>(reports.Add) };
        RobustnessCertificates certificates = new RobustnessCertifier().Certify(scene.Network, scene.Inputs, scene.Perturbations, execution);
        Assert.All(certificates.Bounds, bound =>
            Assert.Equal([1, 2, 3], reports.Where(report => report.Stage == bound.Name).Select(report => report.Finished)));
        Assert.Contains("evaluations 12", $"{certificates.Bounds[^1]}");
        Assert.Equal("interval", $"{certificates.Bounds[0]}");
    }

    [Fact]
    public void Shapes_and_options_are_checked()
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(8, 4, 1).ToLibrary();
        var execution = new AttackExecution { Threads = 1 };
        Assert.Throws<ArgumentException>(() => new RobustnessCertifier().Certify(network, new(1, 5), null, execution));
        Assert.Throws<ArgumentException>(() => new RobustnessCertifier().Certify(network, new(1, 4), new(2, 4), execution));
        Assert.Throws<ArgumentException>(() => new RobustnessCertifier { Bounds = [] }.Certify(network, new(1, 4), null, execution));
        var deepAlone = new RobustnessCertifier { Bounds = [new OneStep.Certificates.Robustness.Deep.DeepIntervalBound()] };
        Assert.Throws<ArgumentException>(() => deepAlone.Certify(network, new(1, 4), null, execution));
        Assert.Throws<ArgumentException>(() => deepAlone.Bounds[0].Radii(RobustnessInputs.Of(network, new(1, 4), null, execution), execution));
        Assert.Throws<InvalidParameterException>(() =>
            new RobustnessCertifier { Bounds = [new CentredQuadraticBound { Evaluations = 0 }] }.Certify(network, new(1, 4), null, execution));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new RobustnessCertifier().Certify(network, new(1, 4), null, execution with { Cancellation = source.Token }));
    }
}
