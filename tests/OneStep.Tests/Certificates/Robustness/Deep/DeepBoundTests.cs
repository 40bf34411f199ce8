using OneStep.Attacks;
using OneStep.Certificates.Robustness;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.Certificates.Robustness.Deep;

/// <summary>Bounds on deep networks against attacks, dense samples and the bounds on two-layer networks (docs/mathematics.md §7).</summary>
public class DeepBoundTests
{
    private static readonly AttackExecution OneThread = new() { Threads = 1 };

    [Theory]
    [InlineData(new[] { 2, 7, 1 }, false)]
    [InlineData(new[] { 2, 9, 8, 1 }, true)]
    [InlineData(new[] { 5, 20, 40, 12, 1 }, true)]
    [InlineData(new[] { 10, 50, 1 }, false)]
    [InlineData(new[] { 4, 1 }, true)]
    public void No_point_inside_a_radius_flips_a_score(int[] widths, bool hasBias)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            NaiveDeepNetwork drawn = seed % 3 == 2 ? NaiveDeepNetwork.Integer(widths, hasBias, seed) : NaiveDeepNetwork.Random(widths, hasBias, seed);
            using DeepNetwork network = drawn.ToLibrary();
            RequireSound(new DeepScore(network), network.ToNaive(), 0, [], seed);
        }
    }

    [Theory]
    [InlineData(new[] { 2, 9, 3 })]
    [InlineData(new[] { 5, 20, 20, 4 })]
    public void No_point_inside_a_radius_flips_a_margin_between_classes(int[] widths)
    {
        for (int seed = 0; seed < 6; seed++)
        {
            using DeepNetwork network = NaiveDeepNetwork.Random(widths, seed % 2 == 0, seed).ToLibrary();
            int[] others = [.. Enumerable.Range(0, widths[^1]).Where(j => j != 1)];
            RequireSound(new ClassMargin(network, 1), network.ToNaive(), 1, others, seed);
        }
    }

    [Fact]
    public void A_two_layer_network_as_a_deep_one_has_about_the_same_bounds()
    {
        using TwoLayerNetwork network = NaiveNetwork.Random(60, 10, 3, hasBias: true).ToLibrary();
        using DeepNetwork deep = DeepNetwork.FromTwoLayer(network);
        Matrix<float> inputs = Enumerable.Range(0, 5).Select(i => new RandomInputs(i).Unit(10)).ToArray().ToMatrix();
        var two = RobustnessInputs.Of(network, inputs, null, OneThread);
        var many = RobustnessInputs.Of(new DeepScore(deep), inputs, null, OneThread);
        double[] interval = new IntervalBound().Radii(two, OneThread);
        double[] deepInterval = new OneStep.Certificates.Robustness.Deep.DeepIntervalBound().Radii(many, OneThread);
        double[] linear = new LinearRelaxationBound().Radii(two, OneThread);
        double[] deepLinear = new OneStep.Certificates.Robustness.Deep.DeepLinearRelaxationBound().Radii(many, OneThread);
        for (int i = 0; i < 5; i++)
        {
            Assert.InRange(deepInterval[i] / interval[i], 0.99, 1.01);

            // Parallel lines against a line through zero of the better slope.
            Assert.InRange(deepLinear[i] / linear[i], 0.5, 1.2);
        }
    }

    [Fact]
    public void A_linear_network_is_certified_up_to_its_boundary()
    {
        using DeepNetwork network = new NaiveDeepNetwork([[[3, 4, -1]]], hasBias: true).ToLibrary();
        var inputs = new Matrix<float>(1, 2, [1, 1]);
        RobustnessCertificates certificates = new RobustnessCertifier().Certify(new DeepScore(network), inputs, null, OneThread);
        RobustnessCertificate certificate = Assert.Single(certificates.Inputs);

        // |3 + 4 − 1|/5; two of the bounds count the bias to the norm.
        Assert.InRange(certificate.Radius!.Value, 1.19, 1.2);
    }

    [Fact]
    public void Radii_do_not_depend_on_threads()
    {
        using DeepNetwork network = NaiveDeepNetwork.Random([12, 70, 40, 3], true, 1).ToLibrary();
        Matrix<float> inputs = Enumerable.Range(0, 6).Select(i => new RandomInputs(i).Unit(12)).ToArray().ToMatrix();
        RobustnessCertificates one = new RobustnessCertifier().Certify(new ClassMargin(network, 0), inputs, null, OneThread);
        RobustnessCertificates three = new RobustnessCertifier().Certify(new ClassMargin(network, 0), inputs, null, new() { Threads = 3 });
        Assert.Equal(one.Inputs.SelectMany(c => c.Radii), three.Inputs.SelectMany(c => c.Radii));
    }

    private static void RequireSound(DeepScoreFunction function, NaiveDeepNetwork naive, int output, int[] competitors, int seed)
    {
        var random = new RandomInputs(seed);
        Matrix<float> inputs = Enumerable.Range(0, 3).Select(_ => random.Unit(naive.InputDimension)).ToArray().ToMatrix();
        double[][] points = inputs.ToRows();
        RobustnessCertificates certificates = new RobustnessCertifier().Certify(function, inputs, null, OneThread);
        Assert.Equal(3, certificates.Bounds.Count);
        foreach (RobustnessCertificate certificate in certificates.Inputs.Where(c => c.Label != 0))
        {
            Assert.True(certificate.Radius > 0);
            double[] x = points[certificate.Index];
            for (int trial = 0; trial < 600; trial++)
            {
                double[] direction = trial % 2 == 0 ? random.Unit(x.Length) : Descent(naive, x, output, competitors, certificate.Label, random);
                double length = certificate.Radius!.Value * (trial % 4 < 2 ? 0.999999 : (trial % 97) / 97.0);
                Assert.True(certificate.Label * naive.Margin(NaiveNetwork.Move(x, direction, length), output, competitors) > -1e-12);
            }
        }
    }

    /// <summary>The direction in which the margin falls at a random point nearby.</summary>
    private static double[] Descent(NaiveDeepNetwork naive, double[] x, int output, int[] competitors, int label, RandomInputs random)
    {
        double[] gradient = naive.Gradient(NaiveNetwork.Move(x, random.Unit(x.Length), 0.1), output, competitors);
        double norm = Math.Sqrt(gradient.Sum(g => g * g));
        return norm > 0 ? Array.ConvertAll(gradient, g => -label * g / norm) : random.Unit(x.Length);
    }
}
