using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Reports.Sections;

/// <summary>Images before and after the attack, with the perturbation between them.</summary>
internal static class ImagesSection
{
    /// <summary>The section.</summary>
    public static Html Of(ExperimentRun run)
    {
        int[] labels = run.Attacked.Labels;
        IReadOnlyList<ChosenExample> chosen = ExampleSelection.Of(run.Result.Rows, row => labels[row.Index]);
        Html content = chosen.Count == 0
            ? Html.Of($"<p>No image was flipped, so there is none to show.</p>")
            : Html.Of($"""
                <p>{Explanation(run)}</p>
                <div class="triptychs">{chosen.Select(example => ToTriptych(run, example).ToHtml())}</div>
                """);
        return Html.Of($"""
            <section id="images" aria-labelledby="images-title">
              <h2 id="images-title">Before and after</h2>
              {content}
            </section>
            """);
    }

    private static Html Explanation(ExperimentRun run)
    {
        MethodOptions method = run.Result.Parameters.Method;
        string what = method.IsOneStep ? "the step ends" : "the attack ends";
        Html end = method.Budget is null ? Html.Of($": {what} just beyond the boundary, where it is one half") : Html.Empty;
        Html confidence = run.Model.ClassCount == 2
            ? Html.Of($"The confidence is that of the logistic model, 1/(1 + e<sup>−|<var>f</var>|</sup>){end}.")
            : Html.Of($"The confidence is the softmax of the outputs; <var>f</var> is the margin of the image's own class over the best other one.");
        Html signs = ExperimentMethods.IsSigns(method.Name)
            ? Html.Of($" It is <var>ε</var> times the signs of the gradient of the loss <var>J</var> at the image.")
            : Html.Empty;
        return Html.Of($"""
            Chosen by rank of ‖δ‖ alone, from the smallest to the largest of each label. The image and the attacked image share one grey scale,
            clipped to it; the perturbation is magnified as stated, blue where it darkens and orange where it brightens.{signs} {confidence}
            """);
    }

    private static Triptych ToTriptych(ExperimentRun run, ChosenExample chosen)
    {
        AttackedExample example = chosen.Example;
        ExperimentParameters parameters = run.Result.Parameters;
        int label = run.Attacked.Labels[example.Index];
        return new()
        {
            Model = run.Model,
            Digits = parameters.Digits,
            Side = parameters.Side,
            Example = example,
            Label = label,
            Input = run.Attacked.Inputs.Row(example.Index).ToArray(),
            Perturbation = run.Perturbations.Row(example.Index).ToArray(),
            Title = $"{Capitalised(TaskText.Class(parameters.Digits, label))}: {chosen.Place} {(parameters.Method.IsOneStep ? "step" : "change")}",
            Norm = parameters.Method.IsOneStep ? null : run.Result.Method?.Norm,
            IsSigns = ExperimentMethods.IsSigns(parameters.Method.Name),
        };
    }

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
