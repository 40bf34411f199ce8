using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Reports.Sections;

/// <summary>What a comparison found: the head of its page, and the attacks as a table.</summary>
internal static class ComparisonSection
{
    /// <summary>The title.</summary>
    public static string Title(ComparisonResult result) => result.Attacks.Count == 1
        ? $"{result.Attacks[0].Method} on one network"
        : $"{NumberText.Count(result.Attacks.Count)} attacks on the same network";

    /// <summary>The finding in a sentence or two.</summary>
    public static string Finding(ComparisonResult result)
    {
        int attackable = result.Attacks[0].Attackable;
        string images = $"Every attack was given the same {NumberText.Count(attackable)} correctly classified test {(attackable == 1 ? "image" : "images")}.";
        MethodMeasurement? best = result.Attacks.Where(attack => attack.Norm == result.Attacks[0].Norm && attack.Size.Median is not null).MinBy(attack => attack.Size.Median);
        return best is null ? images + " None of them was flipped."
            : $"{images} The smallest median {NormText.Symbol(best.Norm)} is that of {best.Method}, {NumberText.Significant(best.Size.Median)}, "
                + $"with {NumberText.Significant(best.ForwardPasses + best.BackwardPasses)} passes an image.";
    }

    /// <summary>The head of the page.</summary>
    public static Html Head(ComparisonResult result) => Html.Of($"""
        <header>
          <p class="kicker">OneStep · comparison of attacks</p>
          <h1>{Title(result)}</h1>
          <p class="lede">{Finding(result)}</p>
          <p class="network">{TaskText.Network(result.Parameters, result.Training, result.Deviation)}</p>
          {result.Violations.Select(violation => Html.Of($"<p class=\"notice\">{Violation(violation)}</p>"))}
        </header>
        """);

    /// <summary>The table.</summary>
    public static Html Of(ComparisonResult result) => Html.Of($"""
        <section id="attacks" aria-labelledby="attacks-title">
          <h2 id="attacks-title">The attacks</h2>
          <p>Sizes are in the norm of each attack, over the images that it flipped. Over best is the median ratio to the smallest change that any attack of the
          same norm found for the same image. Passes are per image: a score is one forward, a gradient one more backward, a ray two forward. Every flip
          counted as confirmed was evaluated again in double precision.</p>
          <div class="scroll" tabindex="0" role="region" aria-label="The attacks">
          <table class="numbers">
            <thead><tr>
              <th scope="col">attack</th><th scope="col">norm</th><th scope="col">median</th><th scope="col">mean</th><th scope="col">over best</th>
              <th scope="col">forward</th><th scope="col">backward</th><th scope="col">seconds</th><th scope="col">flipped</th><th scope="col">confirmed</th>
            </tr></thead>
            <tbody>{result.Attacks.Select(Row)}</tbody>
          </table>
          </div>
        </section>
        """);

    private static Html Row(MethodMeasurement attack) => Html.Of($"""
        <tr><th scope="row">{attack.Method}</th><td>{NormText.Name(attack.Norm)}</td>{Cell(attack.Size.Median)}{Cell(attack.Size.Mean)}{Cell(attack.OverBest.Median, 4)}{Cell(attack.ForwardPasses)}{Cell(attack.BackwardPasses)}<td>{NumberText.Significant(attack.Seconds, 2)}</td><td>{attack.Examples.Flipped}/{attack.Attackable}</td><td>{attack.Verified}</td></tr>
        """);

    // The cell shows few digits and carries them all.
    private static Html Cell(double? value, int digits = 3) => value is { } number
        ? Html.Of($"""<td><data value="{number}" title="{number}">{NumberText.Significant(number, digits)}</data></td>""")
        : Html.Of($"<td>{NumberText.None}</td>");

    private static string Violation(AttackViolation violation) =>
        $"Internal error: {violation.Method} starts from {violation.Contained} and yet found "
            + (violation.Norm is { } size ? $"{NumberText.Significant(size, 6)} instead of {NumberText.Significant(violation.ContainedNorm, 6)}" : "nothing")
            + $" for image {violation.Index}. The numbers of {violation.Method} are not to be trusted.";
}
