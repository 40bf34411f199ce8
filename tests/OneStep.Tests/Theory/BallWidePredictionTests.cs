using OneStep.Theory;

namespace OneStep.Tests.Theory;

public class BallWidePredictionTests
{
    [Theory]
    [InlineData(1, 0.055)]
    [InlineData(2, 0.081)]
    [InlineData(5, 0.165)]
    [InlineData(10, 0.325)]
    public void The_mean_size_is_what_was_measured_on_random_networks(double c0, double measured)
    {
        PredictionBand band = RandomMargin.BandOf(margin => BallWidePrediction.AlongGradient(784, margin, c0));
        Assert.Equal(1, band.Mean!.Value / measured, 0.01);
        Assert.Equal(1, band.Share);
        Assert.True(band.Low < band.Median && band.Median < band.High);
    }

    [Fact]
    public void Without_a_ball_it_is_the_single_step_of_the_mean_field()
    {
        foreach (int dimension in (int[])[2, 10, 784, 100_000])
        {
            foreach (double margin in (double[])[0, 1e-6, 0.3, 1, 5])
            {
                Assert.Equal(
                    MeanField.Predict(dimension, margin).PerturbationNorm, BallWidePrediction.AlongGradient(dimension, margin, 0)!.Value, 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(100, 0.5, 1)]
    [InlineData(784, 0.1, 12)]
    [InlineData(784, 1.5, 15)]
    public void The_worst_score_of_the_ball_is_positive_before_the_size_and_negative_behind(int dimension, double margin, double c0)
    {
        double length = BallWidePrediction.AlongGradient(dimension, margin, c0)!.Value;
        for (int i = 1; i < 100; i++)
        {
            Assert.True(Worst(length * i / 100.001) > 0);
        }

        Assert.True(Worst(1.0001 * length) < 0);

        double Worst(double t)
        {
            // ‖x'‖ at this length: x' = (1 − ηM) x − η S e.
            double stepSize = t / MeanField.GradientNorm(dimension, margin);
            double norm = double.Hypot(1 - (stepSize * margin), stepSize * Math.Sqrt((dimension - 1) / 2.0));
            return MeanField.ScoreAtLength(dimension, margin, t) + (c0 / 2 * norm);
        }
    }

    [Fact]
    public void Certificates_along_the_gradient_end_where_no_length_is_enough()
    {
        // max sin φ (1 − φ/π) = 0.579 at tan φ = π − φ.
        Assert.Equal(1.158 * Math.Sqrt(783 / 2.0), BallWidePrediction.LargestC0AlongGradient(784, 0), 0.01);
        foreach (double margin in (double[])[0, 0.5, 1])
        {
            double end = BallWidePrediction.LargestC0AlongGradient(784, margin);
            Assert.NotNull(BallWidePrediction.AlongGradient(784, margin, 0.999 * end));
            Assert.Null(BallWidePrediction.AlongGradient(784, margin, 1.001 * end));
        }

        Assert.InRange(BallWidePrediction.LargestC0AlongGradient(2, 100), 0, 1e-4);
    }

    [Fact]
    public void Certificates_along_the_output_weights_end_near_the_root_of_the_dimension()
    {
        Assert.Equal(28, BallWidePrediction.LargestC0AlongOutputWeights(784, 0));
        Assert.NotNull(BallWidePrediction.AlongOutputWeights(784, 0, 27.99));
        Assert.True(BallWidePrediction.AlongOutputWeights(784, 0, 27.99) > 30);
        Assert.Null(BallWidePrediction.AlongOutputWeights(784, 0, 28.01));
        Assert.Null(BallWidePrediction.AlongGradient(784, 0, 27.99));
        Assert.InRange(BallWidePrediction.AlongOutputWeights(784, 0.5, 2)!.Value / BallWidePrediction.AlongGradient(784, 0.5, 2)!.Value, 1.2, 1.45);
    }

    [Fact]
    public void A_small_radius_in_high_dimension_costs_the_first_order() =>
        Assert.Equal(1, BallWidePrediction.AlongGradient(100_000_000, 0.5, 3)!.Value / BallWidePrediction.FirstOrder(100_000_000, 0.5, 3), 1e-3);

    [Fact]
    public void The_random_margin_is_half_normal()
    {
        PredictionBand margin = RandomMargin.BandOf(value => value);
        Assert.Equal(1 / Math.Sqrt(Math.PI), margin.Mean!.Value, 1e-3);
        Assert.Equal(0.47693627620446987, margin.Median!.Value, 1e-9);
        Assert.Equal(1.959963984540054 / Math.Sqrt(2), margin.High!.Value, 1e-9);
        Assert.Equal(0, RandomMargin.Quantile(0));
        Assert.Equal(0.25, RandomMargin.BandOf(value => value < RandomMargin.Quantile(0.25) ? value : null).Share, 1e-3);
        Assert.Null(RandomMargin.BandOf(value => value < 1 ? value : null).Mean);
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BallWidePrediction.AlongGradient(1, 0.5, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BallWidePrediction.AlongGradient(10, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => BallWidePrediction.AlongOutputWeights(10, 1, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => RandomMargin.Quantile(1));
    }
}
