using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Experiments.Certification;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Experiments.Certification;

public class CertificationExperimentTests
{
    private static readonly ExperimentParameters Small = new() { Side = 7, Width = 200, C0 = 1.5, TrainLimit = 500 };

    private static readonly CertificationOptions Twenty = new() { Count = 20 };

    private static readonly PerturbationKind[] Kinds =
        [PerturbationKind.OneStep, PerturbationKind.Best, PerturbationKind.OneQuery, PerturbationKind.BallWide, PerturbationKind.Universal];

    private static readonly PerturbationKind[] Certificates = [PerturbationKind.OneQuery, PerturbationKind.BallWide, PerturbationKind.Universal];

    [Fact]
    public void What_is_certified_flips_the_trained_network_and_by_the_formula_the_worst_of_the_ball()
    {
        using Certified certified = Certify(Small, Twenty);
        CertificationResult result = certified.Run.Result;
        Assert.True(result.IsInBall);
        Assert.Empty(result.Violations);
        Assert.All(result.Sizes, size => Assert.Equal((20, 20), (size.Found, size.Flipped)));

        TrainedNetwork trained = certified.Run.Model.TwoLayer();
        NaiveNetwork network = trained.Network.ToNaive();
        using var center = new TwoLayerNetwork(trained.InitialWeights.Clone(), [.. trained.Network.Signs], hasBias: false);
        var ball = new NaiveBall(center.ToNaive(), [.. Enumerable.Repeat(Small.Radius, Small.Width)]);
        for (int i = 0; i < 20; i++)
        {
            CertifiedInput input = result.Inputs[i];
            Assert.Equal(input.Margin, input.Label * network.Score(certified.Point(i, null)), 1e-9);
            Assert.Equal(input.InitialMargin!.Value, input.Label * ball.Center.Score(certified.Point(i, null)), 1e-9);
            Assert.All(Kinds, kind => Assert.True(input.Label * network.Score(certified.Point(i, kind)) < 0));
            Assert.All(Kinds, kind => Assert.Equal(Vectors.Norm(certified.Run.Perturbations[(int)kind].Row(i)), input[kind]!.Value, 1e-12));
            Assert.True(ball.WorstCase(certified.Point(i, PerturbationKind.BallWide), input.Label) < 0);
            Assert.True(ball.WorstCase(certified.Point(i, PerturbationKind.Universal), input.Label) < 0);
        }
    }

    [Fact]
    public void Where_own_steps_are_asked_for_every_network_of_the_ball_falls_to_its_own()
    {
        ExperimentParameters narrow = Small with { C0 = 0.05 };
        using Certified certified = Certify(narrow, new() { Count = 5, OwnStep = true });
        CertificationResult result = certified.Run.Result;
        Assert.Equal([.. Kinds, PerturbationKind.OwnStep], result.Sizes.Select(size => size.Kind));
        Assert.True(result[PerturbationKind.OwnStep].Found > 0);
        Assert.Equal(result[PerturbationKind.OwnStep].Found, result[PerturbationKind.OwnStep].Flipped);

        using TwoLayerNetwork center = certified.Run.Model.TwoLayer().CopyOfInitial();
        var ball = new NaiveBall(center.ToNaive(), [.. Enumerable.Repeat(narrow.Radius, narrow.Width)]);
        NaiveNetwork trained = certified.Run.Model.TwoLayer().Network.ToNaive();
        Assert.All(result.Inputs.Select((input, i) => (input, i)).Where(pair => pair.input[PerturbationKind.OwnStep] is not null), pair =>
        {
            double[] x = certified.Point(pair.i, null);
            double[] gradient = trained.Gradient(x);
            double stepSize = pair.input[PerturbationKind.OwnStep]!.Value / Math.Sqrt(gradient.Sum(g => g * g));
            Assert.True(new NaiveStepAdversary(ball, x).Highest(pair.input.Label, stepSize, seed: pair.i) < 0);
            Assert.True(pair.input[PerturbationKind.OwnStep] > pair.input[PerturbationKind.OneStep]);
        });
    }

    [Fact]
    public void The_more_is_known_the_shorter_is_what_is_found()
    {
        using Certified certified = Certify(Small, Twenty);
        Assert.All(certified.Run.Result.Inputs, input =>
        {
            Assert.True(input[PerturbationKind.Best] <= input[PerturbationKind.OneStep]);
            Assert.True(input[PerturbationKind.Best] <= input[PerturbationKind.OneQuery]);
            Assert.True(input[PerturbationKind.OneQuery] <= input[PerturbationKind.BallWide]);
        });
        double?[] medians = [.. certified.Run.Result.Sizes.Select(size => size.Size.Median)];
        Assert.True(medians[(int)PerturbationKind.BallWide] < medians[(int)PerturbationKind.Universal]);
        Assert.Equal(1, certified.Run.Result[PerturbationKind.OneStep].OverOneStep.Max);
        Assert.InRange(certified.Run.Result[PerturbationKind.BallWide].Prediction!.Ratio.Median!.Value, 0.5, 1.5);
    }

