namespace OneStep.Experiments.Kinds;

/// <summary>A parameter of a kind of experiment, as help pages and errors show it.</summary>
/// <param name="Name">The name, in lower case with dashes.</param>
/// <param name="Default">The default, as users would type it.</param>
/// <param name="Placeholder">Stands for the value on a help page.</param>
/// <param name="Description">What it is, with units.</param>
/// <param name="Range">What values are allowed, to be read after "must be".</param>
public sealed record ExperimentParameter(string Name, string Default, string Placeholder, string Description, string Range);
