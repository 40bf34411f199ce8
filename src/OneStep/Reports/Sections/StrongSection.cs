using OneStep.Experiments;

namespace OneStep.Reports.Sections;

/// <summary>How near to optimal the single step is, where stronger attacks ran.</summary>
internal static class StrongSection
{
    /// <summary>The section, or nothing.</summary>
    public static Html Of(ExperimentResult result) => result.Strong is not { } strong ? Html.Empty : Html.Of($"""
        <section id="strong" aria-labelledby="strong-title">
          <h2 id="strong-title">How near to the best one step is</h2>
          <p>{Finding(strong)}</p>
          <table class="counts">
            {Row("single step over best, median", strong.OneStepOverBest.Median)}
            {Row("single step over best, largest", strong.OneStepOverBest.Max)}
            {Row("best ‖δ‖ found, median", strong.BestPerturbationNorm.Median)}
            {Row("best ‖δ‖ found, mean", strong.BestPerturbationNorm.Mean)}
          </table>
          <p>The attacks that ran:</p>
          <ul>{strong.Attacks.Select(attack => Html.Of($"<li><code>{attack}</code></li>"))}</ul>
        </section>
        """);

    private static string Finding(StrongSummary strong) => strong.OneStepOverBest.Median is { } median
        ? $"The single step is {NumberText.Significant(median, 4)} times as long as the smallest perturbation that any of the attacks found, in the median image, and "
            + $"{NumberText.Significant(strong.OneStepOverBest.Max, 4)} times in the worst."
        : "No image was flipped by the single step, so there is nothing to compare.";

    private static Html Row(string name, double? value) =>
        Html.Of($"""<tr><th scope="row">{name}</th><td>{NumberText.Significant(value, 4)}</td></tr>""");
}
