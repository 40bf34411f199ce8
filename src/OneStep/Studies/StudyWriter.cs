using System.Globalization;
using System.Text;
using OneStep.Formats;

namespace OneStep.Studies;

/// <summary>Writes a study as the YAML that <see cref="StudyFile"/> reads: for machines that get a study with changes made on a
/// command line.</summary>
public static class StudyWriter
{
    /// <summary>Writes the file, whole or not at all.</summary>
    /// <param name="definition">The study.</param>
    /// <param name="path">Where it shall stand; its folder is made where it does not exist.</param>
    /// <exception cref="OneStepException">The file cannot be written; the message names it.</exception>
    public static void Write(StudyDefinition definition, string path)
    {
        byte[] text = Encoding.UTF8.GetBytes(Text(definition));
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }
        catch (Exception exception) when (FileFailure.IsFileFailure(exception))
        {
            throw FileFailure.CannotWrite(path, exception);
        }

        AtomicFile.Write(path, stream => stream.Write(text));
    }

    /// <summary>The text of the file.</summary>
    public static string Text(StudyDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"title: {Quoted(definition.Title)}\n");
        if (definition.Description is { } description)
        {
            text.Append(CultureInfo.InvariantCulture, $"description: {Quoted(description)}\n");
        }

        if (!definition.Kind.IsAttack)
        {
            text.Append(CultureInfo.InvariantCulture, $"experiment: {Quoted(definition.Kind.Name)}\n");
        }

        if (definition.Settings.Count > 0)
        {
            text.Append("parameters:\n");
            foreach (StudySetting setting in definition.Settings)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Quoted(setting.Parameter)}: {Quoted(setting.Value.Text)}\n");
            }
        }

        if (definition.Axes.Count > 0)
        {
            text.Append("axes:\n");
            foreach (StudyAxis axis in definition.Axes)
            {
                text.Append(CultureInfo.InvariantCulture, $"  {Quoted(axis.Parameter)}: [{string.Join(", ", axis.Values.Select(v => Quoted(v.Text)))}]\n");
            }
        }

        text.Append(CultureInfo.InvariantCulture, $"seeds: [{string.Join(", ", definition.Seeds)}]\n");
        return text.ToString();
    }

    // In double quotes a backslash escapes, and what YAML would take for a line break or leave out is written as its number.
    private static string Quoted(string value)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
