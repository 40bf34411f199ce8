using Spectre.Console;
using Spectre.Console.Rendering;

namespace OneStep.Cli.Rendering;

/// <summary>Pictures side by side, each with a caption: half blocks where there are colours, characters where there are
/// none.</summary>
/// <param name="pictures">The pictures with their captions; all of one size.</param>
/// <param name="hasColors">Whether colours can be shown.</param>
internal sealed class PictureRow(IReadOnlyList<(string Caption, Picture Picture)> pictures, bool hasColors) : Renderable
{
    /// <summary>The narrowest picture worth drawing, in columns.</summary>
    public const int SmallestSize = 10;

    private const int Gap = 2;
    private const int UsualSize = 28;
    private const string Ramp = " .:-=+*#%@";

    /// <summary>How many columns each of <paramref name="count"/> pictures gets; below <see cref="SmallestSize"/> there is
    /// no room for them.</summary>
    /// <param name="side">Pixels a row of the picture.</param>
    /// <param name="count">How many pictures stand in the row.</param>
    /// <param name="width">The terminal's columns.</param>
    public static int SizeFor(int side, int count, int width)
    {
        int room = Math.Min((width - (Gap * (count - 1))) / count, Math.Max(side, UsualSize));
        return side > room ? room : side * (room / side);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        int size = SizeFor(pictures[0].Picture.Side, pictures.Count, maxWidth);
        foreach ((int index, (string caption, _)) in pictures.Index())
        {
            yield return new Segment(Fit(caption, size) + Space(index), new Style(decoration: Decoration.Dim));
        }

        yield return Segment.LineBreak;
        int lines = (size + 1) / 2;
        Segment[][][] drawn = [.. pictures.Select(p => hasColors ? Blocks(p.Picture, size, lines) : Characters(p.Picture, size, lines))];
        for (int line = 0; line < lines; line++)
        {
            for (int index = 0; index < drawn.Length; index++)
            {
                foreach (Segment segment in drawn[index][line])
                {
                    yield return segment;
                }

                yield return new Segment(Space(index));
            }

            yield return Segment.LineBreak;
        }
    }

    /// <summary>A cell is about twice as high as wide: its upper half is one pixel, its lower half the next.</summary>
    private static Segment[][] Blocks(Picture picture, int size, int lines)
    {
        Color[,] colors = picture.Colors(size, size);
        var result = new Segment[lines][];
        for (int line = 0; line < lines; line++)
        {
            result[line] = new Segment[size];
            for (int column = 0; column < size; column++)
            {
                bool hasLower = (2 * line) + 1 < size;
                Color upper = colors[2 * line, column];
                result[line][column] = new Segment("▀", hasLower ? new Style(upper, colors[(2 * line) + 1, column]) : new Style(upper));
            }
        }

        return result;
    }

    private static Segment[][] Characters(Picture picture, int size, int lines)
    {
        double[,] ink = picture.Ink(size, lines);
        var result = new Segment[lines][];
        for (int line = 0; line < lines; line++)
        {
            char[] text = new char[size];
            for (int column = 0; column < size; column++)
            {
                text[column] = Ramp[(int)Math.Round(ink[line, column] * (Ramp.Length - 1))];
            }

            result[line] = [new Segment(new string(text))];
        }

        return result;
    }

    private static string Fit(string caption, int size) => caption.Length > size ? caption[..size] : caption.PadRight(size);

    private string Space(int index) => index < pictures.Count - 1 ? new string(' ', Gap) : string.Empty;
}
