namespace OneStep.Reports;

/// <summary>Draws inputs in grey and perturbations in two colours around white.</summary>
internal static class InputPicture
{
    // Blue and orange stay apart for every kind of colour vision, and so does their lightness around white.
    private static readonly byte[] Negative = [0x21, 0x5f, 0xa6];
    private static readonly byte[] Positive = [0xc8, 0x55, 0x0a];

    /// <summary>Draws an input: 0 and below black, <paramref name="white"/> and above white.</summary>
    /// <param name="pixels">The pixels, row after row.</param>
    /// <param name="side">Pixels a row.</param>
    /// <param name="white">The value drawn white; positive.</param>
    public static PngImage Grey(ReadOnlySpan<float> pixels, int side, float white)
    {
        byte[] samples = new byte[pixels.Length];
        for (int i = 0; i < samples.Length; i++)
        {
            samples[i] = ToByte(pixels[i] / white);
        }

        return PngImage.Grey(side, pixels.Length / side, samples);
    }

    /// <summary>Draws a perturbation: zero white, negative blue, positive orange, full colour at
    /// <paramref name="full"/>.</summary>
    /// <param name="pixels">The change of each pixel, row after row.</param>
    /// <param name="side">Pixels a row.</param>
    /// <param name="full">The size of change drawn in full colour; positive.</param>
    public static PngImage Diverging(ReadOnlySpan<float> pixels, int side, float full)
    {
        byte[] samples = new byte[3 * pixels.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            byte[] end = pixels[i] < 0 ? Negative : Positive;
            float strength = Math.Min(1, MathF.Abs(pixels[i]) / full);
            for (int channel = 0; channel < 3; channel++)
            {
                samples[(3 * i) + channel] = ToByte(1 - (strength * (1 - (end[channel] / 255f))));
            }
        }

        return PngImage.Rgb(side, pixels.Length / side, samples);
    }

    private static byte ToByte(float unit) => (byte)MathF.Round(255 * Math.Clamp(unit, 0, 1));
}
