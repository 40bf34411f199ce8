using OneStep.Networks;
using OneStep.Numerics;
using OneStep.TangentKernel;
using OneStep.Tests.Networks;
using OneStep.Tests.Numerics;
using OneStep.Tests.References;

namespace OneStep.Tests.TangentKernel;

/// <summary>Scores, gradients and bounds against sums over single kernels.</summary>
public class KernelPredictorTests
{
    public static TheoryData<int, TrainedLayers, int, int, int> Cases { get; } = new()
    {
        { 1, TrainedLayers.First, 1, 1, 1 },
        { 1, TrainedLayers.First, 33, 2, 13 },
        { 1, TrainedLayers.All, 70, 35, 25 },
        { 3, TrainedLayers.First, 31, 7, 12 },
        { 3, TrainedLayers.All, 64, 100, 5 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Scores_and_gradients_are_the_sums_over_its_inputs(int depth, TrainedLayers trained, int count, int dimension, int points)
    {
        var kernel = new ReluTangentKernel(depth, trained);
        var random = new RandomInputs(1);
        Matrix<float> inputs = Rows(random, count, dimension);
        double[] coefficients = random.Gaussian(count);
        using var predictor = new KernelPredictor(kernel, inputs, coefficients);
        Matrix<float> x = Rows(random, points, dimension);
        (double[] scores, Matrix<float> gradients) = predictor.ScoresAndGradients(x);
        BoundedScore[] bounded = predictor.ScoresInDouble(x.Widen());
        for (int i = 0; i < points; i++)
        {
            double[] point = x.ToRows()[i];
            double expected = KernelScenes.Naive(kernel, inputs.ToRows(), coefficients, point);
            double[] gradient = KernelScenes.NaiveGradient(kernel, inputs.ToRows(), coefficients, point);
            double size = 1 + gradient.Max(Math.Abs);
            Assert.Equal(expected, scores[i], 1e-6 * size);
            Assert.All(Enumerable.Range(0, dimension), k => Assert.Equal(gradient[k], gradients[i, k], 1e-6 * size));
            Assert.InRange(Math.Abs(bounded[i].Value - expected), 0, bounded[i].ErrorBound);
        }
    }

    [Fact]
    public void The_error_bound_is_small_away_from_its_inputs_and_holds_next_to_them()
    {
        var kernel = new ReluTangentKernel(2, TrainedLayers.All);
        var random = new RandomInputs(5);
        Matrix<float> inputs = Rows(random, 20, 50);
        double[] coefficients = random.Gaussian(20);
        using var predictor = new KernelPredictor(kernel, inputs, coefficients);
        Assert.All(predictor.ScoresInDouble(Rows(random, 20, 50).Widen()), score => Assert.InRange(score.ErrorBound, 1e-15, 1e-8));

        // At an input itself, and at angles of 1e-1 to 1e-12 from it and from its opposite.
        foreach (double sign in (double[])[1, -1])
        {
            var near = new Matrix<double>(14, 50);
            for (int i = 0; i < near.Rows; i++)
            {
                for (int k = 0; k < 50; k++)
                {
                    near[i, k] = sign * inputs[i, k] * (1 + (i == 0 ? 0 : Math.Pow(10, -i) * ((k * 7 % 5) - 2)));
                }
            }

            BoundedScore[] scores = predictor.ScoresInDouble(near);
            Assert.All(Enumerable.Range(0, near.Rows), i => Assert.InRange(
                Math.Abs(scores[i].Value - KernelScenes.Naive(kernel, inputs.ToRows(), coefficients, near.Row(i).ToArray())), 0, scores[i].ErrorBound));
            Assert.All(scores, score => Assert.InRange(score.ErrorBound, 0, 1e-4));
        }
    }

    [Fact]
    public void The_score_of_zero_is_zero_and_so_is_its_gradient()
    {
        using KernelPredictor predictor = KernelScenes.Random(new(), 10, 4, seed: 2);
        (double[] scores, Matrix<float> gradients) = predictor.ScoresAndGradients(new(1, 4));
        Assert.Equal(0, scores[0]);
        Assert.All(gradients.Data, g => Assert.Equal(0, g));
        Assert.Equal(RayCrossing.None, Assert.Single(predictor.FirstSignChanges(new(new(1, 4), new(1, 4, [1, 0, 0, 0])))));
    }

    [Fact]
    public void Every_number_of_threads_and_every_batching_gives_the_same_bits()
    {
        using KernelPredictor predictor = KernelScenes.Random(new(2, TrainedLayers.All), 70, 20, seed: 3);
        Matrix<float> inputs = Shapes.UnitInputs(50, 20, seed: 4);
        for (int i = 0; i < inputs.Data.Length; i += 3)
        {
            inputs.Data[i] = 0;
        }

        (double[] scores, Matrix<float> gradients) = predictor.ScoresAndGradients(inputs);
        BoundedScore[] bounded = predictor.ScoresInDouble(inputs.Widen());
        RayBatch rays = predictor.Steps(inputs);
        RayCrossing[] crossings = predictor.FirstSignChanges(rays);
        (double[] scores3, Matrix<float> gradients3) = predictor.ScoresAndGradients(inputs, threads: 3);
        Bits.AssertSame(scores, scores3);
        Bits.AssertSame(gradients.Data, gradients3.Data);
        Assert.Equal(bounded, predictor.ScoresInDouble(inputs.Widen(), threads: 3));
        Assert.Equal(crossings, predictor.FirstSignChanges(rays, threads: 3));
        for (int first = 0; first < 50; first += 7)
        {
            int count = Math.Min(7, 50 - first);
            (double[] some, Matrix<float> someGradients) = predictor.ScoresAndGradients(inputs.RowRange(first, count));
            Bits.AssertSame(scores.AsSpan(first, count), some);
            Bits.AssertSame(gradients.RowRange(first, count).Data, someGradients.Data);
            var part = new RayBatch(rays.Origins.RowRange(first, count), rays.Directions.RowRange(first, count));
            Assert.Equal(crossings[first..(first + count)], predictor.FirstSignChanges(part));
        }
    }

    [Fact]
    public void A_workspace_of_another_predictor_and_wrong_shapes_are_refused()
    {
        using KernelPredictor predictor = KernelScenes.Random(new(), 5, 3, seed: 1);
        using KernelPredictor other = KernelScenes.Random(new(), 5, 3, seed: 1);
        using ScoreWorkspace workspace = predictor.CreateWorkspace(1);
        using ScoreWorkspace others = other.CreateWorkspace(1);
        Assert.Throws<ArgumentException>(() => predictor.ScoresAndGradients(new(1, 3), new double[1], null, others, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => predictor.ScoresAndGradients(new(1, 4), new double[1], null, workspace, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => predictor.ScoresInDouble(new(2, 3), new BoundedScore[1], workspace, CancellationToken.None));
        Assert.Throws<ArgumentException>(() => new KernelPredictor(new(), new(2, 3), [1, double.NaN]));
    }

    private static Matrix<float> Rows(RandomInputs random, int count, int dimension) =>
        Enumerable.Range(0, count).Select(_ => random.Gaussian(dimension)).ToArray().ToMatrix();
}
