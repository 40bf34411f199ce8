using OneStep.Certificates.Robustness;
using OneStep.Certificates.Robustness.Deep;

namespace OneStep.Experiments.Certification;

/// <summary>Which lower bounds are asked for, written like <c>spectral,quadratic</c>, <c>all</c> or <c>none</c>.</summary>
public sealed record LowerBoundSet
{
    /// <summary>What a text must be, to be read after "must be".</summary>
    public const string Range = "all, none, or some of global, interval, linear, spectral, quadratic, product, like spectral,quadratic";

    /// <summary>The same for a two-layer network.</summary>
    public const string TwoLayerRange = "all, none, or some of global, interval, linear, spectral, quadratic, like spectral,quadratic";

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

    /// <summary>Every bound that there is for the network in question.</summary>
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

    /// <summary>The bounds for a kind of network: those of the set, or where it is <see cref="All"/> every one that there is.</summary>
    /// <param name="isDeep">Whether the network is a deep one, or a two-layer network.</param>
    /// <exception cref="InvalidParameterException">One that is named is not a bound for such a network.</exception>
    public LowerBoundSet For(bool isDeep)
    {
        LowerBoundSet known = new(Every.Where(kind => Bound(kind, isDeep) is not null));
        InvalidParameterException.Require(
            IsFor(isDeep),
            "lower-bounds",
            this,
            $"all, none, or some of {string.Join(", ", known.Kinds.Select(Name))} for a {(isDeep ? "deep" : "two-layer")} network");
        return this == All ? known : this;
    }

    /// <summary>Whether all that are named are bounds for a kind of network.</summary>
    /// <param name="isDeep">Whether the network is a deep one, or a two-layer network.</param>
    public bool IsFor(bool isDeep) => this == All || Kinds.All(kind => Bound(kind, isDeep) is not null);

    /// <summary>What computes a bound; null where there is none.</summary>
    internal static IRobustnessBound? Bound(LowerBoundKind kind, bool isDeep) => (kind, isDeep) switch
    {
        (LowerBoundKind.Global, false) => new GlobalLipschitzBound(),
        (LowerBoundKind.Interval, false) => new IntervalBound(),
        (LowerBoundKind.Interval, true) => new DeepIntervalBound(),
        (LowerBoundKind.Linear, false) => new LinearRelaxationBound(),
        (LowerBoundKind.Linear, true) => new DeepLinearRelaxationBound(),
        (LowerBoundKind.Spectral, false) => new SpectralBound(),
        (LowerBoundKind.Quadratic, false) => new CentredQuadraticBound(),
        (LowerBoundKind.Product, true) => new DeepLipschitzBound(),
        _ => null,
    };
}
