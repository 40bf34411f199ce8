using System.Text.Json;

namespace OneStep.Claims;

/// <summary>What a measurement says of a claim.</summary>
public enum Verdict
{
    /// <summary>The measurement agrees with the claim.</summary>
    Holds,

    /// <summary>The direction is right, and the number is near the theory's without agreeing with it.</summary>
    HoldsWithin,

    /// <summary>The measurement contradicts the claim.</summary>
    Fails,

    /// <summary>There are not the measurements that would tell.</summary>
    NotMeasured,
}

/// <summary>The names of verdicts.</summary>
public static class VerdictNames
{
    /// <summary>The name in documents and on the screen: <c>holds</c>, <c>holds-within</c>, <c>fails</c>, <c>not-measured</c>.</summary>
    public static string Name(this Verdict verdict) => JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString());
}
