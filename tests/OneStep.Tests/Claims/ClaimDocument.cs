using OneStep.Claims;

namespace OneStep.Tests.Claims;

/// <summary>docs/claims.md, to be compared with the claims themselves.</summary>
internal static class ClaimDocument
{
    /// <summary>Asserts that statement, expectation and rule of every claim are written there.</summary>
    public static void Contains(IReadOnlyList<Claim> claims)
    {
        string document = string.Join(' ', File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "claims.md")).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.All(claims, claim =>
        {
            Assert.Contains($"| `{claim.Id}` | {claim.Statement} | {claim.ExpectedText} |", document, StringComparison.Ordinal);
            Assert.Contains($"**`{claim.Id}`** {claim.Rule}", document, StringComparison.Ordinal);
        });
    }
}
