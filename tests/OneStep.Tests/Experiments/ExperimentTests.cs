using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Statistics;
using OneStep.Tests.References;

namespace OneStep.Tests.Experiments;

/// <summary>Whole experiments on MNIST, digit 0 against digit 1.</summary>
public class ExperimentTests
{
    private static readonly ExperimentParameters Small = new() { Side = 10, Width = 1000 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_correctly_classified_image_is_flipped_and_verified(ulong seed)
    {
        ExperimentRun run = Run(Small with { Seed = seed });
        ExperimentResult result = run.Result;
        Assert.InRange(result.CleanAccuracy, 0.95, 1);
        Assert.True(result.Deviation <= 10 / Math.Sqrt(1000));
        Assert.Equal(10, result.Training!.C0Measured, 1e-4);
        Assert.Equal(result.Deviation, result.Training.Deviation);
        Assert.Equal(2115, result.Examples.Total);
        Assert.Equal(result.Examples.Total - result.Examples.Misclassified, result.Examples.Flipped);
        Assert.Equal(result.Examples.Flipped, result.Verified);
        AssertConsistent(run);
        Assert.NotNull(result.Prediction);
        Assert.Null(result.Strong);
        Assert.Null(result.Seconds.Strong);
        run.Model.Dispose();
    }

    [Fact]
    public void Perturbations_flip_by_the_formula_in_float64()
    {
        ExperimentRun run = Run(Small with { Limit = 30 });
        NaiveNetwork naive = run.TwoLayer().Network.ToNaive();
        double[][] inputs = run.Attacked.Inputs.ToRows();
        double[][] perturbations = run.Perturbations.ToRows();
        foreach (AttackedExample row in run.Result.Rows.Where(row => row.Status == ExampleStatus.Flipped))
        {
            Assert.Equal(-row.Label, Math.Sign(naive.Score(NaiveNetwork.Move(inputs[row.Index], perturbations[row.Index], 1))));
            Assert.Equal(row.Label, Math.Sign(naive.Score(NaiveNetwork.Move(inputs[row.Index], perturbations[row.Index], 0.999))));
        }

        run.Model.Dispose();
    }

    [Fact]
    public void An_untrained_network_is_attacked_at_its_initial_weights()
    {
        ExperimentRun run = Run(Small with { Untrained = true, Limit = 200 });
        Assert.Null(run.Result.Training);
        Assert.Equal(0, run.Result.Deviation);
        Assert.Equal(run.TwoLayer().InitialWeights.ToRows(), run.TwoLayer().Network.Weights.ToRows());
        Assert.True(run.Result.Verified > 0);
        AssertConsistent(run);
        run.Model.Dispose();
    }

    [Fact]
    public void An_untrained_antisymmetric_network_gives_no_labels_and_no_statistics()
    {
        ExperimentRun run = Run(Small with { Untrained = true, Initialization = InitializationKind.Antisymmetric, Strong = true, Limit = 700 });
        Assert.Equal(new(700, 0, 0, 0, 700, 0), run.Result.Examples);
        Assert.Equal(0, run.Result.CleanAccuracy);
        Assert.Equal(0, run.Result.Verified);
        Assert.Equal(new(null, null, null, null, null), run.Result.PerturbationNorm);
        Assert.Equal(new(null, null), run.Result.Strong!.OneStepOverBest);
        Assert.Empty(run.Result.Rays);
        Assert.All(run.Perturbations.Data, v => Assert.Equal(0, v));
        AssertConsistent(run);
        run.Model.Dispose();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void Where_the_theory_does_not_speak_there_is_no_prediction(bool bias, bool normalize)
    {
        ExperimentRun run = Run(Small with { Bias = bias, Normalize = normalize, Limit = 100 });
        Assert.Null(run.Result.Prediction);
        Assert.All(run.Result.Rays, ray => Assert.Null(ray.Prediction));
        Assert.True(run.Result.Verified > 90);
        AssertConsistent(run);
        run.Model.Dispose();
    }

    [Fact]
    public void Stronger_attacks_are_never_worse_than_the_single_step()
    {
        ExperimentRun run = Run(Small with { Strong = true, Limit = 100 });
        StrongSummary strong = run.Result.Strong!;
        Assert.InRange(strong.OneStepOverBest.Median!.Value, 1.01, 1.15);
        Assert.True(strong.OneStepOverBest.Max >= strong.OneStepOverBest.Median);
        Assert.True(strong.BestPerturbationNorm.Mean < run.Result.PerturbationNorm.Mean);
        Assert.Contains("boundary-walk", Assert.Single(strong.Attacks), StringComparison.Ordinal);
        Assert.NotNull(run.Result.Seconds.Strong);
        run.Model.Dispose();
    }

    [Fact]
    public void Rays_start_above_zero_and_cross_it_at_the_flip()
    {
        ExperimentRun run = Run(Small with { Limit = 200 });
        IReadOnlyList<RayProfile> rays = run.Result.Rays;
        Assert.Equal(5, rays.Count);
        Assert.Equal(rays.Select(ray => ray.FlipLength).Order(), rays.Select(ray => ray.FlipLength));
        Assert.Equal(run.Result.PerturbationNorm.Min, rays[0].FlipLength);
        Assert.Equal(run.Result.PerturbationNorm.Max, rays[^1].FlipLength);
        Assert.All(rays, ray =>
        {
            AttackedExample row = run.Result.Rows[ray.Index];
            Assert.Equal(row.PerturbationNorm, ray.FlipLength);
            Assert.Equal(0, ray.Lengths[0]);
            Assert.Equal(Math.Abs(row.Score), ray.Scores[0], 1e-5);
            for (int i = 0; i < ray.Lengths.Count; i++)
            {
                if (ray.Lengths[i] < 0.99 * ray.FlipLength)
                {
                    Assert.True(ray.Scores[i] > 0);
                }
            }

            int flip = ray.Lengths.Select((length, i) => (Math.Abs(length - ray.FlipLength), i)).Min().i;
            Assert.Equal(ray.FlipLength, ray.Lengths[flip], 1e-12);
            Assert.Equal(0, ray.Scores[flip], 1e-4);
            Assert.Equal(ray.Lengths.Count, ray.Prediction!.Count);
            Assert.Equal(ray.Scores[0], ray.Prediction[0], 1e-4);
        });
        run.Model.Dispose();
    }

    [Fact]
    public void A_limit_attacks_the_first_images_and_trains_on_all()
    {
        ExperimentRun all = Run(Small);
        ExperimentRun some = Run(Small with { Limit = 50 });
        Assert.Equal(all.TwoLayer().Network.Weights.ToRows(), some.TwoLayer().Network.Weights.ToRows());
        Assert.Equal(all.Result.Rows.Take(50), some.Result.Rows);
        Assert.Equal(50, some.Perturbations.Rows);
        all.Model.Dispose();
        some.Model.Dispose();
    }

    private static ExperimentRun Run(ExperimentParameters parameters) =>
        Experiment.Run(parameters, MnistData.All, new() { Threads = 2 });

    private static void AssertConsistent(ExperimentRun run)
    {
        ExperimentResult result = run.Result;
        ExampleCounts counts = result.Examples;
        Assert.Equal(run.Attacked.Count, counts.Total);
        Assert.Equal(counts.Total, counts.Misclassified + counts.Flipped + counts.NotFlipped + counts.NoLabel + counts.NoDirection);
        Assert.Equal(Enumerable.Range(0, counts.Total), result.Rows.Select(row => row.Index));
        Assert.Equal(run.Attacked.Labels, result.Rows.Select(row => row.Label));
        AttackedExample[] flipped = [.. result.Rows.Where(row => row.Status == ExampleStatus.Flipped)];
        Assert.Equal(result.Verified, flipped.Length);
        Assert.Equal(result.Rows.Count(row => row.Margin > 0 && row.Status != ExampleStatus.NoLabel) / (double)counts.Total, result.CleanAccuracy);
        Assert.Equal(Summary.Of(flipped.Select(row => row.PerturbationNorm!.Value)), result.PerturbationNorm);
        Assert.Equal(Summary.Of(flipped.Select(row => row.PerturbationNorm!.Value / row.InputNorm)), result.RelativePerturbationNorm);
        Assert.Equal(Summary.Of(flipped.Select(row => row.GradientNorm)), result.GradientNorm);
        Assert.Equal(Summary.Of(flipped.Select(row => row.PerturbationNorm!.Value / row.GradientNorm)), result.StepSize);
        Assert.Equal(Summary.Of(flipped.Select(row => row.Label * row.Score)), result.Margin);
        Assert.True(flipped.All(row => row.Margin > 0 && row.Label * row.AdversarialScore < 0));
    }
}
