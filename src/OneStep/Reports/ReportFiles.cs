using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OneStep.Formats;

namespace OneStep.Reports;

/// <summary>What the files of a report's folder have in common.</summary>
internal static class ReportFiles
{
    /// <summary>The name of the page.</summary>
    public const string Page = "report.html";

    /// <summary>The folder of specifications.</summary>
    public const string Figures = "figures";

    /// <summary>The folder of tables.</summary>
    public const string Tables = "tables";

    /// <summary>How the name of a specification ends.</summary>
    public const string FigureEnding = ".vl.json";

    /// <summary>How the name of a table ends.</summary>
    public const string TableEnding = ".csv";

    // As the page has them: letters of all scripts stay readable.
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a figure's specification.</summary>
    public static void WriteFigure(Stream stream, Figure figure) => WriteText(stream, figure.Specification.ToJsonString(Readable) + "\n");

    /// <summary>Writes a text in UTF-8 without a mark.</summary>
    public static void WriteText(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a page.</summary>
    public static void WritePage(Stream stream, Action<TextWriter> render)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        render(writer);
    }

    /// <summary>Makes a folder where it does not exist.</summary>
    /// <exception cref="OneStepException">It cannot be made; the message names it.</exception>
    public static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotWrite(folder, exception);
        }
    }
}
