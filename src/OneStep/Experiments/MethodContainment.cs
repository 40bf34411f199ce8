using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>Looks for attacks that are beaten by one that they start from: they cannot be, unless they are wrong.</summary>
internal static class MethodContainment
{
    // What float32 lengths may differ by.
    private const double Tolerance = 1e-6;

    // The attack, and the one whose result it starts from.
    private static readonly (string Method, string Contained)[] Pairs = [("boundary-walk", "one-step")];

    /// <summary>Every input on which an attack that contains another is beaten by it.</summary>
    /// <param name="methods">The attacks.</param>
    /// <param name="results">What each found.</param>
    public static IReadOnlyList<MethodViolation> Check(IReadOnlyList<string> methods, IReadOnlyList<AttackResult> results) =>
    [
        .. from pair in Pairs
           let container = IndexOf(methods, pair.Method)
           let contained = IndexOf(methods, pair.Contained)
           where container >= 0 && contained >= 0
           from example in results[contained].Examples
           where example.Status == ExampleStatus.Flipped
           let size = example.SizeIn(results[contained].Norm)!.Value
           let own = SizeOf(results[container].Examples[example.Index], results[contained].Norm)
           where own is null || own > size * (1 + Tolerance)
           select new MethodViolation(pair.Method, pair.Contained, example.Index, own, size),
    ];

    private static double? SizeOf(AttackedExample example, NormKind norm) => example.Status == ExampleStatus.Flipped ? example.SizeIn(norm) : null;

    private static int IndexOf(IReadOnlyList<string> methods, string method) => methods.ToList().IndexOf(method);
}
