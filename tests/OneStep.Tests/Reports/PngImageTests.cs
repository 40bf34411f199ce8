using OneStep.Reports;

namespace OneStep.Tests.Reports;

public sealed class PngImageTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(28, 28)]
    [InlineData(3, 100)]
    public void A_grey_image_reads_back_as_it_was(int width, int height)
    {
        byte[] samples = Noise(width * height);
        Assert.Equal((width, height, 1), Size(PngImage.Grey(width, height, samples)));
        Assert.Equal(samples, PngDecoder.Decode(PngImage.Grey(width, height, samples).Encode()).Samples);
    }

    [Fact]
    public void A_colour_image_reads_back_as_it_was()
    {
        byte[] samples = Noise(3 * 5 * 7);
        Assert.Equal((5, 7, 3), Size(PngImage.Rgb(5, 7, samples)));
        Assert.Equal(samples, PngDecoder.Decode(PngImage.Rgb(5, 7, samples).Encode()).Samples);
    }

    [Fact]
    public void The_data_uri_holds_the_file()
    {
        PngImage image = PngImage.Grey(2, 1, [0, 255]);
        Assert.Equal("data:image/png;base64," + Convert.ToBase64String(image.Encode()), image.ToDataUri());
    }

    [Fact]
    public void Too_few_samples_are_refused() => Assert.Throws<ArgumentException>(() => PngImage.Rgb(2, 2, new byte[4]));

    [Fact]
    public void Inputs_are_drawn_from_black_to_white_and_clipped() =>
        Assert.Equal([0, 0, 128, 255, 255], Samples(InputPicture.Grey([-1f, 0f, 1f, 2f, 3f], side: 5, white: 2)));

    [Fact]
    public void Perturbations_are_white_at_zero_and_of_two_colours_around_it()
    {
        byte[] samples = Samples(InputPicture.Diverging([-1f, 0f, 1f], side: 3, full: 1));
        Assert.Equal([255, 255, 255], samples[3..6]);
        Assert.True(samples[0] < samples[2], "Darkening is blue.");
        Assert.True(samples[6] > samples[8], "Brightening is orange.");
    }

    private static (int Width, int Height, int Channels) Size(PngImage image)
    {
        (int width, int height, int channels, _) = PngDecoder.Decode(image.Encode());
        return (width, height, channels);
    }

    private static byte[] Samples(PngImage image) => PngDecoder.Decode(image.Encode()).Samples;

    private static byte[] Noise(int count)
    {
        byte[] samples = new byte[count];
        new Random(3).NextBytes(samples);
        return samples;
    }
}
