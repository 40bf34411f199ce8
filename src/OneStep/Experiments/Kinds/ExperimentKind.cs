namespace OneStep.Experiments.Kinds;

/// <summary>
/// A kind of experiment beside the attack on a trained network: what it is called, what its parameters are, and how one is read
/// from their names and values. The verb <c>measure</c> runs one; a cell of a study may be one.
/// </summary>
public abstract class ExperimentKind
{
    /// <summary>The name as users type it, for example "random-two-layer".</summary>
    public abstract string Name { get; }

    /// <summary>What is measured, in one sentence.</summary>
    public abstract string Summary { get; }

    /// <summary>Every parameter but the seed, in a fixed order.</summary>
    public abstract IReadOnlyList<ExperimentParameter> Parameters { get; }

    /// <summary>Whether it is measured on images; else on inputs that are drawn.</summary>
    public abstract bool NeedsImages { get; }

    /// <summary>Reads an experiment and checks it.</summary>
    /// <param name="given">Values by name; parameters that are not named have their defaults.</param>
    /// <param name="seed">The seed of everything random.</param>
    /// <exception cref="InvalidParameterException">A value makes no sense or is out of its range; the message names it.</exception>
    public IMeasuredExperiment Read(IReadOnlyDictionary<string, string> given, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(given);
        var values = Parameters.ToDictionary(p => p.Name, p => given.GetValueOrDefault(p.Name, p.Default), StringComparer.Ordinal);
        foreach ((string name, string text) in given)
        {
            InvalidParameterException.Require(values.ContainsKey(name), name, $"'{text}'", $"left out: {Name} has no such parameter");
        }

        return Read(new MetadataEntries(values, string.Empty, (key, value, wanted) => new InvalidParameterException(key, value, wanted)), seed);
    }

    /// <summary>Reads an experiment from the values of all parameters and checks it.</summary>
    private protected abstract IMeasuredExperiment Read(MetadataEntries entries, ulong seed);
}
