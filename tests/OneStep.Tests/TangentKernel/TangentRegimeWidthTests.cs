using OneStep.TangentKernel;

namespace OneStep.Tests.TangentKernel;

/// <summary>The theorem's numbers, from its text.</summary>
public class TangentRegimeWidthTests
{
    [Fact]
    public void The_numbers_are_those_of_the_theorem()
    {
        TangentRegimeWidth needed = TangentRegimeWidth.Of(margin: 0.1, examples: 1000, risk: 0.1, failure: 0.01, learningRate: 0.5);
        double radius = (Math.Sqrt(2 * Math.Log(4000 / 0.01)) + Math.Log(40)) / 0.025;
        Assert.Equal(radius, needed.Radius, 1e-9);
        Assert.Equal(4096 * radius * radius / 1e-6, needed.Width, 1e-3 * 4096 * radius * radius);
        Assert.Equal(Math.Ceiling(2 * radius * radius / 0.05), needed.Steps, 1.0);
        Assert.Equal(40 * radius, needed.C0, 1e-6);
        Assert.Equal(4 * radius / 0.1 / 100, needed.DeviationAt(10_000), 1e-9);
    }

    [Fact]
    public void At_its_width_the_deviation_is_the_square_of_the_margin_over_16()
    {
        // What its proof needs: so few neurons can switch that the margin survives.
        foreach (double margin in (double[])[0.5, 0.05, 0.001])
        {
            TangentRegimeWidth needed = TangentRegimeWidth.Of(margin, 500, 0.01);
            Assert.Equal(margin * margin / 16, needed.DeviationAt(needed.Width), 1e-12 * margin * margin);
        }
    }

    [Theory]
    [InlineData(0, 10, 0.1, 0.01, 1)]
    [InlineData(0.1, 0, 0.1, 0.01, 1)]
    [InlineData(0.1, 10, 1, 0.01, 1)]
    [InlineData(0.1, 10, 0.1, 0.34, 1)]
    [InlineData(0.1, 10, 0.1, 0.01, 1.5)]
    public void Values_out_of_range_are_refused(double margin, int examples, double risk, double failure, double learningRate) =>
        Assert.Throws<InvalidParameterException>(() => TangentRegimeWidth.Of(margin, examples, risk, failure, learningRate));
}
