using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace OneStep.Studies;

/// <summary>A piece of YAML that remembers where it stands.</summary>
/// <param name="Location">The file and the line, or the option.</param>
internal abstract record StudyYamlNode(string Location);

/// <summary>A word, a number or a text.</summary>
internal sealed record StudyYamlScalar(string Text, string Location) : StudyYamlNode(Location);

/// <summary>A list.</summary>
internal sealed record StudyYamlList(IReadOnlyList<StudyYamlNode> Items, string Location) : StudyYamlNode(Location);

/// <summary>Keys and values in the order of the file, a key twice if it stands there twice.</summary>
internal sealed record StudyYamlMapping(IReadOnlyList<(StudyYamlScalar Key, StudyYamlNode Value)> Entries, string Location) : StudyYamlNode(Location);

/// <summary>
/// Reads the plain part of YAML that studies are written in. Anchors, tags and deep nesting are refused: they have no
/// meaning here, and a file that uses them to grow is not worth a program's memory.
/// </summary>
internal sealed class StudyYaml
{
    private const int DeepestNesting = 4;

    private readonly Parser _parser;
    private readonly Func<Mark, string> _locate;

    private StudyYaml(string text, Func<Mark, string> locate)
    {
        _parser = new Parser(new StringReader(text));
        _locate = locate;
    }

    /// <summary>Reads one document.</summary>
    /// <param name="text">The document.</param>
    /// <param name="locate">Says where a place in the text is.</param>
    /// <returns>Its content; null for an empty one.</returns>
    /// <exception cref="StudyFormatException">It is not YAML, or not of the plain part.</exception>
    public static StudyYamlNode? Read(string text, Func<Mark, string> locate)
    {
        try
        {
            return new StudyYaml(text, locate).ReadDocument();
        }
        catch (YamlException exception)
        {
            throw new StudyFormatException($"{locate(exception.Start)}: this is not YAML: {Reason(exception)}.", exception);
        }
    }

    private static string Reason(YamlException exception)
    {
        string line = exception.Message.ReplaceLineEndings(" ").Replace(". ", "; ", StringComparison.Ordinal).TrimEnd('.', ' ');
        return line.Length == 0 ? "it cannot be read" : char.ToLowerInvariant(line[0]) + line[1..];
    }

    private StudyYamlNode? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        _parser.Consume<DocumentStart>();
        StudyYamlNode node = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<DocumentStart>(out DocumentStart? second)
            ? throw new StudyFormatException(_locate(second.Start), "a study is one document, but here a second one begins.")
            : node;
    }

    private StudyYamlNode ReadNode(int depth)
    {
        ParsingEvent next = _parser.Consume<ParsingEvent>();
        string location = _locate(next.Start);
        if (next is AnchorAlias or NodeEvent { Anchor.IsEmpty: false } || next is NodeEvent { Tag.IsEmpty: false })
        {
            throw new StudyFormatException(location, "a study has no anchors, aliases or tags.");
        }

        if (depth > DeepestNesting)
        {
            throw new StudyFormatException(location, "this is nested deeper than anything in a study.");
        }

        return next switch
        {
            Scalar scalar => new StudyYamlScalar(scalar.Value, location),
            SequenceStart => ReadList(location, depth),
            MappingStart => ReadMapping(location, depth),
            _ => throw new StudyFormatException(location, "this is no part of a study."),
        };
    }

    private StudyYamlList ReadList(string location, int depth)
    {
        List<StudyYamlNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(ReadNode(depth + 1));
        }

        return new(items, location);
    }

    private StudyYamlMapping ReadMapping(string location, int depth)
    {
        List<(StudyYamlScalar Key, StudyYamlNode Value)> entries = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            StudyYamlNode key = ReadNode(depth + 1);
            StudyYamlScalar name = key as StudyYamlScalar ?? throw new StudyFormatException(key.Location, "a key must be a word.");
            entries.Add((name, ReadNode(depth + 1)));
        }

        return new(entries, location);
    }
}
