using OneStep.Cli.Rendering;

namespace OneStep.Tests.Cli.Rendering;

public class TerminalTraitsTests
{
    [Theory]
    [InlineData("xterm-256color", "truecolor", null, true, "Full")]
    [InlineData("xterm-256color", null, null, true, "Palette")]
    [InlineData("xterm-direct", null, null, true, "Full")]
    [InlineData("xterm", null, null, true, "None")]
    [InlineData("xterm-256color", "truecolor", "1", true, "None")]
    [InlineData("xterm-256color", null, "", true, "Palette")]
    [InlineData("dumb", "truecolor", null, false, "None")]
    [InlineData(null, null, null, false, "None")]
    public void The_environment_decides(string? term, string? colorTerm, string? noColor, bool ansi, string colors)
    {
        TerminalTraits traits = TerminalTraits.From(Variable, isWindows: false, width: 100);

        Assert.Equal((true, ansi, colors, 100), (traits.IsTerminal, traits.HasAnsi, traits.Colors.ToString(), traits.Width));

        string? Variable(string name) => name switch { "TERM" => term, "COLORTERM" => colorTerm, "NO_COLOR" => noColor, _ => null };
    }

    [Fact]
    public void A_redirected_stream_has_neither_cursor_nor_colors() =>
        Assert.Equal((false, false, ColorDepth.None, 80), (TerminalTraits.Detect(true).IsTerminal, TerminalTraits.Detect(true).HasAnsi, TerminalTraits.Detect(true).Colors, TerminalTraits.Detect(true).Width));
}
