using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;
using OneStep.TangentKernel;
using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.TangentKernel;

/// <summary>SGD in the space of functions against a naive one, and against networks of growing width.</summary>
public class KernelDescentTests
{
    private const ulong Seed = 41;

    private static readonly KernelExecution TwoThreads = new() { Threads = 2 };
    private static readonly TrainingOptions Short = new() { Ball = BallMode.None, LearningRate = 1.5, Batch = 7, Epochs = 3 };

    [Theory]
    [InlineData(1, TrainedLayers.First, 7)]
    [InlineData(2, TrainedLayers.All, 7)]
    [InlineData(1, TrainedLayers.First, 1000)]
    public void Descent_takes_the_steps_of_a_naive_one_on_the_same_minibatches(int depth, TrainedLayers trained, int batch)
    {
        var kernel = new ReluTangentKernel(depth, trained);
        LabelledInputs examples = KernelScenes.Problem(40, 6, seed: 1);
        KernelFit fit = KernelDescent.Fit(kernel, examples, Short with { Batch = batch }, Seed, TwoThreads);
        using KernelPredictor predictor = fit.Predictor;
        (double[] coefficients, double[] scores, int steps) = Naive(kernel, examples, Short with { Batch = batch });
        Assert.Equal(steps, fit.Steps);
        for (int i = 0; i < examples.Count; i++)
        {
            Assert.Equal(coefficients[i], predictor.Coefficients[i], 1e-12);
            Assert.Equal(scores[i], fit.TrainingScores[i], 1e-12);
        }

        double residual = scores.Select((score, i) => 1 / (1 + Math.Exp(examples.Labels[i] * score))).Max();
        Assert.Equal(residual, fit.Residual, 1e-12);
    }

    [Fact]
    public void Networks_from_antisymmetric_initialisation_approach_it_like_one_over_the_root_of_the_width()
    {
        LabelledInputs examples = KernelScenes.Problem(60, 5, seed: 2);
        Matrix<float> elsewhere = KernelScenes.Problem(100, 5, seed: 3).Inputs;
        TrainingOptions options = Short with { LearningRate = 1, Epochs = 6 };
        using KernelPredictor limit = KernelDescent.Fit(new(), examples, options, Seed, TwoThreads).Predictor;
        double[] wanted = Scores(limit, elsewhere);
        int[] widths = [250, 4000, 64_000];
        double[] distances = [.. widths.Select(width => Distance(Train(width, InitializationKind.Antisymmetric, examples, options, elsewhere), wanted))];

        // Sixteen times the width is a quarter of the distance; four networks of a width leave about a third of that to chance.
        Assert.InRange(distances[0] / distances[1], 2.4, 6.5);
        Assert.InRange(distances[1] / distances[2], 2.4, 6.5);
        Assert.InRange(distances[2], 0, 0.02);
        Assert.InRange(Distance(Train(4000, InitializationKind.Standard, examples, options, elsewhere), wanted), 10 * distances[1], double.PositiveInfinity);
    }

    [Fact]
    public void Every_number_of_threads_gives_the_same_bits()
    {
        LabelledInputs examples = KernelScenes.Problem(130, 20, seed: 4);
        KernelFit one = KernelDescent.Fit(new(), examples, Short, Seed, new() { Threads = 1 });
        KernelFit three = KernelDescent.Fit(new(), examples, Short, Seed, new() { Threads = 3 });
        Assert.Equal(one.Predictor.Coefficients, three.Predictor.Coefficients);
        Assert.Equal(one.TrainingScores, three.TrainingScores);
        one.Predictor.Dispose();
        three.Predictor.Dispose();
    }

    [Fact]
    public void It_tells_of_every_step()
    {
        var told = new List<KernelProgress>();
        var execution = new KernelExecution { Progress = new SynchronousProgress<KernelProgress>(told.Add) };
        KernelDescent.Fit(new(), KernelScenes.Problem(20, 4, seed: 5), Short, Seed, execution).Predictor.Dispose();
        Assert.Equal(Enumerable.Range(0, 10), told.Select(progress => progress.Step));
        Assert.Equal(0.5, told[1].Residual);
        Assert.All(told.Skip(2), progress => Assert.InRange(progress.Residual, 0.1, 0.9));
    }

