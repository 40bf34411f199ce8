using OneStep.Certificates.Robustness;

namespace OneStep.Experiments.Certification;

/// <summary>Which lower bounds are asked for, written like <c>spectral,quadratic</c>, <c>all</c> or <c>none</c>.</summary>
public sealed record LowerBoundSet
{
    /// <summary>What a text must be, to be read after "must be".</summary>
    public const string Range = "all, none, or some of global, interval, linear, spectral, quadratic, like spectral,quadratic";

    private const string AllText = "all";
    private const string NoneText = "none";

    private static readonly LowerBoundKind[] Every = Enum.GetValues<LowerBoundKind>();

    // A bit a kind: sets are equal when these are.
    private readonly int _bits;

    /// <summary>Makes a set.</summary>
    /// <param name="kinds">The bounds in any order.</param>
    public LowerBoundSet(IEnumerable<LowerBoundKind> kinds) => _bits = kinds.Aggregate(0, (bits, kind) => bits | (1 << (int)kind));

    /// <summary>No bound.</summary>
    public static LowerBoundSet None { get; } = new([]);

    /// <summary>Every bound.</summary>
    public static LowerBoundSet All { get; } = new(Every);

    /// <summary>The bounds in the order of <see cref="LowerBoundKind"/>.</summary>
    public IEnumerable<LowerBoundKind> Kinds => Every.Where(kind => (_bits & (1 << (int)kind)) != 0);

    /// <summary>A bound's name as users type it.</summary>
    public static string Name(LowerBoundKind kind) => MetadataEntries.NameOf(kind);

    /// <summary>Reads names between commas, or <c>all</c>, or <c>none</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The set; none where the text is of another form.</param>
    /// <returns>Whether the text is of that form.</returns>
    public static bool TryParse(string text, out LowerBoundSet value)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] names = text.Split(',');
        LowerBoundKind[] kinds = [.. Every.Where(kind => names.Contains(Name(kind)))];
        bool isList = Array.TrueForAll(names, name => Array.Exists(kinds, kind => Name(kind) == name));
        value = text == AllText ? All : isList ? new(kinds) : None;
        return isList || text is AllText or NoneText;
    }

    /// <summary>The text that <see cref="TryParse"/> reads.</summary>
    public override string ToString() => this == None ? NoneText : this == All ? AllText : string.Join(',', Kinds.Select(Name));

    /// <summary>What computes a bound.</summary>
    internal static IRobustnessBound Bound(LowerBoundKind kind) => kind switch
    {
        LowerBoundKind.Global => new GlobalLipschitzBound(),
        LowerBoundKind.Interval => new IntervalBound(),
        LowerBoundKind.Linear => new LinearRelaxationBound(),
        LowerBoundKind.Spectral => new SpectralBound(),
        _ => new CentredQuadraticBound(),
    };
}
