using FsCheck;
using FsCheck.Fluent;
using OneStep.Data;

namespace OneStep.Tests.Data;

public sealed class ImageResizerTests
{
    private const double Tolerance = 1e-12;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_same_size_gives_the_same_bits(bool antialias)
    {
        double[] image = RandomImage(28, 28);
        Assert.Equal(image, Resize(image, 28, 28, 28, antialias));
    }

    [Fact]
    public void Half_the_size_gives_means_of_two_by_two()
    {
        double[] image = RandomImage(28, 28);
        double[] half = Resize(image, 28, 28, 14, antialias: false);
        for (int row = 0; row < 14; row++)
        {
            for (int column = 0; column < 14; column++)
            {
                int corner = (2 * row * 28) + (2 * column);
                double mean = (image[corner] + image[corner + 1] + image[corner + 28] + image[corner + 29]) / 4;
                Assert.Equal(mean, half[(row * 14) + column], Tolerance);
            }
        }
    }

    [Fact]
    public void A_third_of_the_size_takes_the_middle_pixel() =>
        Assert.Equal([5], Resize([1, 2, 3, 4, 5, 6, 7, 8, 9], 3, 3, 1, antialias: false));

    // Antialiased, pixels ½, 1½ and 2½ seen from the centre 1½ of a triangle of reach 3 weigh 2/3, 1 and 2/3.
    [Fact]
    public void A_third_of_the_size_weighs_all_pixels_with_antialiasing()
    {
        double[] result = Resize([1, 0, 0, 0, 0, 0, 0, 0, 0], 3, 3, 1, antialias: true);
        Assert.Equal(2.0 / 7 * (2.0 / 7), Assert.Single(result), Tolerance);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Twice_the_size_gives_quarters_and_clamps_at_the_edge(bool antialias)
    {
        double[] column = [0, 1, 3, 4];
        double[] image = [0, 4, 0, 4];
        double[] result = Resize(image, 2, 2, 4, antialias);
        Assert.All(result.Chunk(4), row => Assert.Equal(column, row));
    }

    [Fact]
    public void Rows_and_columns_are_not_mixed_up()
    {
        // Two rows of four pixels: columns are averaged in pairs, rows are kept.
        double[] result = Resize([1, 3, 5, 7, 10, 30, 50, 70], 2, 4, 2, antialias: false);
        Assert.Equal([2, 6, 20, 60], result);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_constant_image_stays_constant(bool antialias)
    {
        for (int side = 1; side <= 40; side++)
        {
            double[] image = [.. Enumerable.Repeat(0.7, 28 * 28)];
            Assert.All(Resize(image, 28, 28, side, antialias), pixel => Assert.Equal(0.7, pixel, Tolerance));
        }
    }

    [Fact]
    public void Every_size_agrees_with_a_naive_implementation()
    {
        Gen<(int Height, int Width, int Side, bool Antialias)> sizes =
            from height in Gen.Choose(1, 20)
            from width in Gen.Choose(1, 20)
            from side in Gen.Choose(1, 30)
            from antialias in Gen.Elements(false, true)
            select (height, width, side, antialias);
        Prop.ForAll(sizes.ToArbitrary(), size =>
        {
            double[] image = RandomImage(size.Height, size.Width);
            double[] result = Resize(image, size.Height, size.Width, size.Side, size.Antialias);
            for (int row = 0; row < size.Side; row++)
            {
                for (int column = 0; column < size.Side; column++)
                {
                    double expected = Naive(image, size.Height, size.Width, size.Side, size.Antialias, row, column);
                    Assert.Equal(expected, result[(row * size.Side) + column], Tolerance);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithReplay(5, 7));
    }

    [Fact]
    public void Wrong_lengths_are_mistakes()
    {
        var resizer = new ImageResizer(2, 3, 2, antialias: false);
        Assert.Throws<ArgumentException>(() => resizer.Resize(new double[5], new double[4]));
        Assert.Throws<ArgumentException>(() => resizer.Resize(new double[6], new double[5]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageResizer(2, 2, 0, antialias: false));
    }

    /// <summary>
    /// One output pixel as a sum over an endless plane in which the edge pixels go on, each weighted by its triangle; with
    /// antialiasing the plane ends at the edge and the weights are made to add up to one.
    /// </summary>
    private static double Naive(double[] image, int height, int width, int side, bool antialias, int row, int column)
    {
        double verticalReach = antialias ? Math.Max(1.0, (double)height / side) : 1;
        double horizontalReach = antialias ? Math.Max(1.0, (double)width / side) : 1;
        double sum = 0;
        double total = 0;
        for (int y = antialias ? 0 : -2; y < (antialias ? height : height + 2); y++)
        {
            for (int x = antialias ? 0 : -2; x < (antialias ? width : width + 2); x++)
            {
                double down = Math.Abs(y + 0.5 - ((row + 0.5) * height / side)) / verticalReach;
                double across = Math.Abs(x + 0.5 - ((column + 0.5) * width / side)) / horizontalReach;
                double weight = Math.Max(0, 1 - down) * Math.Max(0, 1 - across);
                sum += weight * image[(Math.Clamp(y, 0, height - 1) * width) + Math.Clamp(x, 0, width - 1)];
                total += weight;
            }
        }

        return sum / total;
    }

    private static double[] Resize(double[] image, int height, int width, int side, bool antialias)
    {
        double[] result = new double[side * side];
        new ImageResizer(height, width, side, antialias).Resize(image, result);
        return result;
    }

    private static double[] RandomImage(int height, int width)
    {
        var random = new Random((height * 1000) + width);
        return [.. Enumerable.Range(0, height * width).Select(_ => random.NextDouble())];
    }
}
