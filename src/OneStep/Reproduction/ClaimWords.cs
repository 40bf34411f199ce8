using OneStep.Claims;
using OneStep.Reports;

namespace OneStep.Reproduction;

/// <summary>Judged claims in words and signs, for pages and terminals alike.</summary>
public static class ClaimWords
{
    /// <summary>A sign for a verdict; never the only thing that tells it.</summary>
    public static string Sign(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "✓",
        Verdict.HoldsWithin => "≈",
        Verdict.Fails => "✗",
        _ => "–",
    };

    /// <summary>The verdict as people say it.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Holds => "holds",
        Verdict.HoldsWithin => "holds within tolerance",
        Verdict.Fails => "fails",
        _ => "not measured",
    };

    /// <summary>The measured number with its interval.</summary>
    public static string Measured(Claim claim)
    {
        ArgumentNullException.ThrowIfNull(claim);
        string interval = claim.Interval is { } known ? $" [{NumberText.Significant(known.Low)}, {NumberText.Significant(known.High)}]" : string.Empty;
        return claim.Measured is double measured ? NumberText.Significant(measured) + interval : NumberText.None;
    }

    /// <summary>Whose claims they are.</summary>
    public static string Source(ClaimGroup group) => group switch
    {
        ClaimGroup.Poster => "the poster",
        ClaimGroup.Earlier => "the systems it builds on",
        _ => "our own",
    };

    /// <summary>The claims of each group, the poster's first; groups without a claim are left out.</summary>
    public static IReadOnlyList<IGrouping<ClaimGroup, Claim>> Groups(IReadOnlyList<Claim> claims) => [.. claims.GroupBy(claim => claim.Group).OrderBy(group => group.Key)];

    /// <summary>How many claims have which verdict, a sentence a group: "Of the 9 claims of the poster, 6 hold, 2 hold within tolerance and
    /// 1 was not measured."</summary>
    public static string Summary(IReadOnlyList<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        return string.Join(" ", Groups(claims).Select(group => Summary(group.Key, [.. group])));
    }

    private static string Summary(ClaimGroup group, Claim[] claims)
    {
        (Verdict Verdict, string One, string Many)[] kinds =
        [
            (Verdict.Holds, "holds", "hold"),
            (Verdict.HoldsWithin, "holds within tolerance", "hold within tolerance"),
            (Verdict.Fails, "fails", "fail"),
            (Verdict.NotMeasured, "was not measured", "were not measured"),
        ];
        string[] parts =
        [
            .. from kind in kinds
               let count = claims.Count(claim => claim.Verdict == kind.Verdict)
               where count > 0
               select $"{count} {(count == 1 ? kind.One : kind.Many)}",
        ];
        string list = parts.Length < 2 ? string.Concat(parts) : $"{string.Join(", ", parts[..^1])} and {parts[^1]}";
        return $"Of the {claims.Length} claims of {Source(group)}, {list}.";
    }
}
