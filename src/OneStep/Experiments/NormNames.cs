using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>Norms as users and JSON write them: <c>l2</c>, <c>linf</c>, <c>l0</c>.</summary>
public static class NormNames
{
    private static readonly (NormKind Norm, string Name)[] All = [(NormKind.L2, "l2"), (NormKind.LInfinity, "linf"), (NormKind.L0, "l0")];

    /// <summary>The name of a norm.</summary>
    public static string Of(NormKind norm) => Array.Find(All, pair => pair.Norm == norm).Name;

    /// <summary>The name of a norm; empty for none.</summary>
    public static string Of(NormKind? norm) => norm is { } known ? Of(known) : string.Empty;

    /// <summary>The norm of a name; null where it is none.</summary>
    public static NormKind? Parse(string name) =>
        Array.FindIndex(All, pair => pair.Name == name) is var index and >= 0 ? All[index].Norm : null;
}
