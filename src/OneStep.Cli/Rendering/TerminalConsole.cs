using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>Spectre's console over one of our streams: it shall use what we found out and look at nothing itself.</summary>
internal static class TerminalConsole
{
    /// <summary>Makes a console.</summary>
    public static IAnsiConsole Create(TextWriter writer, TerminalTraits traits)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = traits.HasAnsi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = traits.Colors switch
            {
                ColorDepth.Full => ColorSystemSupport.TrueColor,
                ColorDepth.Palette => ColorSystemSupport.EightBit,
                _ => ColorSystemSupport.NoColors,
            },
            Interactive = traits.HasAnsi ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),

            // Continuous-integration systems are recognised by variables and would change what is shown.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = traits.Width;
        console.Profile.Capabilities.Unicode = true;
        return console;
    }
}
