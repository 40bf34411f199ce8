using System.Globalization;

namespace OneStep.Studies;

/// <summary>One part of a study, for a process of its own: the <c>i</c>-th of <c>n</c>, written like <c>2/4</c>.</summary>
public sealed record Shard
{
    /// <summary>The most parts that a study can be cut into.</summary>
    public const int MaximumCount = 100_000;

    /// <summary>Makes a part.</summary>
    /// <param name="index">Which one, from 1.</param>
    /// <param name="count">Of how many.</param>
    /// <exception cref="InvalidParameterException">There is no such part.</exception>
    public Shard(int index, int count)
    {
        InvalidParameterException.Require(
            count is >= 1 and <= MaximumCount && index >= 1 && index <= count,
            "shard",
            $"{index}/{count}",
            $"i/n with 1 <= i <= n <= {MaximumCount}");
        Index = index;
        Count = count;
    }

    /// <summary>The whole study.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Which part, from 1.</summary>
    public int Index { get; }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>Reads <c>2/4</c>.</summary>
    /// <exception cref="InvalidParameterException">The text is not of that form, or there is no such part.</exception>
    public static Shard Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split('/');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            ? new(index, count)
            : throw new InvalidParameterException("shard", $"'{text}'", $"i/n with 1 <= i <= n <= {MaximumCount}");
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");

    /// <summary>
    /// The cells of this part. The costliest cell goes first, each to the part with the least work so far, so that the parts
    /// take about equally long. Every cell is in exactly one part, the same in every process.
    /// </summary>
    /// <param name="cells">All cells.</param>
    /// <param name="cost">How much work a cell is.</param>
    /// <returns>Some of the cells, in the order of <paramref name="cells"/>.</returns>
    public IReadOnlyList<StudyCell> Of(IReadOnlyList<StudyCell> cells, Func<StudyCell, double> cost)
    {
        ArgumentNullException.ThrowIfNull(cells);
        if (Count == 1)
        {
            return cells;
        }

        // Parts of equal work are taken in turn, the first one first.
        var parts = new PriorityQueue<int, (double Cost, int Part)>();
        parts.EnqueueRange(Enumerable.Range(1, Count).Select(part => (part, (0.0, part))));
        List<StudyCell> own = [];
        foreach ((StudyCell cell, double work) in cells.Select(c => (c, cost(c))).OrderByDescending(c => c.Item2).ThenBy(c => c.c.Index))
        {
            parts.TryDequeue(out int part, out (double Cost, int Part) load);
            parts.Enqueue(part, (load.Cost + work, part));
            if (part == Index)
            {
                own.Add(cell);
            }
        }

        return [.. own.OrderBy(c => c.Index)];
    }
}
