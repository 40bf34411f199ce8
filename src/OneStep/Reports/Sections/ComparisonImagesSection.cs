using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Reports.Sections;

/// <summary>The same images before and after every attack.</summary>
internal static class ComparisonImagesSection
{
    private const int ImagesShown = 2;

    /// <summary>The section.</summary>
    public static Html Of(ComparisonRun run)
    {
        int[] chosen = [.. Chosen(run)];
        Html content = chosen.Length == 0
            ? Html.Of($"<p>There is no image that all attacks flipped, so there is none to set side by side.</p>")
            : Html.Of($"""
                <p>{Explanation(run, chosen.Length)}</p>
                {chosen.Select(index => OfImage(run, index))}
                """);
        return Html.Of($"""
            <section id="images" aria-labelledby="images-title">
              <h2 id="images-title">Before and after</h2>
              {content}
            </section>
            """);
    }

    private static Html OfImage(ComparisonRun run, int index) => Html.Of($"""
        <h3 class="set-title">Image {index}, {TaskText.Class(run.Result.Parameters.Digits, run.Attacked.Labels[index])}</h3>
        <div class="triptychs">{run.Result.Attacks.Select((_, attack) => ToTriptych(run, attack, index).ToHtml())}</div>
        """);

    private static Html Explanation(ComparisonRun run, int count)
    {
        string confidence = run.Model.ClassCount == 2 ? "that of the logistic model" : "the softmax of the outputs";
        string images = count == 1 ? "The image has the median size of the first attack's changes" : "The images are those with the median size of the first attack's changes, of different labels";
        return Html.Of($"""
            {images}, among those that all attacks flipped. Each perturbation is magnified as stated, blue where it darkens and orange where it brightens; where it is
            <var>ε</var> times signs, as in the fast gradient sign method, <var>J</var> is the loss and <var>ε</var> the smallest that flips. The confidence is {confidence}.
            """);
    }

    /// <summary>Images that all attacks flipped, of different labels, each the median of its label by the first attack.</summary>
    private static IEnumerable<int> Chosen(ComparisonRun run)
    {
        IReadOnlyList<MethodMeasurement> attacks = run.Result.Attacks;
        return attacks[0].Rows
            .Where(row => attacks.All(attack => attack.Rows[row.Index].Status == ExampleStatus.Flipped))
            .GroupBy(row => run.Attacked.Labels[row.Index])
            .OrderBy(group => group.Key)
            .Take(ImagesShown)
            .Select(group => group.OrderBy(row => row.SizeIn(attacks[0].Norm)).ThenBy(row => row.Index).ElementAt((group.Count() - 1) / 2).Index);
    }

    private static Triptych ToTriptych(ComparisonRun run, int attack, int index)
    {
        MethodMeasurement measured = run.Result.Attacks[attack];
        return new()
        {
            Model = run.Model,
            Digits = run.Result.Parameters.Digits,
            Side = run.Result.Parameters.Side,
            Example = measured.Rows[index],
            Label = run.Attacked.Labels[index],
            Input = run.Attacked.Inputs.Row(index).ToArray(),
            Perturbation = run.Perturbations[attack].Row(index).ToArray(),
            Title = measured.Method,
            Norm = measured.Norm,
            IsSigns = ExperimentMethods.IsSigns(measured.Method),
        };
    }
}