    [Fact]
    public void A_ball_is_refused() =>
        Assert.Equal(
            "ball is stop, but must be none where a kernel is trained: it has no weights that a ball could hold.",
            Assert.Throws<InvalidParameterException>(() =>
                KernelDescent.Fit(new(), KernelScenes.Problem(5, 4, seed: 5), new() { Ball = BallMode.Stop }, Seed, TwoThreads)).Message);

    [Fact]
    public void A_learning_rate_that_overflows_is_refused_with_a_sentence()
    {
        var large = new LabelledInputs(new Matrix<float>(2, 1, [10, -10]), [1, -1]);
        OneStepException error = Assert.Throws<OneStepException>(() => KernelDescent.Fit(new(), large, Short with { LearningRate = 1e308, Batch = 1 }, Seed, TwoThreads));
        Assert.StartsWith("Training diverged at step ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_examples_than_one_array_holds_are_refused_with_a_sentence() =>
        Assert.Equal(
            "The kernel matrix of 46341 inputs is too large for one array; take at most 46340.",
            Assert.Throws<OneStepException>(() => GramMatrix.Of(new(), new Matrix<float>(46341, 1))).Message);

    [Fact]
    public void It_ends_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() =>
            KernelDescent.Fit(new(), KernelScenes.Problem(30, 4, seed: 5), Short, Seed, new() { Cancellation = source.Token }));
    }

    // Every score is kept for itself and moved by every step.
    private static (double[] Coefficients, double[] Scores, int Steps) Naive(ReluTangentKernel kernel, LabelledInputs examples, TrainingOptions options)
    {
        double[][] inputs = examples.Inputs.ToRows();
        double[] coefficients = new double[inputs.Length];
        double[] scores = new double[inputs.Length];
        int steps = 0;
        for (int epoch = 0; epoch < options.Epochs; epoch++)
        {
            foreach (int[] batch in new RandomStream(Seed, RandomPurpose.ExampleOrder).Permutation(epoch, inputs.Length).Chunk(options.Batch))
            {
                double[] before = [.. scores];
                foreach (int i in batch)
                {
                    double moved = options.LearningRate / batch.Length * examples.Labels[i] / (1 + Math.Exp(examples.Labels[i] * before[i]));
                    coefficients[i] += moved;
                    for (int j = 0; j < inputs.Length; j++)
                    {
                        scores[j] += moved * kernel.Value(inputs[i], inputs[j]);
                    }
                }

                steps++;
            }
        }

        return (coefficients, scores, steps);
    }

    // The scores of four networks, one after the other.
    private static double[] Train(int width, InitializationKind kind, LabelledInputs examples, TrainingOptions options, Matrix<float> elsewhere) =>
    [
        .. Enumerable.Range(0, 4).SelectMany(seed =>
        {
            TwoLayerNetwork network = Initialization.Draw(width, elsewhere.Columns, kind, bias: false, (ulong)seed, threads: 2, CancellationToken.None);
            using TrainedNetwork trained = new LazyTrainer(options, Seed).Train(network, radius: 1, examples, new() { Threads = 2 });
            return Scores(trained.Network, elsewhere);
        }),
    ];

    private static double[] Scores(IScoreFunction function, Matrix<float> inputs)
    {
        double[] scores = new double[inputs.Rows];
        using ScoreWorkspace workspace = function.CreateWorkspace(threads: 2);
        function.ScoresAndGradients(inputs, scores, gradients: null, workspace, CancellationToken.None);
        return scores;
    }

    // Root mean square of the difference over that of the limit.
    private static double Distance(double[] scores, double[] limit) => Math.Sqrt(
        scores.Select((score, i) => Math.Pow(score - limit[i % limit.Length], 2)).Average() / limit.Select(score => score * score).Average());
}
