using OneStep.Claims;
using OneStep.Reports;

namespace OneStep.Reproduction.Sections;

/// <summary>The checklist of claims: verdict by word and sign, number, interval, expectation; rule and basis on demand.</summary>
internal static class ClaimsSection
{
    /// <summary>The section.</summary>
    public static Html Of(IReadOnlyList<Claim> claims) => Html.Of($"""
        <section id="claims" aria-labelledby="claims-title">
          <h2 id="claims-title">The claims, one by one</h2>
          <p>Intervals are 95 % confidence intervals, over seeds where there are several. Every verdict follows from a rule that stands beside it.</p>
          {ClaimWords.Groups(claims).Select(Group)}
        </section>
        """);

    /// <summary>A claim in one line, above the figures that show it.</summary>
    public static Html Line(Claim claim) => Html.Of($"""
        <p class="claim-line">{Badge(claim.Verdict)} {claim.Statement} <span class="quiet">Measured {ClaimWords.Measured(claim)}; expected {Expectation(claim)}.</span></p>
        """);

    private static Html Group(IGrouping<ClaimGroup, Claim> group) => Html.Of($"""
        <h3 class="set-title">Claims of {ClaimWords.Source(group.Key)}</h3>
        <ol class="claims">{group.Select(Item)}</ol>
        """);

    private static Html Item(Claim claim) => Html.Of($"""
        <li class="claim" id="claim-{claim.Id}">
          <h4>{Badge(claim.Verdict)} {claim.Statement}</h4>
          <dl>
            <div><dt>measured</dt><dd>{ClaimWords.Measured(claim)}</dd></div>
            <div><dt>expected</dt><dd>{Expectation(claim)}</dd></div>
          </dl>
          <details>
            <summary>Rule and basis</summary>
            <p><b>Rule.</b> {claim.Rule}</p>
            <p><b>Basis.</b> {claim.Basis}</p>
            <p class="quiet"><code>{claim.Id}</code></p>
          </details>
        </li>
        """);

    private static Html Badge(Verdict verdict) => Html.Of($"""
        <span class="verdict" data-verdict="{verdict.Name()}"><span aria-hidden="true">{ClaimWords.Sign(verdict)}</span> {ClaimWords.Word(verdict)}</span>
        """);

    private static Html Expectation(Claim claim) => Html.Of($"{NumberText.Exact(claim.Expected)} ({FormulaText.Of(claim.ExpectedText)})");
}
