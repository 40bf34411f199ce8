using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.TangentKernel;
using OneStep.Tests.Attacks;
using OneStep.Tests.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.TangentKernel;

/// <summary>Sign changes along rays against a fine grid, and cases by hand.</summary>
public class KernelPredictorRayTests
{
    [Theory]
    [InlineData(1, TrainedLayers.First)]
    [InlineData(2, TrainedLayers.All)]
    public void The_first_change_is_that_of_a_fine_grid(int depth, TrainedLayers trained)
    {
        var kernel = new ReluTangentKernel(depth, trained);
        var random = new RandomInputs(1);
        Matrix<float> inputs = Enumerable.Range(0, 15).Select(_ => random.Gaussian(3)).ToArray().ToMatrix();
        double[] drawn = random.Gaussian(15);
        double[] coefficients = [.. drawn.Select(a => a - drawn.Average())];
        using var predictor = new KernelPredictor(kernel, inputs, coefficients);
        var rays = new RayBatch(Shapes.UnitInputs(20, 3, seed: 2), Shapes.UnitInputs(20, 3, seed: 3));
        RayCrossing[] crossings = predictor.FirstSignChanges(rays);
        int found = 0;
        for (int i = 0; i < rays.Count; i++)
        {
            (double[] x, double[] u) = (rays.Origins.ToRows()[i], rays.Directions.ToRows()[i]);
            double Score(double t) => KernelScenes.Naive(kernel, inputs.ToRows(), coefficients, NaiveNetwork.Move(x, u, t));
            double start = Math.Sign(Score(0));

            // Some hundred angles: t = s/(1 − s).
            double grid = Enumerable.Range(1, 299).Select(k => k / (300.0 - k)).FirstOrDefault(t => start * Score(t) < 0, double.PositiveInfinity);
            // What the grid shows is found; a dip between its angles may be found as well.
            Assert.True(crossings[i].Exists || !double.IsFinite(grid));
            if (crossings[i].Exists)
            {
                found++;
                double length = crossings[i].Length;
                Assert.InRange(length, 0, grid);
                Assert.True(start * Score(length * (1 - 1e-9)) > 0 && start * Score(length * (1 + 1e-9)) < 0);
                Assert.Equal(FiniteDifferences.Derivative(Score, length, 1e-6 * length), crossings[i].Slope, 1e-5);
            }
        }

        Assert.InRange(found, 4, 19);
    }

    [Fact]
    public void Limits_are_kept_and_guesses_do_not_change_what_is_found()
    {
        using KernelPredictor predictor = KernelScenes.Random(new(), 25, 6, seed: 5);
        RayBatch steps = predictor.Steps(Shapes.UnitInputs(20, 6, seed: 6));
        RayCrossing[] crossings = predictor.FirstSignChanges(steps);
        Assert.Contains(crossings, crossing => crossing.Exists);
        RayBatch With(double part, double? guess = null) => new(steps.Origins, steps.Directions)
        {
            Limits = [.. crossings.Select(c => part * (c.Exists ? c.Length : 1))],
            ExpectedLengths = guess is double factor ? [.. crossings.Select(c => factor * (c.Exists ? c.Length : 1))] : null,
        };

        Assert.All(predictor.FirstSignChanges(With(0.999)), crossing => Assert.False(crossing.Exists));
        foreach (double guess in (double[])[0.01, 1, 100, double.NaN])
        {
            RayCrossing[] again = predictor.FirstSignChanges(With(1.001, guess));
            Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(crossings[i].Exists, again[i].Exists));
            Assert.All(Enumerable.Range(0, 20).Where(i => crossings[i].Exists), i => Assert.Equal(crossings[i].Length, again[i].Length, 1e-12 * crossings[i].Length));
        }
    }

    [Theory]
    [InlineData(1, -1, 1)]
    [InlineData(1, 1, double.PositiveInfinity)]
    [InlineData(1, 0.5, double.PositiveInfinity)]
    public void Along_a_line_through_zero_the_sign_changes_there_if_the_far_side_differs(float x, float u, double expected)
    {
        // f(x) = relu-like on the line: ½ max(x, 0)|x_1| − ½ max(−x, 0)|x_1|.
        using var predictor = new KernelPredictor(new(), new(2, 2, [1, 0, -1, 0]), [1, -1]);
        RayCrossing crossing = Assert.Single(predictor.FirstSignChanges(new(new(1, 2, [x, 0]), new(1, 2, [u, 0]))));
        Assert.Equal(expected, crossing.Length, 1e-9);
    }

    [Fact]
    public void A_change_that_comes_only_far_out_is_found_by_the_sign_of_the_direction()
    {
        // One input of each sign: f changes sign where x + t u is nearer to the second, just before the direction's end.
        using var predictor = new KernelPredictor(new(), new(2, 2, [1, 0, 0, 1]), [1, -0.9999]);
        var rays = new RayBatch(new(1, 2, [1, 0]), new(1, 2, [0.7072f, 0.70715f]));
        RayCrossing crossing = Assert.Single(predictor.FirstSignChanges(rays));
        RayCrossing other = Assert.Single(predictor.FirstSignChanges(new(rays.Origins, new(1, 2, [0.7f, 0.72f]))));
        Assert.False(crossing.Exists);
        Assert.InRange(other.Length, 10, 1000);
    }

    [Fact]
    public void The_single_step_flips_and_every_flip_is_verified()
    {
        LabelledInputs train = KernelScenes.Problem(80, 6, seed: 7);
        LabelledInputs test = KernelScenes.Problem(60, 6, seed: 8);
        KernelFit fit = KernelRidge.Fit(new(1, TrainedLayers.All), train, new(), new() { Threads = 1 });
        using KernelPredictor predictor = fit.Predictor;
        AttackResult result = predictor.AttackOnce(test);
        AttackedExample[] attacked = [.. result.Examples.Where(e => e.Status != ExampleStatus.Misclassified)];
        Assert.InRange(attacked.Length, 40, 60);
        Assert.InRange(attacked.Count(e => e.Status == ExampleStatus.Flipped), attacked.Length - 2, attacked.Length);
        Assert.DoesNotContain(attacked, e => e.Status == ExampleStatus.Unverified);
        Assert.All(attacked.Where(e => e.Status == ExampleStatus.Flipped), example => Assert.Equal(-example.Label, Math.Sign(KernelScenes.Naive(
            predictor.Kernel, train.Inputs.ToRows(), predictor.Coefficients, result.Perturbed(test, example.Index)))));
    }
}
