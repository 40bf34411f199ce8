using OneStep.Data;
using OneStep.Experiments.InfiniteWidth;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.TangentKernel;
using OneStep.Tests.Experiments;
using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.TangentKernel;

/// <summary>How fast networks come to their limit, MNIST 0 against 1 (docs/mathematics.md §18).</summary>
[Trait("Category", "Oracle")]
public class KernelLimitOracleTests
{
    private static readonly TrainingOptions TenEpochs = new() { Ball = BallMode.None, Epochs = 10 };

    [Fact]
    public void Scores_come_like_the_root_of_the_width_and_gradients_like_its_fourth_root()
    {
        KernelLimitResult[] results = [.. ((int[])[300, 3000, 30_000]).Select(width => Run(new() { Width = width }))];
        Assert.InRange(results[0].Difference.Score!.Value / results[2].Difference.Score!.Value, 6, 17);
        Assert.InRange(results[0].Difference.Gradient!.Value / results[1].Difference.Gradient!.Value, 1.5, 2.1);
        Assert.InRange(results[1].Difference.Gradient!.Value / results[2].Difference.Gradient!.Value, 1.5, 2.1);
        Assert.InRange(results[2].Difference.MeanPerturbation!.Value, 0.005, 0.03);
        Assert.All(results, result => Assert.InRange(result.Training.C0Measured, 12, 14));
    }

    [Theory]
    [InlineData(10, 1000, 10)]
    [InlineData(10, 10_000, 10)]
    [InlineData(28, 500, 8)]
    [InlineData(28, 8000, 8)]
    public void The_step_is_as_much_longer_than_the_limits_as_its_gradient_and_its_size_the_same(int side, int width, int epochs)
    {
        KernelLimitResult result = Run(new() { Side = side, Width = width, Limit = 100, Training = TenEpochs with { Epochs = epochs } });
        double gradient = result.Difference.Gradient!.Value;
        double ratio = result.Difference.PerturbationRatio.Median!.Value;
        Assert.InRange(ratio / Math.Sqrt(1 + (gradient * gradient)), 0.96, 1.04);
        Assert.InRange(result.Network.StepSize.Mean!.Value / result.Kernel.StepSize.Mean!.Value, 0.94, 1.06);
    }

    [Theory]
    [InlineData(10, 3000)]
    [InlineData(20, 3000)]
    public void The_noise_of_the_gradient_is_that_of_the_pairs_of_which_one_is_active(int side, int width)
    {
        KernelLimitResult result = Run(new() { Side = side, Width = width, Limit = 40 });
        LabelledInputs examples = MnistData.ZeroVersusOne(side).Train.Take(1000);
        using KernelPredictor limit = KernelDescent.Fit(new(), examples, TenEpochs, seed: 0, new() { Threads = 2 }).Predictor;
        double moved = MeanMove(limit.Coefficients, examples.Inputs, MnistData.ZeroVersusOne(side).Test.Take(40).Inputs);
        double predicted = ((side * side) - 1) / Math.Sqrt(2 * Math.PI * width) * moved;
        double measured = result.Rows.Average(row => row.GradientDifference * row.GradientDifference);
        Assert.InRange(measured / predicted, 0.85, 1.2);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(10_000)]
    public void Standard_initialisation_stays_away_at_every_width(int width)
    {
        KernelLimitResult result = Run(new() { Width = width, Initialization = InitializationKind.Standard });
        Assert.InRange(result.Difference.Gradient!.Value, 1.2, 1.7);
        Assert.InRange(result.Difference.MeanPerturbation!.Value, -0.45, -0.25);
    }

    [Theory]
    [InlineData(7, 0.463)]
    [InlineData(14, 0.448)]
    [InlineData(28, 0.427)]
    public void The_limit_hardly_knows_the_dimension(int side, double expected)
    {
        var parameters = new KernelParameters { Side = side, Predictor = KernelFitting.Descent, Training = TenEpochs with { Epochs = 15 }, Limit = 200 };
        KernelResult result = KernelExperiment.Run(parameters, MnistData.All, new() { Threads = 2 });
        Assert.Equal(expected, result.Attack.PerturbationNorm.Mean!.Value, 0.003);
    }

    private static KernelLimitResult Run(KernelLimitParameters parameters) => KernelLimitExperiment.Run(parameters, MnistData.All, new() { Threads = 2 });

    // E |D(w) · x| over w at right angles to x, with 400 weights, averaged over the inputs.
    private static double MeanMove(IReadOnlyList<double> coefficients, Matrix<float> examples, Matrix<float> inputs)
    {
        var random = new RandomInputs(5);
        double[][] rows = examples.ToRows();
        double[][] weights = [.. Enumerable.Range(0, 400).Select(_ => random.Gaussian(examples.Columns))];
        double[][] products = [.. weights.Select(w => rows.Select(row => Dot(w, row)).ToArray())];
        return inputs.ToRows().Average(x =>
        {
            double[] cosines = [.. rows.Select(row => Dot(x, row))];
            return Enumerable.Range(0, weights.Length).Average(s =>
            {
                double along = Dot(weights[s], x);
                double move = 0;
                for (int i = 0; i < rows.Length; i++)
                {
                    move += products[s][i] - (along * cosines[i]) > 0 ? coefficients[i] * cosines[i] : 0;
                }

                return Math.Abs(move);
            });
        });
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