    [Fact]
    public void Measured_radii_make_certificates_shorter()
    {
        using Certified whole = Certify(Small, Twenty);
        using Certified measured = Certify(Small, Twenty with { Radii = CertifiedRadii.Measured });
        Assert.True(measured.Run.Result.IsInBall);
        Assert.True(measured.Run.Result.CertifiedC0 < whole.Run.Result.CertifiedC0);
        Assert.All(Certificates, kind => Assert.True(measured.Run.Result[kind].Size.Median < whole.Run.Result[kind].Size.Median));
        Assert.All(measured.Run.Result.Sizes, size => Assert.Equal(20, size.Flipped));
        Assert.Equal(Small.C0, whole.Run.Result.CertifiedC0, 1e-5);
    }

    [Fact]
    public void Certified_are_the_first_inputs_that_the_network_gets_right()
    {
        // A network that has learned next to nothing gets many wrong.
        ExperimentParameters untrained = Small with { Untrained = true };
        using Certified certified = Certify(untrained, Twenty);
        ExperimentRun attack = Experiment.Run(untrained with { Limit = 200 }, MnistData.All, new());
        attack.Model.Dispose();
        AttackedExample[] right = [.. attack.Result.Rows.Where(row => row.Status == ExampleStatus.Flipped).Take(20)];
        CertificationResult result = certified.Run.Result;
        Assert.Equal(right.Select(row => (row.Index, row.Label)), result.Inputs.Select(input => (input.Index, input.Label)));
        Assert.Equal(right.Select(row => row.PerturbationNorm), result.Inputs.Select(input => input[PerturbationKind.OneStep]));
        Assert.Equal((right[^1].Index + 1, 20.0 / (right[^1].Index + 1)), (result.Examined, result.CleanAccuracy));
        Assert.Equal((0, 1), (result.Cone.C0, result.Cone.Scale));
        Assert.Equal(result.Inputs.Select(input => (double?)input.Margin), result.Inputs.Select(input => input.InitialMargin));
    }

    [Fact]
    public void Threads_change_no_bit_and_a_loaded_network_is_certified_alike()
    {
        using Certified one = Certify(Small, Twenty, threads: 1);
        using Certified two = Certify(Small, Twenty, threads: 2);
        CertificationRun again = CertificationExperiment.Run(Small, Twenty, MnistData.All, one.Run.Model, new());
        foreach (CertificationRun other in (CertificationRun[])[two.Run, again])
        {
            Assert.Equal(one.Run.Result.Inputs.SelectMany(input => input.Norms), other.Result.Inputs.SelectMany(input => input.Norms));
            Assert.All(one.Run.Perturbations.Zip(other.Perturbations), pair => Assert.Equal(pair.First.Data, pair.Second.Data));
            Assert.Equal(one.Run.Result.Cone, other.Result.Cone);
        }
    }

    [Fact]
    public void A_network_outside_the_ball_contradicts_nothing()
    {
        ExperimentParameters outside = Small with { C0 = 0.05, Training = new() { Ball = BallMode.None, Epochs = 3 } };
        using Certified certified = Certify(outside, Twenty);
        Assert.False(certified.Run.Result.IsInBall);
        Assert.Empty(certified.Run.Result.Violations);
        Assert.True(certified.Run.Result.Cone.C0 > outside.C0);
        Assert.True(certified.Run.Result[PerturbationKind.BallWide].Flipped < 20);
    }

    [Fact]
    public void Where_nothing_is_found_the_reason_is_counted()
    {
        // Far beyond 1.16 √(d/2), where certificates along the gradient end, and √d, where those along W0ᵀa do.
        using Certified certified = Certify(Small with { C0 = 40 }, Twenty);
        SizeMeasurement ballWide = certified.Run.Result[PerturbationKind.BallWide];
        Assert.Equal((0, null), (ballWide.Found, ballWide.Size.Median));
        Assert.Equal([(OneStep.Certificates.Vulnerability.CertificateOutcome.NotFound, 20)], ballWide.NotFound);
        Assert.All(certified.Run.Result.Inputs, input => Assert.Null(input[PerturbationKind.BallWide]));
        Assert.Equal(20, certified.Run.Result[PerturbationKind.OneStep].Found);
    }

    [Fact]
    public void Deep_networks_and_no_images_are_refused()
    {
        InvalidParameterException deep = Assert.Throws<InvalidParameterException>(
            () => CertificationExperiment.Run(new() { Hidden = HiddenWidths.Parse("5"), Training = new() { Ball = BallMode.None } }, Twenty, MnistData.All, new()));
        Assert.Contains("two-layer networks in the lazy ball", deep.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidParameterException>(() => CertificationExperiment.Run(Small, new() { Count = 0 }, MnistData.All, new()));
    }

    private static Certified Certify(ExperimentParameters parameters, CertificationOptions options, int threads = 2) =>
        new(CertificationExperiment.Run(parameters, options, MnistData.All, new() { Threads = threads }));

    private sealed record Certified(CertificationRun Run) : IDisposable
    {
        /// <summary>x, or x + δ, in float64.</summary>
        public double[] Point(int row, PerturbationKind? kind)
        {
            double[] input = Array.ConvertAll(Run.Certified.Inputs.Row(row).ToArray(), v => (double)v);
            return kind is not { } some ? input : [.. input.Zip(Run.Perturbations[(int)some].Row(row).ToArray(), (x, delta) => x + delta)];
        }

        public void Dispose() => Run.Model.Dispose();
    }
}
