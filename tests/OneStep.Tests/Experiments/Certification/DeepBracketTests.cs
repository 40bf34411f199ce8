using OneStep.Attacks;
using OneStep.Certificates.Robustness;
using OneStep.Certificates.Robustness.Deep;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Experiments.Certification;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Training;

namespace OneStep.Tests.Experiments.Certification;

public sealed class DeepBracketTests : IDisposable
{
    private const int Count = 15;

    private static readonly LowerBoundKind[] Kinds = [LowerBoundKind.Interval, LowerBoundKind.Linear, LowerBoundKind.Product];

    private readonly BracketRun _two = Find("0,1", threads: 1);
    private readonly BracketRun _four = Find("0,1,2,3", threads: 2);

    public void Dispose()
    {
        _two.Model.Dispose();
        _four.Model.Dispose();
    }

    public static ExperimentParameters Network(string digits) => new()
    {
        Digits = ClassSplit.Parse(digits),
        Side = 7,
        Seed = 1,
        Hidden = HiddenWidths.Parse("12,8"),
        TrainLimit = 600,
        Training = new() { Ball = BallMode.None, LearningRate = 0.1, Epochs = 3 },
    };

    [Fact]
    public void Every_bound_is_below_every_flip_which_flips()
    {
        foreach (BracketResult result in new[] { _two.Result, _four.Result })
        {
            Assert.Equal(Kinds, result.LowerBounds.Select(bound => bound.Kind));
            Assert.All(result.Sizes, size => Assert.Equal((Count, Count, null), (size.Found, size.Flipped, size.Prediction)));
            Assert.All(result.Inputs, input =>
            {
                Assert.True(input[PerturbationKind.Best] <= input[PerturbationKind.OneStep]);
                Assert.All(Kinds, bound => Assert.InRange(input[bound]!.Value, 1e-6, input[PerturbationKind.Best]!.Value));
                Assert.Equal(Kinds.Max(bound => input[bound]) / input[PerturbationKind.Best], input.Ratio);
                Assert.True(input.Margin > 0);
                Assert.Null(input.InitialMargin);
                Assert.Null(input[LowerBoundKind.Quadratic]);
            });
            double[] ratios = [.. result.Inputs.Select(input => input.Ratio!.Value).Order()];
            Assert.Equal(ratios[Count / 2], result.Ratio);
            Assert.InRange(result.Ratio!.Value, 0.3, 1);
            Assert.Empty(result.BrokenBounds);
        }
    }

    [Fact]
    public void Where_nothing_is_found_that_flips_bounds_are_proved_all_the_same()
    {
        // This network says one class almost everywhere.
        BracketResult result = BracketExperiment.Run(Network("0,1") with { Seed = 0 }, _two.Result.Options, MnistData.All, new() { Threads = 1 });
        CertifiedInput[] without = [.. result.Inputs.Where(input => input[PerturbationKind.Best] is null)];
        Assert.InRange(without.Length, 1, Count - 1);
        Assert.All(without, input => Assert.All(Kinds, bound => Assert.True(input[bound] > 0 && double.IsFinite(input[bound]!.Value))));
        Assert.All(without, input => Assert.Null(input.Ratio));
        Assert.Equal(Count - without.Length, result[PerturbationKind.Best].Found);
        Assert.InRange(result.Ratio!.Value, 0.3, 1);
    }

    [Fact]
    public void Margins_are_those_of_the_outputs_and_labels_those_of_the_classes()
    {
        Assert.Equal([-1, 1], _two.Result.Inputs.Select(input => input.Label).Distinct().Order());
        Assert.True(_four.Result.Inputs.Select(input => input.Label).Distinct().Count() >= 3);
        Matrix<double> outputs = ((DeepModel)_four.Model).Network.OutputsOf(_four.Bracketed.Inputs, threads: 1, CancellationToken.None);
        Assert.All(_four.Result.Inputs.Select((input, i) => (input, i)), pair =>
        {
            double[] row = outputs.Row(pair.i).ToArray();
            double others = Enumerable.Range(0, row.Length).Where(k => k != pair.input.Label).Max(k => row[k]);
            Assert.Equal(row[pair.input.Label] - others, pair.input.Margin, 1e-4);
        });
    }

    [Fact]
    public void What_was_found_changes_the_class_and_steps_just_below_the_bounds_do_not()
    {
        var random = new Random(5);
        for (int i = 0; i < Count; i++)
        {
            CertifiedInput input = _four.Result.Inputs[i];
            float[] best = _four.Perturbations.Row(i).ToArray();
            Assert.Equal(input[PerturbationKind.Best]!.Value, Vectors.Norm(best), 1e-9);
            Assert.NotEqual(input.Label, Class(i, best, 1.0001));
            Assert.Equal(input.Label, Class(i, best, 0.9999 * input.ProvedRadius!.Value / Vectors.Norm(best)));
            for (int trial = 0; trial < 30; trial++)
            {
                float[] other = [.. best.Select(v => v + (0.05f * ((float)random.NextDouble() - 0.5f)))];
                Assert.Equal(input.Label, Class(i, other, 0.9999 * input.ProvedRadius!.Value / Vectors.Norm(other)));
            }
        }
    }

    [Fact]
    public void The_radii_are_those_of_the_certifier()
    {
        var function = (DeepScoreFunction)_two.Model.ScoreFor(1);
        var certifier = new RobustnessCertifier { Bounds = [new DeepIntervalBound(), new DeepLinearRelaxationBound(), new DeepLipschitzBound()] };
        RobustnessCertificates certificates = certifier.Certify(function, _two.Bracketed.Inputs, _two.Perturbations, new AttackExecution { Threads = 2 });
        Assert.Equal(certificates.Inputs.SelectMany(input => input.Radii.Select(radius => (double?)radius)), _two.Result.Inputs.SelectMany(input => Kinds.Select(bound => input[bound])));
    }

    [Fact]
    public void A_network_that_is_there_gives_the_same_and_threads_change_no_bit()
    {
        BracketRun again = BracketExperiment.Find(_four.Result.Parameters, _four.Result.Options, MnistData.All, _four.Model, new() { Threads = 1 });
        Assert.Equal(Numbers(_four.Result), Numbers(again.Result));
        BracketRun fresh = Find("0,1,2,3", threads: 3);
        fresh.Model.Dispose();
        Assert.Equal(Numbers(_four.Result), Numbers(fresh.Result));

        static IEnumerable<double?> Numbers(BracketResult result) =>
            result.Inputs.SelectMany(input => (double?[])[input.Index, input.Margin, input[PerturbationKind.OneStep], input[PerturbationKind.Best], .. Kinds.Select(bound => input[bound])]);
    }

    private int Class(int row, float[] direction, double scale)
    {
        float[] x = _four.Bracketed.Inputs.Row(row).ToArray();
        var one = new Matrix<float>(1, x.Length);
        for (int k = 0; k < x.Length; k++)
        {
            one.Row(0)[k] = (float)(x[k] + (scale * direction[k]));
        }

        return _four.Model.Predict(one, threads: 1)[0].Label!.Value;
    }

    private static BracketRun Find(string digits, int threads) =>
        BracketExperiment.Find(Network(digits), new() { Count = Count, LowerBounds = LowerBoundSet.All }, MnistData.All, new() { Threads = threads });
}
