using OneStep.Statistics;

namespace OneStep.Claims;

/// <summary>A claim of the theory, what was measured of it, and what follows: one row of a checklist.</summary>
public sealed record Claim
{
    /// <summary>The name, unique and stable: see <see cref="ClaimIds"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Whose claim it is. Default the poster's.</summary>
    public ClaimGroup Group { get; init; } = ClaimGroup.Poster;

    /// <summary>The claim in one sentence.</summary>
    public required string Statement { get; init; }

    /// <summary>What the theory expects, to be read beside the measured number, for example "‖δ‖ ∝ d^(−1/2)".</summary>
    public required string ExpectedText { get; init; }

    /// <summary>The number the theory expects, comparable with <see cref="Measured"/>.</summary>
    public required double Expected { get; init; }

    /// <summary>What was measured; null where there is nothing.</summary>
    public double? Measured { get; init; }

    /// <summary>The confidence interval around <see cref="Measured"/>; null where there is none.</summary>
    public ConfidenceInterval? Interval { get; init; }

    /// <summary>What the interval is from; null where there is none.</summary>
    public IntervalKind? IntervalKind { get; init; }

    /// <summary>What follows.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The rule by which it follows, whatever the measurement: one sentence or two.</summary>
    public required string Rule { get; init; }

    /// <summary>What was measured, for example "6 dimensions × 5 seeds, m = 100000, C0 = 10", and what else there is to know.</summary>
    public required string Basis { get; init; }
}
