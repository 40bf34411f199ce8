using OneStep.Experiments;

namespace OneStep.Reports.Sections;

/// <summary>Accuracy under attack at the budgets asked for.</summary>
internal static class RobustSection
{
    /// <summary>The section, or nothing.</summary>
    public static Html Of(ExperimentResult result) => result.RobustAccuracy is not { } robust ? Html.Empty : Html.Of($"""
        <section id="robust" aria-labelledby="robust-title">
          <h2 id="robust-title">Accuracy under attack</h2>
          <p>The part of all images that are classified correctly and that no attack flips with ‖δ‖ ≤ ε. Every flip was confirmed in double precision; attacks can only lower these numbers, never prove them.</p>
          <div class="scroll" tabindex="0" role="region" aria-label="Accuracy under attack">
          <table class="numbers">
            <thead><tr><th scope="col">ε</th><th scope="col">all attacks</th>{Columns(robust).Select(column => Html.Of($"""<th scope="col">{column.Name}</th>"""))}</tr></thead>
            <tbody>{Enumerable.Range(0, robust.Budgets.Count).Select(i => Row(robust, i))}</tbody>
          </table>
          </div>
          {robust.Warnings.Select(warning => Html.Of($"""<p class="notice">{warning}</p>"""))}
        </section>
        """);

    private static IEnumerable<AttackCurve> Columns(RobustAccuracy robust) =>
        [.. robust.Attacks, .. robust.Clipped is { } clipped ? clipped.Attacks.Select(attack => attack with { Name = RobustAccuracy.ClippedName(attack.Name) }) : []];

    private static Html Row(RobustAccuracy robust, int budget) => Html.Of($"""
        <tr><th scope="row">{NumberText.Exact(robust.Budgets[budget])}</th>{Cell(robust.Value[budget])}{Columns(robust).Select(column => Cell(column.Accuracy[budget]))}</tr>
        """);

    private static Html Cell(double accuracy) => Html.Of($"""<td><data value="{accuracy}" title="{accuracy}">{NumberText.Percent(accuracy)}</data></td>""");
}
