namespace OneStep.Cli.Rendering;

/// <summary>How many colours can be shown.</summary>
internal enum ColorDepth
{
    /// <summary>None.</summary>
    None,

    /// <summary>A palette of 256.</summary>
    Palette,

    /// <summary>All of them.</summary>
    Full,
}

/// <summary>What an output stream can show.</summary>
internal sealed record TerminalTraits
{
    /// <summary>A file or a pipe: text of the usual width, nothing else.</summary>
    public static TerminalTraits Redirected { get; } = new();

    /// <summary>Whether a person is looking.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether escape sequences move the cursor.</summary>
    public bool HasAnsi { get; init; }

    /// <summary>How many colours can be shown.</summary>
    public ColorDepth Colors { get; init; }

    /// <summary>Columns.</summary>
    public int Width { get; init; } = 80;

    /// <summary>What a stream of this process can show.</summary>
    /// <param name="isRedirected">Whether the stream goes to a file or a pipe.</param>
    public static TerminalTraits Detect(bool isRedirected) =>
        isRedirected ? Redirected : From(Environment.GetEnvironmentVariable, OperatingSystem.IsWindows(), ConsoleWidth());

    /// <summary>What a terminal can show, from what the environment says of it.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="isWindows">Windows' terminals know escape sequences and colours and set no variable.</param>
    /// <param name="width">Columns.</param>
    public static TerminalTraits From(Func<string, string?> variable, bool isWindows, int width)
    {
        string term = variable("TERM") ?? string.Empty;
        bool ansi = isWindows || term is not ("" or "dumb");
        string depth = variable("COLORTERM") ?? string.Empty;
        bool full = isWindows || depth is "truecolor" or "24bit" || term.EndsWith("-direct", StringComparison.Ordinal);
        bool palette = term.Contains("256color", StringComparison.Ordinal);

        // https://no-color.org: present and not empty.
        bool colors = ansi && string.IsNullOrEmpty(variable("NO_COLOR"));
        return new TerminalTraits
        {
            IsTerminal = true,
            HasAnsi = ansi,
            Colors = !colors ? ColorDepth.None : full ? ColorDepth.Full : palette ? ColorDepth.Palette : ColorDepth.None,
            Width = width,
        };
    }

    private static int ConsoleWidth()
    {
        try
        {
            return Console.WindowWidth > 0 ? Console.WindowWidth : Redirected.Width;
        }
        catch (Exception exception) when (exception is IOException or PlatformNotSupportedException)
        {
            return Redirected.Width;
        }
    }
}
