using OneStep.Tests.References;
using OneStep.Theory;

namespace OneStep.Tests.Theory;

public class MeanFieldTests
{
    // The median of |f| at initialisation, where f ~ N(0, 1/2): 0.6744897501960817/√2.
    private const double MedianMargin = 0.47693627620446987;

    [Theory]
    [InlineData(100, 1.022)]
    [InlineData(400, 1.011)]
    [InlineData(784, 1.008)]
    [InlineData(3072, 1.004)]
    public void Median_overshoot_is_what_was_measured_on_wide_random_networks(int dimension, double measured)
    {
        // The overshoot grows with the margin, so its median is the overshoot at the median margin.
        Assert.Equal(measured, MeanField.Overshoot(dimension, MedianMargin), 3);

        var random = new RandomInputs(7);
        double[] sampled = [.. random.Gaussian(20_001).Select(z => MeanField.Overshoot(dimension, Math.Abs(z) / Math.Sqrt(2))).Order()];
        Assert.Equal(measured, sampled[10_000], 0.001);
    }

    [Theory]
    [InlineData(2, 1, 1.38895448338305577605)]
    [InlineData(2, 0.001, 1.00045056299782683698)]
    [InlineData(2, 10, 1.49850512745808740797)]
    [InlineData(100, MedianMargin, 1.02245616796243644706)]
    [InlineData(784, 2, 1.03406379501268329312)]
    [InlineData(784, 20, 1.32629426115621680739)]
    [InlineData(3072, MedianMargin, 1.00390396348451787104)]
    public void Overshoot_agrees_with_a_solution_of_the_curve_to_thirty_digits(int dimension, double margin, double expected) =>
        Assert.Equal(expected, MeanField.Overshoot(dimension, margin), 13);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(25)]
    [InlineData(784)]
    [InlineData(10_000)]
    public void The_curve_changes_sign_at_the_predicted_step_whatever_the_margin(int dimension)
    {
        for (double margin = 1e-6; margin < 1e3; margin *= 3)
        {
            double step = MeanField.Predict(dimension, margin).StepSize;
            Assert.True(MeanField.ScoreAlongRay(dimension, margin, step * 0.999) > 0, $"M = {margin}");
            Assert.True(MeanField.ScoreAlongRay(dimension, margin, step * 1.001) < 0, $"M = {margin}");
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(100)]
    public void The_predicted_zero_is_the_first_and_the_only_one(int dimension)
    {
        foreach (double margin in (double[])[0.01, 0.5, 2, 20])
        {
            double step = MeanField.Predict(dimension, margin).StepSize;
            for (int i = 1; i < 1000; i++)
            {
                Assert.True(MeanField.ScoreAlongRay(dimension, margin, step * i / 1000) > 0);
                Assert.True(MeanField.ScoreAlongRay(dimension, margin, step * 1000 / i) < 0);
            }
        }
    }

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(1e-300)]
    [InlineData(1e-12)]
    [InlineData(1e12)]
    [InlineData(1e300)]
    [InlineData(double.MaxValue)]
    public void Extreme_margins_give_finite_predictions(double margin)
    {
        foreach (int dimension in (int[])[2, 784, int.MaxValue])
        {
            MeanFieldPrediction prediction = MeanField.Predict(dimension, margin);
            Assert.InRange(MeanField.Overshoot(dimension, margin), 1, 1.5);
            Assert.True(double.IsFinite(prediction.StepSize) && prediction.StepSize >= 0);
            Assert.True(double.IsFinite(prediction.GradientNorm) && prediction.GradientNorm > 0);
        }
    }

    [Fact]
    public void Overshoot_grows_with_the_margin_from_one_to_three_halves()
    {
        double before = 1;
        for (double margin = 1e-4; margin < 1e5; margin *= 1.5)
        {
            double overshoot = MeanField.Overshoot(50, margin);
            Assert.InRange(overshoot, before, 1.5);
            before = overshoot;
        }

        Assert.Equal(1.5, before, 4);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(784)]
    [InlineData(100_000)]
    public void Overshoot_is_about_one_plus_the_angle_over_pi(int dimension)
    {
        double first = MedianMargin * Math.Sqrt(2.0 / (dimension - 1)) / Math.PI;
        Assert.Equal(1 + first, MeanField.Overshoot(dimension, MedianMargin), 3 * first * first);
        Assert.Equal(1 + first + (2 * first * first), MeanField.Overshoot(dimension, MedianMargin), 7 * first * first * first);
    }

    [Theory]
    [InlineData(2, 0.3)]
    [InlineData(100, 1.7)]
    [InlineData(784, 0.5)]
    public void The_curve_starts_at_the_margin_and_falls_with_the_gradients_square(int dimension, double margin)
    {
        double gradientNorm = MeanField.GradientNorm(dimension, margin);
        Assert.Equal(margin, MeanField.ScoreAlongRay(dimension, margin, 0));
        double slope = (MeanField.ScoreAlongRay(dimension, margin, 1e-9) - margin) / 1e-9;
        Assert.Equal(-1, slope / (gradientNorm * gradientNorm), 5);
    }

    [Fact]
    public void In_high_dimension_the_exact_step_is_the_linear_one()
    {
        MeanFieldPrediction prediction = MeanField.Predict(2_000_000_001, 1);
        Assert.Equal(Math.Sqrt(1e9), prediction.GradientNorm, 1e-4);
        Assert.Equal(1, prediction.LinearStepSize * 1e9, 8);
        Assert.Equal(1, prediction.StepSize * 1e9, 4);
        Assert.Equal(1, prediction.PerturbationNorm * Math.Sqrt(1e9), 4);
    }

    [Fact]
    public void The_curve_in_length_is_the_curve_in_steps_of_the_gradient()
    {
        MeanFieldPrediction prediction = MeanField.Predict(196, 0.8);
        Assert.Equal(0, MeanField.ScoreAtLength(196, 0.8, prediction.PerturbationNorm), 12);
        Assert.Equal(
            MeanField.ScoreAlongRay(196, 0.8, 0.02), MeanField.ScoreAtLength(196, 0.8, 0.02 * prediction.GradientNorm), 14);
    }

    [Fact]
    public void A_margin_of_zero_needs_no_step()
    {
        MeanFieldPrediction prediction = MeanField.Predict(100, 0);
        Assert.Equal(new MeanFieldPrediction(Math.Sqrt(49.5), 0, 0), prediction);
        Assert.Equal(1, MeanField.Overshoot(100, 0));
    }

    [Fact]
    public void In_one_dimension_the_curve_ends_at_the_origin()
    {
        Assert.Equal(new MeanFieldPrediction(2, 0.5, 0.5), MeanField.Predict(1, 2));
        Assert.Equal(1, MeanField.ScoreAlongRay(1, 2, 0.25));
        Assert.Equal(0, MeanField.ScoreAlongRay(1, 2, 0.5), 15);
        Assert.Equal(0, MeanField.ScoreAlongRay(1, 2, 7), 15);
        Assert.Equal(new MeanFieldPrediction(0, 0, 0), MeanField.Predict(1, 0));
        Assert.Equal(0, MeanField.ScoreAtLength(1, 0, 3));
    }

    [Fact]
    public void Random_networks_flip_where_predicted()
    {
        var steps = new List<double>();
        var gradients = new List<double>();
        for (int seed = 0; seed < 40; seed++)
        {
            NaiveNetwork network = NaiveNetwork.Random(2000, 100, seed);
            double[] x = new RandomInputs(500 + seed).Unit(100);
            double gradientNorm = Math.Sqrt(network.Gradient(x).Sum(g => g * g));
            MeanFieldPrediction prediction = MeanField.Predict(100, Math.Abs(network.Score(x)));
            NaiveCrossing? crossing = BruteForceRay.FirstSignChange(network, x, network.StepDirection(x), limit: prediction.PerturbationNorm * 3);
            Assert.NotNull(crossing);
            steps.Add(crossing.Value.Length / prediction.PerturbationNorm);
            gradients.Add(gradientNorm / prediction.GradientNorm);
        }

        // ‖∇f‖ scatters by 1/√(2(d − 1)) = 7 %, and by the number of active neurons; the mean of 40 by a sixth of that.
        Assert.Equal(1, gradients.Average(), 0.04);
        Assert.Equal(1, steps.Average(), 0.05);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-3, 1)]
    [InlineData(10, -0.1)]
    [InlineData(10, double.NaN)]
    [InlineData(10, double.PositiveInfinity)]
    public void What_is_out_of_range_is_refused(int dimension, double margin)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanField.Predict(dimension, margin));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanField.ScoreAlongRay(dimension, margin, 0.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanField.ScoreAtLength(dimension, margin, 0.1));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Steps_that_are_negative_or_not_finite_are_refused(double step)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanField.ScoreAlongRay(10, 1, step));
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanField.ScoreAtLength(10, 1, step));
    }
}
