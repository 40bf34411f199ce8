using OneStep.Data;
using OneStep.Numerics;
using OneStep.TangentKernel;
using OneStep.Tests.References;

namespace OneStep.Tests.TangentKernel;

/// <summary>Fits against their optimality conditions, each kernel taken for itself.</summary>
public class KernelFitTests
{
    private static readonly KernelExecution TwoThreads = new() { Threads = 2 };

    [Theory]
    [InlineData(1, TrainedLayers.First, 1e-1)]
    [InlineData(1, TrainedLayers.First, 1e-6)]
    [InlineData(3, TrainedLayers.All, 1e-3)]
    [InlineData(2, TrainedLayers.All, 0)]
    public void Ridge_regression_solves_its_equations(int depth, TrainedLayers trained, double regularization)
    {
        var kernel = new ReluTangentKernel(depth, trained);
        LabelledInputs examples = KernelScenes.Problem(150, 8, seed: 1);
        KernelFit fit = KernelRidge.Fit(kernel, examples, new() { Regularization = regularization }, TwoThreads);
        using KernelPredictor predictor = fit.Predictor;
        double[][] inputs = examples.Inputs.ToRows();
        for (int i = 0; i < inputs.Length; i++)
        {
            double score = KernelScenes.Naive(kernel, inputs, predictor.Coefficients, inputs[i]);
            Assert.Equal(examples.Labels[i], score + (regularization * 150 * predictor.Coefficients[i]), 1e-6);
            Assert.Equal(score, fit.TrainingScores[i], 1e-6);
        }

        Assert.InRange(fit.Residual, 0, 1e-9);
    }

    [Theory]
    [InlineData(1, TrainedLayers.First, 1)]
    [InlineData(1, TrainedLayers.First, 1e-3)]
    [InlineData(2, TrainedLayers.All, 1e-7)]
    public void Logistic_regression_satisfies_its_optimality_conditions(int depth, TrainedLayers trained, double regularization)
    {
        var kernel = new ReluTangentKernel(depth, trained);
        LabelledInputs examples = KernelScenes.Problem(120, 8, seed: 2);
        KernelFit fit = KernelLogistic.Fit(kernel, examples, new() { Regularization = regularization }, TwoThreads);
        using KernelPredictor predictor = fit.Predictor;
        double[][] inputs = examples.Inputs.ToRows();
        for (int i = 0; i < inputs.Length; i++)
        {
            double score = KernelScenes.Naive(kernel, inputs, predictor.Coefficients, inputs[i]);
            double pull = examples.Labels[i] / (1 + Math.Exp(examples.Labels[i] * score));
            Assert.Equal(pull, regularization * 120 * predictor.Coefficients[i], 1e-5);
        }

        Assert.InRange(fit.Residual, 0, 1e-9);
        Assert.InRange(fit.Steps, 2, 60);
    }

    [Fact]
    public void Every_number_of_threads_gives_the_same_bits()
    {
        LabelledInputs examples = KernelScenes.Problem(200, 30, seed: 3);
        using KernelPredictor one = KernelLogistic.Fit(new(2, TrainedLayers.All), examples, new(), new() { Threads = 1 }).Predictor;
        using KernelPredictor three = KernelLogistic.Fit(new(2, TrainedLayers.All), examples, new(), new() { Threads = 3 }).Predictor;
        Assert.Equal(one.Coefficients, three.Coefficients);
    }

    [Fact]
    public void The_gram_matrix_is_that_of_single_kernels_and_symmetric_to_the_bit()
    {
        var kernel = new ReluTangentKernel(2, TrainedLayers.First);
        Matrix<float> inputs = KernelScenes.Problem(45, 11, seed: 4).Inputs;
        Matrix<double> gram = GramMatrix.Of(kernel, inputs, threads: 2);
        double[][] rows = inputs.ToRows();
        for (int i = 0; i < 45; i++)
        {
            for (int j = 0; j < 45; j++)
            {
                Assert.Equal(gram[i, j], gram[j, i]);
                Assert.Equal(kernel.Value(rows[i], rows[j]), gram[i, j], 1e-14);
            }
        }
    }

    [Fact]
    public void Equal_inputs_without_regularisation_are_refused_with_a_sentence()
    {
        LabelledInputs some = KernelScenes.Problem(3, 4, seed: 5);
        var twice = new LabelledInputs(some.Inputs.SelectRows([0, 1, 2, 1]), [1, 1, -1, 1]);
        OneStepException error = Assert.Throws<OneStepException>(() => KernelRidge.Fit(new(), twice, new() { Regularization = 0 }, TwoThreads));
        Assert.Equal("The kernel matrix of the 4 inputs is not positive definite in float64 with regularization 0; make it larger.", error.Message);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        LabelledInputs some = KernelScenes.Problem(3, 4, seed: 5);
        Assert.Throws<InvalidParameterException>(() => KernelRidge.Fit(new(), some, new() { Regularization = -1 }, TwoThreads));
        Assert.Throws<InvalidParameterException>(() => KernelLogistic.Fit(new(), some, new() { Regularization = 0 }, TwoThreads));
        Assert.Throws<InvalidParameterException>(() => KernelLogistic.Fit(new(), some, new() { Tolerance = 1 }, TwoThreads));
        Assert.Throws<InvalidParameterException>(() => KernelLogistic.Fit(new(), some, new() { Steps = 0 }, TwoThreads));
    }

    [Fact]
    public void A_fit_ends_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            KernelRidge.Fit(new(), KernelScenes.Problem(30, 4, seed: 5), new(), new() { Cancellation = source.Token }));
    }
}
