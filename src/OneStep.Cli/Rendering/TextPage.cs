using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OneStep.Cli.Rendering;

/// <summary>Sentences, tables and pictures one below the other, for a terminal or a file.</summary>
internal sealed class TextPage
{
    private readonly StringWriter _writer;
    private readonly TerminalTraits _traits;
    private readonly IAnsiConsole _console;

    /// <summary>Begins a page.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="traits">What the terminal can show.</param>
    public TextPage(StringWriter writer, TerminalTraits traits)
    {
        _writer = writer;
        _traits = traits;
        _console = TerminalConsole.Create(writer, traits);
    }

    /// <summary>The text, with escape sequences where the terminal knows them.</summary>
    public string Text => _traits.HasAnsi ? _writer.ToString() : WithoutTrailingSpaces(_writer.ToString());

    /// <summary>Adds a sentence.</summary>
    public void Sentence(string text, Style? style = null)
    {
        // In a file one sentence is one line, so that it can be searched for.
        if (!_traits.IsTerminal)
        {
            _console.Profile.Out.Writer.WriteLine(text);
            return;
        }

        _console.Write(new Text(text, style));
        _console.WriteLine();
    }

    /// <summary>Adds a table or a picture.</summary>
    public void Write(IRenderable content) => _console.Write(content);

    /// <summary>Ends the line, or adds an empty one.</summary>
    public void Line() => _console.WriteLine();

    private static string WithoutTrailingSpaces(string text)
    {
        var trimmed = new StringBuilder(text.Length);
        foreach (string line in text.TrimEnd('\n').Split('\n'))
        {
            trimmed.Append(line.TrimEnd()).Append('\n');
        }

        return trimmed.ToString();
    }
}
