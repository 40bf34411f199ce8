using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Statistics;

namespace OneStep.Reports.Sections;

/// <summary>The numbers: measured beside predicted, and how the images fall into kinds.</summary>
internal static class NumbersSection
{
    /// <summary>The section.</summary>
    public static Html Of(ExperimentResult result)
    {
        PredictionSummary? prediction = result.Prediction;
        return Html.Of($"""
            <section id="numbers" aria-labelledby="numbers-title">
              <h2 id="numbers-title">The numbers</h2>
              <p>{Explanation(result)}</p>
              <div class="scroll" tabindex="0" role="region" aria-label="Measured and predicted numbers">
              <table class="numbers">
                <thead>
                  <tr>
                    <th scope="col">Quantity</th><td></td>
                    <th scope="col">mean</th><th scope="col">median</th><th scope="col">std</th><th scope="col">min</th><th scope="col">max</th>
                  </tr>
                </thead>
                {Quantity("‖δ‖", "size of the perturbation", result.PerturbationNorm, prediction?.PerturbationNorm)}
                {Quantity("‖δ‖/‖x‖", "relative size", result.RelativePerturbationNorm, prediction?.PerturbationNorm)}
                {Quantity("‖∇f(x)‖", "gradient norm", result.GradientNorm, prediction?.GradientNorm)}
                {OwnQuantity(result, prediction)}
                {Quantity("y f(x)", "margin", result.Margin, predicted: null)}
              </table>
              </div>
              <h3>The images</h3>
              <table class="counts">
                {Count("attacked in all", result.Examples.Total)}
                {Count("misclassified before the attack, so not attacked", result.Examples.Misclassified)}
                {Count("flipped", result.Examples.Flipped)}
                {Count("of these confirmed in double precision", result.Verified)}
                {Count("not flipped", result.Examples.NotFlipped)}
                {Count("without a label: f(x) = 0", result.Examples.NoLabel)}
                {Count("without a direction: ∇f(x) = 0", result.Examples.NoDirection)}
                {Unconfirmed(result)}
              </table>
            </section>
            """);
    }

    private static string Explanation(ExperimentResult result) => result.Examples.Flipped == 0
        ? "No image was flipped, so there is nothing to summarise."
        : (result.Examples.Flipped == 1 ? "Of the one flipped image. " : $"Over the {NumberText.Count(result.Examples.Flipped)} flipped images. ")
            + (result.Prediction is null
                ? result.Parameters.Method.IsOneStep ? "The mean-field theory speaks of two-layer networks of two classes without biases and of inputs of unit norm, so there is no prediction beside these numbers." : string.Empty
                : "The mean-field prediction has no free parameter: it knows the dimension and each image's margin, and is that of a network with random weights.");

    private static Html Quantity(string symbol, string name, Summary measured, Summary? predicted) => Html.Of($"""
        <tbody>
          <tr><th scope="rowgroup" rowspan="{(predicted is null ? 1 : 2)}">{symbol}<small>{name}</small></th><th scope="row">measured</th>{Cells(measured)}</tr>
          {(predicted is null ? Html.Empty : Html.Of($"""<tr class="predicted"><th scope="row">mean-field</th>{Cells(predicted)}</tr>"""))}
        </tbody>
        """);

    // What the single step has of its own is its step size; other attacks have a norm.
    private static Html OwnQuantity(ExperimentResult result, PredictionSummary? prediction) => result.Parameters.Method.IsOneStep || result.Method is not { } method
        ? Quantity("|η|", "step size, ‖δ‖/‖∇f‖", result.StepSize, prediction?.StepSize)
        : method.Norm == NormKind.L2 ? Html.Empty
        : Quantity(NormText.Symbol(method.Norm), $"size in {NormText.Name(method.Norm)}, which the attack makes small", method.Size, predicted: null);

    private static IEnumerable<Html> Cells(Summary summary) =>
        new[] { summary.Mean, summary.Median, summary.Std, summary.Min, summary.Max }.Select(Cell);

    // The cell shows few digits and carries them all.
    private static Html Cell(double? value) => value is { } number
        ? Html.Of($"""<td><data value="{number}" title="{number}">{NumberText.Significant(number)}</data></td>""")
        : Html.Of($"<td>{NumberText.None}</td>");

    private static Html Count(string name, int count) =>
        Html.Of($"""<tr><th scope="row">{name}</th><td>{NumberText.Count(count)}</td></tr>""");

    private static Html Unconfirmed(ExperimentResult result)
    {
        int count = result.Rows.Count(row => row.Status == ExampleStatus.Unverified);
        return count == 0 ? Html.Empty : Count("with a perturbation that double precision could not confirm", count);
    }
}
