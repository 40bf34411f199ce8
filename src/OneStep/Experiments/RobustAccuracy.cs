namespace OneStep.Experiments;

/// <summary>
/// Accuracy under attack: the part of all attacked inputs that the network classifies correctly and that nothing flipped
/// with at most ε. Every flip that counts was verified in float64; a misclassified input is not robust.
/// </summary>
public sealed record RobustAccuracy
{
    /// <summary>ε, ascending.</summary>
    public required IReadOnlyList<double> Budgets { get; init; }

    /// <summary>What no attack flips, at each budget: an input counts unless any attack flipped it, those that keep x + δ in
    /// [0, 1] included where they ran. An upper bound on the robust accuracy.</summary>
    public required IReadOnlyList<double> Value { get; init; }

    /// <summary>What each attack leaves.</summary>
    public required IReadOnlyList<AttackCurve> Attacks { get; init; }

    /// <summary>The same where x + δ must stay in [0, 1]; null unless asked for.</summary>
    public ClippedRobustAccuracy? Clipped { get; init; }

    /// <summary>What certified perturbations add; null where there were none to look for.</summary>
    public CertifiedFlips? Certified { get; init; }

    /// <summary>What makes the numbers doubtful, in sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>What people read for an attack that keeps x + δ in [0, 1].</summary>
    internal static string ClippedName(string attack) => $"{attack} in [0, 1]";
}

/// <summary>What one attack leaves, at each budget.</summary>
/// <param name="Name">The attack.</param>
/// <param name="Accuracy">The part of the inputs that are classified correctly and that this attack did not flip with at
/// most ε; whatever it found within a smaller budget counts for the larger ones.</param>
public sealed record AttackCurve(string Name, IReadOnlyList<double> Accuracy)
{
    /// <summary>‖δ‖ of every input that a minimum-norm attack flipped, ascending: accuracy at budgets in between; null for an
    /// attack that ran at the budgets alone.</summary>
    public IReadOnlyList<double>? Flips { get; init; }
}

/// <summary>What perturbations flip that are certified against every network whose rows moved no farther from W0 than this one's
/// (docs/mathematics.md §5), of the inputs that the other attacks left standing at some budget. It counts for the accuracy, and in [0, 1] where
/// x + δ lies there.</summary>
/// <param name="Examined">How many inputs were left standing.</param>
/// <param name="Found">How many of them a certified perturbation of any length flips.</param>
/// <param name="Alone">At each budget, how many fall to it and to no other attack.</param>
public sealed record CertifiedFlips(int Examined, int Found, IReadOnlyList<int> Alone);

/// <summary>Accuracy under attacks whose inputs stay in [0, 1].</summary>
/// <param name="Value">What no attack flips, at each budget.</param>
/// <param name="Attacks">What each attack leaves.</param>
public sealed record ClippedRobustAccuracy(IReadOnlyList<double> Value, IReadOnlyList<AttackCurve> Attacks);
