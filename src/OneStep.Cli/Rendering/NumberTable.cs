using Spectre.Console;

namespace OneStep.Cli.Rendering;

/// <summary>A table of numbers: a name in the first column, numbers flush right in the others, no line ever wrapped.</summary>
internal static class NumberTable
{
    private static readonly Style Title = new(decoration: Decoration.Bold);

    /// <summary>A table without rows.</summary>
    /// <param name="names">The title of the first column.</param>
    /// <param name="titles">Those of the others.</param>
    public static Table Of(string names, IEnumerable<string> titles)
    {
        Table table = new Table { Border = TableBorder.Horizontal }.AddColumn(Names(names));
        foreach (string title in titles)
        {
            table.AddColumn(Numbers(title));
        }

        return table;
    }

    /// <summary>A table with a row for each of several things.</summary>
    /// <typeparam name="T">What a row shows.</typeparam>
    /// <param name="names">The title of the first column.</param>
    /// <param name="name">What stands there.</param>
    /// <param name="columns">The others.</param>
    /// <param name="rows">The things, from the top.</param>
    public static Table Of<T>(string names, Func<T, string> name, IReadOnlyList<NumberColumn<T>> columns, IEnumerable<T> rows)
    {
        Table table = Of(names, columns.Select(column => column.Title));
        Add(table, name, columns, rows);
        return table;
    }

    /// <summary>Adds a row for each of several things at the bottom of a table.</summary>
    /// <typeparam name="T">What a row shows.</typeparam>
    /// <param name="table">The table.</param>
    /// <param name="name">What stands in the first column.</param>
    /// <param name="columns">The others.</param>
    /// <param name="rows">The things, from the top.</param>
    public static void Add<T>(Table table, Func<T, string> name, IReadOnlyList<NumberColumn<T>> columns, IEnumerable<T> rows)
    {
        foreach (T row in rows)
        {
            table.AddRow([new Text(name(row)), .. columns.Select(column => new Text(column.Text(row)))]);
        }
    }

    /// <summary>The first column.</summary>
    public static TableColumn Names(string title) => new(new Text(title, Title)) { NoWrap = true, Padding = new Padding(0, 0, 0, 0) };

    /// <summary>A column of numbers.</summary>
    public static TableColumn Numbers(string title) => Numbers(title, Style.Plain);

    /// <summary>A column of numbers whose title has a colour.</summary>
    public static TableColumn Numbers(string title, Style style) => new(new Text(title, style.Decoration(Decoration.Bold)))
    {
        Alignment = Justify.Right,
        NoWrap = true,
        Padding = new Padding(2, 0, 0, 0),
    };
}

/// <summary>A column of a <see cref="NumberTable"/>.</summary>
/// <typeparam name="T">What a row shows.</typeparam>
/// <param name="Title">The title.</param>
/// <param name="Text">What stands there for a row.</param>
internal sealed record NumberColumn<T>(string Title, Func<T, string> Text);
