using OneStep.Certificates.Robustness;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Soundness;
using OneStep.Soundness.Checks;
using OneStep.Tests.References;

namespace OneStep.Tests.Soundness;

/// <summary>Radii that are wrong on purpose, held against perturbations.</summary>
public class HeldRadiiTests
{
    private static readonly IReadOnlyList<IRobustnessBound> Bounds = [new IntervalBound(), new SpectralBound()];

    [Fact]
    public void Radii_beyond_a_flip_are_told()
    {
        // relu(t) − relu(−t) = t with t = 3 x₁ + 4 x₂, which is zero at the distance 1.
        using TwoLayerNetwork network = new NaiveNetwork([[3, 4], [-3, -4]], [1, -1]).ToLibrary();
        (HeldRadii held, CheckTally tally) = Hold(NaiveScore.Of(network), [0.75, 0.6875], 0.999, 1.01);
        held.Count();
        held.Against([-0.59, -0.79]);
        Assert.Equal((2L, 1L, 0), (tally.Certificates, tally.Attacks, tally.Violations.Count));
        held.Against([-0.603, -0.804]);
        Assert.Contains("spectral", Assert.Single(tally.Violations), StringComparison.Ordinal);
        Assert.Equal((1.005 - 1.01) / 1.01, tally.SmallestSlack, 1e-9);
        held.Against(1.01 * (1 - 1e-12), 1e-9, "exact minimum");
        Assert.Single(tally.Violations);
        held.Against(0.5, 1e-9, "exact minimum");
        Assert.Equal(3, tally.Violations.Count);
    }

    [Fact]
    public void A_label_that_is_none_is_told()
    {
        using TwoLayerNetwork network = new NaiveNetwork([[1, 0]], [-1]).ToLibrary();
        (HeldRadii held, CheckTally tally) = Hold(NaiveScore.Of(network), [1, 1], 1);
        held.Count();
        Assert.Single(tally.Violations);
    }

    [Fact]
    public void Exact_arithmetic_decides_where_float64_does_not()
    {
        // (2²⁷ x₁ + x₂) − 2²⁷ x₁ = x₂.
        NaiveNetwork naive = new([[1 << 27, 1], [1 << 27, 0]], [1, -1]);
        using TwoLayerNetwork network = naive.ToLibrary();
        using DeepNetwork deep = DeepNetwork.FromTwoLayer(network);
        double[] x = [1, 0];
        double[] delta = [1.0 / 3, 1e-15];
        foreach (NaiveScore function in (NaiveScore[])[NaiveScore.Of(network), NaiveScore.Of(new DeepScore(deep), 0, [])])
        {
            Assert.Equal(0, function.Score(NaiveNetwork.Move(x, delta, 1)).CertainSign);
            Assert.Equal(1, function.Sign(x, delta));
            Assert.Equal(-1, function.Sign(x, [delta[0], -delta[1]]));
            Assert.Equal(0, function.Sign(x, [delta[0], 0]));
        }
    }

    [Fact]
    public void Exact_arithmetic_knows_the_competitors_of_a_class()
    {
        using DeepNetwork deep = new NaiveDeepNetwork([[[1, 0], [0, 1]], [[1, 1], [1, 0], [0, 1]]], hasBias: false).ToLibrary();
        var function = NaiveScore.Of(new ClassMargin(deep, 0), 0, [1, 2]);
        Assert.Equal(0, function.ExactSign([1, -1], [0, 0.5]));
        Assert.Equal(1, function.ExactSign([1, -1], [0, 1.5]));
        Assert.Equal(-1, NaiveScore.Of(new ClassMargin(deep, 1), 1, [0, 2]).ExactSign([1, 0], [0, 0.25]));
    }

    private static (HeldRadii Held, CheckTally Tally) Hold(NaiveScore function, double[] point, params double[] radii)
    {
        var tally = new CheckTally();
        var certificate = new RobustnessCertificate { Index = 0, Label = 1, Score = 1, Outcome = RobustnessOutcome.Certified, Radii = radii };
        return (new(function, point, Bounds, certificate, tally), tally);
    }
}
