using OneStep.Attacks;
using OneStep.Certificates.Robustness;
using OneStep.Experiments;
using OneStep.Experiments.Certification;
using OneStep.Tests.References;

namespace OneStep.Tests.Experiments.Certification;

public sealed class LowerBoundsTests : IDisposable
{
    private const int Count = 12;

    private static readonly ExperimentParameters Small = new() { Side = 7, Width = 200, C0 = 1.5, TrainLimit = 500 };

    private static readonly LowerBoundKind[] Kinds = [.. LowerBoundSet.All.For(isDeep: false).Kinds];

    private readonly CertificationRun _run = Certify(LowerBoundSet.All, threads: 1);

    public void Dispose() => _run.Model.Dispose();

    [Fact]
    public void Every_bound_is_below_every_flip_and_the_quadratic_one_is_near_the_best()
    {
        CertificationResult result = _run.Result;
        Assert.Empty(result.BrokenBounds);
        Assert.Equal(Kinds, result.LowerBounds.Select(bound => bound.Kind));
        Assert.All(result.Inputs, input => Assert.All(Kinds, bound => Assert.InRange(input[bound]!.Value, 1e-6, input.Norms.Min()!.Value)));
        Assert.All(result.Inputs, input => Assert.Equal(input[LowerBoundKind.Quadratic]!.Value / input[PerturbationKind.Best]!.Value, input.Ratio));
        Assert.All(result.Inputs, input => Assert.Equal(input.Radii.Max(), input[LowerBoundKind.Quadratic]));
        Assert.InRange(result.LowerBounds[^1].OverBest.Median!.Value, 0.9, 1);
    }

    [Fact]
    public void Steps_just_below_the_quadratic_bound_leave_the_label()
    {
        NaiveNetwork network = _run.Model.TwoLayer().Network.ToNaive();
        var random = new Random(5);
        for (int i = 0; i < Count; i++)
        {
            CertifiedInput input = _run.Result.Inputs[i];
            double[] x = Array.ConvertAll(_run.Certified.Inputs.Row(i).ToArray(), v => (double)v);
            double[] best = Array.ConvertAll(_run.Perturbations[(int)PerturbationKind.Best].Row(i).ToArray(), v => (double)v);
            double[][] directions = [best, network.Gradient(x), .. Enumerable.Range(0, 50).Select(_ => Array.ConvertAll(best, v => v + (0.02 * (random.NextDouble() - 0.5))))];
            foreach (double[] direction in directions)
            {
                double sign = Math.Sign(direction.Zip(best, (a, b) => a * b).Sum());
                double scale = sign * 0.999999 * input[LowerBoundKind.Quadratic]!.Value / Math.Sqrt(direction.Sum(v => v * v));
                Assert.True(input.Label * network.Score([.. x.Zip(direction, (a, b) => a + (scale * b))]) > 0);
            }
        }
    }

    [Fact]
    public void The_radii_are_those_of_the_certifier_and_their_summary_is_over_all_inputs()
    {
        var certifier = new RobustnessCertifier { Bounds = [new SpectralBound(), new CentredQuadraticBound()] };
        RobustnessCertificates certificates = certifier.Certify(
            _run.Model.TwoLayer().Network, _run.Certified.Inputs, _run.Perturbations[(int)PerturbationKind.Best], new AttackExecution { Threads = 2 });
        Assert.Equal(certificates.Inputs.Select(input => (double?)input.Radii[0]), _run.Result.Inputs.Select(input => input[LowerBoundKind.Spectral]));
        Assert.Equal(certificates.Inputs.Select(input => input.Ratio!.Value), _run.Result.Inputs.Select(input => input.Ratio!.Value), (a, b) => Math.Abs(a - b) < 1e-12);

        LowerBoundMeasurement spectral = _run.Result.LowerBounds[(int)LowerBoundKind.Spectral];
        double[] sorted = [.. certificates.Inputs.Select(input => input.Radii[0]).Order()];
        Assert.Equal(((sorted[5] + sorted[6]) / 2, sorted[0], sorted[^1], Count), (spectral.Radius.Median!.Value, spectral.Radius.Min!.Value, spectral.Radius.Max!.Value, spectral.Proved));
    }

    [Fact]
    public void Only_what_is_asked_for_is_computed_and_threads_change_no_bit()
    {
        using LazyModel none = Certify(LowerBoundSet.None, threads: 2, out CertificationResult plain);
        Assert.Empty(plain.LowerBounds);
        Assert.All(plain.Inputs, input => Assert.Equal((null, null), (input[LowerBoundKind.Global], input.Ratio)));

        using LazyModel model = Certify(new([LowerBoundKind.Spectral, LowerBoundKind.Global]), threads: 2, out CertificationResult some);
        Assert.Equal([LowerBoundKind.Global, LowerBoundKind.Spectral], some.LowerBounds.Select(bound => bound.Kind));
        Assert.All(some.Inputs.Zip(_run.Result.Inputs), pair =>
        {
            Assert.Equal((pair.Second[LowerBoundKind.Global], pair.Second[LowerBoundKind.Spectral]), (pair.First[LowerBoundKind.Global], pair.First[LowerBoundKind.Spectral]));
            Assert.Null(pair.First[LowerBoundKind.Quadratic]);
            Assert.Equal(pair.First[LowerBoundKind.Spectral] / pair.First[PerturbationKind.Best], pair.First.Ratio);
        });
    }

    [Fact]
    public void A_bound_above_the_shortest_certain_flip_is_a_violation()
    {
        var input = new CertifiedInput(7, 1, 1, 1, [0.5, 0.25, 0.375, null, null, null]) { Radii = [0.125, null, 0.25, 0.3, 0.4, null] };
        PerturbationKind[] flips = [PerturbationKind.OneStep, PerturbationKind.Best, PerturbationKind.OneQuery];
        Assert.Equal(
            [new(LowerBoundKind.Spectral, 0.3, PerturbationKind.Best, 7, 0.25), new(LowerBoundKind.Quadratic, 0.4, PerturbationKind.Best, 7, 0.25)],
            LowerBounds.Contradictions(input, flips, dimension: 49));

        // A perturbation that does not certainly flip the network contradicts nothing.
        Assert.Equal(
            [new(LowerBoundKind.Quadratic, 0.4, PerturbationKind.OneQuery, 7, 0.375)], LowerBounds.Contradictions(input, [PerturbationKind.OneQuery], dimension: 49));
        Assert.Empty(LowerBounds.Contradictions(input, [], dimension: 49));

        // Equal up to the rounding of the norm is not above.
        Assert.Empty(LowerBounds.Contradictions(input with { Radii = [null, null, null, null, 0.25 * (1 + 1e-15), null] }, flips, dimension: 49));
    }

    private static CertificationRun Certify(LowerBoundSet bounds, int threads) =>
        CertificationExperiment.Run(Small, new() { Count = Count, LowerBounds = bounds }, MnistData.All, new() { Threads = threads });

    private static LazyModel Certify(LowerBoundSet bounds, int threads, out CertificationResult result)
    {
        CertificationRun run = Certify(bounds, threads);
        result = run.Result;
        return run.Model;
    }
}
