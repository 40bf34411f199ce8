using OneStep.Attacks;

namespace OneStep.Experiments;

/// <summary>The size of the smallest verified flip of every input that an attack found; it answers for every budget.</summary>
/// <param name="Name">The attack.</param>
/// <param name="Norms">‖δ‖, [n]: +∞ where nothing was found, −∞ for inputs that are wrong without an attack.</param>
internal sealed record SmallestFlips(string Name, double[] Norms)
{
    /// <summary>What an attack found.</summary>
    public static SmallestFlips Of(string name, AttackResult result) => new(name, [.. result.Examples.Select(NormOf)]);

    /// <summary>The smaller of several attacks' flips, input by input.</summary>
    public static SmallestFlips Best(string name, IReadOnlyList<SmallestFlips> attacks) =>
        new(name, [.. Enumerable.Range(0, attacks[0].Norms.Length).Select(i => attacks.Min(attack => attack.Norms[i]))]);

    /// <summary>The part of the inputs that are right and were not flipped with at most ε.</summary>
    public double AccuracyAt(double budget) => Norms.Count(norm => norm > budget) / (double)Norms.Length;

    /// <summary>The accuracy at every budget.</summary>
    public AttackCurve CurveOver(BudgetList budgets) => new(Name, [.. budgets.Select(AccuracyAt)]);

    /// <summary>The lengths of the flips, ascending.</summary>
    public IReadOnlyList<double> Lengths => [.. Norms.Where(double.IsFinite).Order()];

    private static double NormOf(AttackedExample example) => example.Status switch
    {
        ExampleStatus.Misclassified or ExampleStatus.NoLabel => double.NegativeInfinity,
        ExampleStatus.Flipped => example.PerturbationNorm!.Value,
        _ => double.PositiveInfinity,
    };
}
