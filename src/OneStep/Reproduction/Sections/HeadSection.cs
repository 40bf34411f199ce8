using OneStep.Claims;
using OneStep.Reports;

namespace OneStep.Reproduction.Sections;

/// <summary>The head of the page: what holds, and of what.</summary>
internal static class HeadSection
{
    /// <summary>The title: the outcome in a line, of the poster's claims alone.</summary>
    public static string Title(IReadOnlyList<Claim> all)
    {
        Claim[] claims = [.. all.Where(claim => claim.Group == ClaimGroup.Poster)];
        int held = claims.Count(claim => claim.Verdict == Verdict.Holds);
        int failed = claims.Count(claim => claim.Verdict == Verdict.Fails);
        return failed > 0 ? $"{failed} of {claims.Length} claims of the poster {(failed == 1 ? "fails" : "fail")}"
            : held == claims.Length ? $"All {claims.Length} claims of the poster hold"
            : $"{held} of {claims.Length} claims of the poster {(held == 1 ? "holds" : "hold")}, none fails";
    }

    /// <summary>The head.</summary>
    public static Html Of(ReproductionResult result)
    {
        ReproductionProfile profile = result.Plan.Profile;
        return Html.Of($"""
            <header>
              <p class="kicker">OneStep · the poster, reproduced · profile {ProfileWord(profile)}</p>
              <h1>{Title(result.Claims)}</h1>
              <p class="lede">{ClaimWords.Summary(result.Claims)}</p>
              <p class="network">{profile.Summary}{Gaps(result)}</p>
              {ClaimWords.Groups(result.Claims).Select(Tiles)}
            </header>
            """);
    }

    /// <summary>The profile's name as the command line takes it.</summary>
    public static string ProfileWord(ReproductionProfile profile) => profile.Name.ToString().ToLowerInvariant();

    private static Html Tiles(IGrouping<ClaimGroup, Claim> group) => Html.Of($"""
        <p class="tiles-title">Claims of {ClaimWords.Source(group.Key)}</p>
        <dl class="tiles">{Enum.GetValues<Verdict>().Select(verdict => Tile(group, verdict))}</dl>
        """);

    private static Html Tile(IEnumerable<Claim> claims, Verdict verdict) =>
        Html.Of($"<div><dt>{ClaimWords.Sign(verdict)} {ClaimWords.Word(verdict)}</dt><dd>{claims.Count(claim => claim.Verdict == verdict)}</dd></div>");

    // What is missing stands at the top, where it cannot be overlooked.
    private static string Gaps(ReproductionResult result)
    {
        int missing = result.Studies.SelectMany(study => study.Results.Missing).DistinctBy(cell => cell.Key).Count();
        return missing == 0 ? string.Empty
            : $" {NumberText.Count(missing)} of {NumberText.Count(result.Plan.Cells.Count)} experiments could not be computed; the claims are judged by the others.";
    }
}
