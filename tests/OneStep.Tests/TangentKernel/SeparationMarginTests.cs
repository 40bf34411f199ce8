using OneStep.Data;
using OneStep.Networks;
using OneStep.TangentKernel;
using OneStep.Tests.References;

namespace OneStep.Tests.TangentKernel;

/// <summary>Margins known by hand, by a fine grid, and by weak duality.</summary>
public class SeparationMarginTests
{
    private static readonly KernelExecution TwoThreads = new() { Threads = 2 };

    [Fact]
    public void Of_one_example_it_is_half_its_norm_in_the_limit()
    {
        var examples = new LabelledInputs(new(1, 3, [1, 2, 2]), [-1]);
        foreach (int samples in (int[])[100, 10_000])
        {
            SeparationMarginEstimate estimate = SeparationMargin.Estimate(examples, new() { Samples = samples, Seed = 1 }, TwoThreads);
            Assert.Equal(1.5, estimate.Upper, 4.5 / Math.Sqrt(samples));
            Assert.Equal(estimate.Upper, estimate.Lower, 1e-3 * estimate.Upper);
        }
    }

    [Fact]
    public void Of_one_input_with_both_labels_it_is_zero()
    {
        SeparationMarginEstimate estimate = SeparationMargin.Estimate(new(new(2, 2, [0.6f, 0.8f, 0.6f, 0.8f]), [1, -1]), new(), TwoThreads);
        Assert.Equal(0, estimate.Lower, 1e-12);
        Assert.Equal(0, estimate.Upper, 1e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Of_opposite_inputs_it_is_the_smaller_half(int label)
    {
        // No z is active at both: the margin is what the rarer of the two halves gives.
        SeparationMarginEstimate estimate = SeparationMargin.Estimate(new(new(2, 2, [1, 0, -1, 0]), [1, label]), new() { Samples = 500 }, TwoThreads);
        using TwoLayerNetwork network = Initialization.Draw(500, 2, InitializationKind.Standard, bias: false, seed: 0, threads: 1, CancellationToken.None);
        int right = network.Weights.ToRows().Count(z => z[0] > 0);
        Assert.Equal(Math.Min(right, 500 - right) / 500.0, estimate.Upper, 1e-3);
    }

    [Fact]
    public void Of_two_examples_it_is_the_minimum_of_a_fine_grid()
    {
        var examples = new LabelledInputs(new(2, 2, [1, 0, 0.6f, 0.8f]), [1, -1]);
        double grid = Enumerable.Range(0, 201).Min(k => Dual(examples, 300, [k / 200.0, 1 - (k / 200.0)]));
        SeparationMarginEstimate estimate = SeparationMargin.Estimate(examples, new() { Samples = 300 }, TwoThreads);
        Assert.InRange(grid, estimate.Lower - 1e-9, estimate.Upper + 1e-4);
        Assert.InRange(estimate.RelativeGap, 0, 1e-3);
    }

    [Fact]
    public void The_bounds_are_bounds_and_meet_their_gap()
    {
        LabelledInputs examples = KernelScenes.Problem(40, 5, seed: 1);
        foreach (double gap in (double[])[0.1, 1e-3, 1e-5])
        {
            SeparationMarginEstimate estimate = SeparationMargin.Estimate(examples, new() { Samples = 200, RelativeGap = gap }, TwoThreads);
            Assert.InRange(estimate.RelativeGap, 0, gap);
            Assert.Equal(1, estimate.Weights.Sum(), 1e-12);
            Assert.All(estimate.Weights, weight => Assert.True(weight > 0));
            Assert.Equal(Dual(examples, 200, estimate.Weights), estimate.Upper, 1e-9);
            var random = new RandomInputs(2);
            for (int i = 0; i < 5; i++)
            {
                double[] weights = [.. random.Gaussian(40).Select(Math.Abs)];
                double sum = weights.Sum();
                Assert.InRange(estimate.Lower, 0, Dual(examples, 200, [.. weights.Select(w => w / sum)]));
            }
        }
    }

    [Fact]
    public void Samples_of_another_seed_change_it_less_the_more_there_are()
    {
        LabelledInputs examples = KernelScenes.Problem(30, 4, seed: 3);
        double Spread(int samples)
        {
            double[] margins = [.. Enumerable.Range(0, 6).Select(seed =>
                SeparationMargin.Estimate(examples, new() { Samples = samples, Seed = (ulong)seed }, TwoThreads).Upper)];
            return margins.Max() - margins.Min();
        }

        Assert.True(Spread(1000) < 0.6 * Spread(50));
    }

    [Fact]
    public void Every_number_of_threads_gives_the_same_bits()
    {
        LabelledInputs examples = KernelScenes.Problem(50, 7, seed: 4);
        SeparationMarginEstimate one = SeparationMargin.Estimate(examples, new() { Samples = 150 }, new() { Threads = 1 });
        SeparationMarginEstimate three = SeparationMargin.Estimate(examples, new() { Samples = 150 }, new() { Threads = 3 });
        Assert.Equal((one.Lower, one.Upper, one.Steps), (three.Lower, three.Upper, three.Steps));
        Assert.Equal(one.Weights, three.Weights);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        LabelledInputs some = KernelScenes.Problem(3, 4, seed: 5);
        foreach (SeparationMarginOptions options in (SeparationMarginOptions[])[new() { Samples = 0 }, new() { RelativeGap = 0 }, new() { Steps = 0 }])
        {
            Assert.Throws<InvalidParameterException>(() => SeparationMargin.Estimate(some, options, TwoThreads));
        }
    }

    // (1/m) Σ_s ‖Σ_i q_i y_i x_i 1[z_s · x_i > 0]‖ with the initial weights of a network for z.
    private static double Dual(LabelledInputs examples, int samples, double[] q)
    {
        int d = examples.Inputs.Columns;
        using TwoLayerNetwork network = Initialization.Draw(samples, d, InitializationKind.Standard, bias: false, seed: 0, threads: 1, CancellationToken.None);
        double[][] inputs = examples.Inputs.ToRows();
        return network.Weights.ToRows().Average(z =>
        {
            double[] sum = new double[d];
            for (int i = 0; i < inputs.Length; i++)
            {
                bool active = z.Zip(inputs[i], (a, b) => a * b).Sum() > 0;
                for (int k = 0; k < d && active; k++)
                {
                    sum[k] += q[i] * examples.Labels[i] * inputs[i][k];
                }
            }

            return Math.Sqrt(sum.Sum(v => v * v));
        });
    }
}
