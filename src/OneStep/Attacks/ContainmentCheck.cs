namespace OneStep.Attacks;

/// <summary>
/// Checks results against each other: an attack that starts from the result of another, or takes the better of both, cannot be
/// beaten by it. Where it is, one of the two is wrong, and that must be said.
/// </summary>
public static class ContainmentCheck
{
    /// <summary>By which part a contained attack may be smaller: what verification changes lengths by (docs/mathematics.md §3).</summary>
    public const double RelativeTolerance = 1e-6;

    /// <summary>The inputs on which an attack is beaten by one that it contains.</summary>
    /// <param name="method">The attack.</param>
    /// <param name="result">What it found.</param>
    /// <param name="contained">The attack that it contains.</param>
    /// <param name="containedResult">What that one found, on the same inputs and in the same norm.</param>
    /// <exception cref="ArgumentException">The results are of different inputs or norms.</exception>
    public static IReadOnlyList<AttackViolation> Violations(string method, AttackResult result, string contained, AttackResult containedResult)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(containedResult);
        if (result.Norm != containedResult.Norm || result.Examples.Count != containedResult.Examples.Count)
        {
            throw new ArgumentException("Only results in one norm and on the same inputs can be compared.", nameof(containedResult));
        }

        var violations = new List<AttackViolation>();
        foreach ((AttackedExample own, AttackedExample other) in result.Examples.Zip(containedResult.Examples))
        {
            double? norm = VerifiedSize(own, result.Norm);
            if (VerifiedSize(other, result.Norm) is double containedNorm && !(norm <= containedNorm * (1 + RelativeTolerance)))
            {
                violations.Add(new(method, contained, own.Index, norm, containedNorm));
            }
        }

        return violations;
    }

    /// <summary>The same for all pairs of methods that <see cref="AttackMethods"/> knows to contain each other.</summary>
    /// <param name="results">Names of methods, and what they found on the same inputs.</param>
    public static IReadOnlyList<AttackViolation> Violations(IReadOnlyList<(string Name, AttackResult Result)> results) =>
    [
        .. from own in results
           from contained in AttackMethods.Named(own.Name).Contains
           from other in results
           where other.Name == contained && other.Result.Norm == own.Result.Norm
           from violation in Violations(own.Name, own.Result, other.Name, other.Result)
           select violation,
    ];

    private static double? VerifiedSize(AttackedExample example, NormKind norm) =>
        example.Status == ExampleStatus.Flipped ? example.SizeIn(norm) : null;
}

/// <summary>An input on which an attack was beaten by one that it contains.</summary>
/// <param name="Method">The attack.</param>
/// <param name="Contained">The attack that it contains.</param>
/// <param name="Index">The position of the input among the attacked ones, from 0.</param>
/// <param name="Norm">The size of its δ; null where it verified none.</param>
/// <param name="ContainedNorm">The smaller size of the contained attack's δ.</param>
public sealed record AttackViolation(string Method, string Contained, int Index, double? Norm, double ContainedNorm);
