using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>A square image to be drawn in a terminal.</summary>
/// <param name="side">Pixels a row.</param>
/// <param name="values">The pixels, row after row.</param>
/// <param name="color">The colour of a value.</param>
/// <param name="ink">How dark a character stands for a value where there are no colours, from 0 to 1.</param>
internal sealed class Picture(int side, IReadOnlyList<float> values, Func<double, Color> color, Func<double, double> ink)
{
    // Both ends keep apart for every kind of colour vision; zero is white.
    private static readonly (int R, int G, int B) Negative = (0x21, 0x5f, 0xa6);
    private static readonly (int R, int G, int B) Positive = (0xc8, 0x55, 0x0a);

    /// <summary>Pixels a row.</summary>
    public int Side => side;

    /// <summary>An image in grey: 0 and below is black, <paramref name="white"/> and above white.</summary>
    public static Picture Grey(int side, IReadOnlyList<float> values, double white) => new(
        side,
        values,
        value =>
        {
            byte level = (byte)Math.Round(255 * Math.Clamp(value / white, 0, 1));
            return new Color(level, level, level);
        },
        value => value / white);

    /// <summary>A change of an image: zero white, negative blue, positive orange, full colour at <paramref name="full"/>.</summary>
    public static Picture Change(int side, IReadOnlyList<float> values, double full) => new(
        side,
        values,
        value =>
        {
            (int r, int g, int b) = value < 0 ? Negative : Positive;
            double strength = Math.Clamp(Math.Abs(value) / full, 0, 1);
            return new Color(Mix(r), Mix(g), Mix(b));

            byte Mix(int end) => (byte)Math.Round(255 + (strength * (end - 255)));
        },
        value => Math.Abs(value) / full);

    /// <summary>The colours of the image at another size, [rows, columns].</summary>
    public Color[,] Colors(int columns, int rows) => Map(Resample(columns, rows), color);

    /// <summary>The darkness of the image at another size, [rows, columns], 0 to 1.</summary>
    public double[,] Ink(int columns, int rows) => Map(Resample(columns, rows), value => Math.Clamp(ink(value), 0, 1));

    /// <summary>The mean of the area that each new pixel covers: repeats pixels when growing, averages when shrinking.</summary>
    private double[,] Resample(int columns, int rows)
    {
        var result = new double[rows, columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                result[row, column] = AreaMean((double)row * side / rows, (double)(row + 1) * side / rows, (double)column * side / columns, (double)(column + 1) * side / columns);
            }
        }

        return result;
    }

    private double AreaMean(double top, double bottom, double left, double right)
    {
        double sum = 0;
        for (int y = (int)top; y < Math.Min(side, Math.Ceiling(bottom)); y++)
        {
            double height = Math.Min(bottom, y + 1) - Math.Max(top, y);
            for (int x = (int)left; x < Math.Min(side, Math.Ceiling(right)); x++)
            {
                sum += height * (Math.Min(right, x + 1) - Math.Max(left, x)) * values[(y * side) + x];
            }
        }

        return sum / ((bottom - top) * (right - left));
    }

    private static T[,] Map<T>(double[,] values, Func<double, T> function)
    {
        var result = new T[values.GetLength(0), values.GetLength(1)];
        for (int row = 0; row < values.GetLength(0); row++)
        {
            for (int column = 0; column < values.GetLength(1); column++)
            {
                result[row, column] = function(values[row, column]);
            }
        }

        return result;
    }
}
