using OneStep.Experiments.Kinds;

namespace OneStep.Studies;

/// <summary>
/// What the cells of a study are experiments of: the attack on a trained network, or a kind of <see cref="ExperimentKinds"/>.
/// It knows the parameters that a study may name and makes an experiment of their values. A value may also be <c>$name</c>:
/// that of another parameter in the same cell.
/// </summary>
public abstract class CellKind
{
    /// <summary>The seed, which every kind has and a study names by its key <c>seeds</c>.</summary>
    internal const string Seed = "seed";

    /// <summary>The name of <see cref="Attack"/>.</summary>
    internal const string AttackName = "attack";

    private const char Reference = '$';

    private protected CellKind()
    {
    }

    /// <summary>The attack on a trained network: what a study's cells are unless it says otherwise.</summary>
    public static CellKind Attack { get; } = new AttackCellKind();

    /// <summary>The name as a study's file says it: <c>attack</c>, or that of the <see cref="ExperimentKind"/>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the cells depend on images; else their keys do not depend on the data.</summary>
    public abstract bool NeedsImages { get; }

    /// <summary>Whether this is the attack on a trained network, so that <see cref="CellResult.Result"/> is there.</summary>
    public bool IsAttack => ReferenceEquals(this, Attack);

    /// <summary>What a study may name under <c>parameters</c> and <c>axes</c>, in the order of lists.</summary>
    internal abstract IReadOnlyList<string> Parameters { get; }

    /// <summary>The defaults of all parameters of an experiment, the seed included, each in its shortest form.</summary>
    internal abstract IReadOnlyDictionary<string, string> Defaults { get; }

    /// <summary>The columns of every cell's rows; null where they are known with the cells only.</summary>
    internal abstract IReadOnlyList<string>? RowColumns { get; }

    /// <summary>What a cell's key says of the kind.</summary>
    internal abstract IReadOnlyList<KeyValuePair<string, string>> KeyEntries { get; }

    /// <summary>The kind of a name; null where there is none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="kinds">The kinds there are beside the attack.</param>
    internal static CellKind? Find(string name, IReadOnlyList<ExperimentKind> kinds) =>
        name == Attack.Name ? Attack : kinds.FirstOrDefault(kind => kind.Name == name) is { } found ? new MeasuredCellKind(found) : null;

    /// <summary>Refuses a name that no study of the kind may use.</summary>
    /// <exception cref="StudyFormatException">There is no such parameter.</exception>
    internal void RequireKnown(string parameter, string location)
    {
        if (parameter == Seed)
        {
            throw new StudyFormatException(location, "the parameter 'seed' is given by the key 'seeds'.");
        }

        if (!Parameters.Contains(parameter))
        {
            throw new StudyFormatException(location, $"there is no parameter '{StudyFile.Shown(parameter)}'; the parameters are {string.Join(", ", Parameters)}.");
        }
    }

    /// <summary>The experiment of one cell.</summary>
    /// <param name="given">Values by name; all others have their defaults.</param>
    /// <param name="seed">The cell's seed.</param>
    /// <exception cref="InvalidParameterException">A value makes no sense, is out of its range, or refers to a parameter that it
    /// must not refer to.</exception>
    internal abstract CellExperiment Compose(IReadOnlyDictionary<string, string> given, ulong seed);

    /// <summary>The other name of what <paramref name="parameter"/> gives, where it has two and only one may be used.</summary>
    internal virtual string? OtherName(string parameter) => null;

    /// <summary>The value of a parameter in a cell as tables show it: the same text for 1, 1.0 and 1e0.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="text">What the study says; empty where it says nothing.</param>
    /// <param name="experiment">The cell.</param>
    /// <param name="entries">Its <see cref="CellExperiment.Entries"/>.</param>
    internal virtual string Canonical(string parameter, string text, CellExperiment experiment, IReadOnlyList<KeyValuePair<string, string>> entries) =>
        entries.First(entry => entry.Key == parameter).Value;

    /// <summary>Whether a parameter has another value than its default.</summary>
    internal bool IsNoDefault(KeyValuePair<string, string> entry) => Defaults[entry.Key] != entry.Value;

    /// <summary>All values of a cell's parameters, those given and the defaults of the others, without references.</summary>
    /// <exception cref="InvalidParameterException">A value refers to nothing, to itself, to the seed or to another reference.</exception>
    private protected Dictionary<string, string> Resolve(IReadOnlyDictionary<string, string> given)
    {
        Dictionary<string, string> values = new(Defaults, StringComparer.Ordinal);
        foreach ((string name, string text) in given)
        {
            values[name] = text;
        }

        foreach ((string name, string text) in given.Where(pair => pair.Value.StartsWith(Reference)))
        {
            string other = text[1..];
            bool isReference = given.TryGetValue(other, out string? target) && target.StartsWith(Reference);
            values[name] = values.TryGetValue(other, out string? value) && other != Seed && other != name && !isReference
                ? value
                : throw new InvalidParameterException(name, text, "a value, or $ and the name of another parameter that has one");
        }

        return values;
    }
}
