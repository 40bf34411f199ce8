using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Reports.Sections;

/// <summary>Images before and after the step, with the perturbation between them.</summary>
internal static class ImagesSection
{
    /// <summary>The section.</summary>
    public static Html Of(ExperimentRun run)
    {
        IReadOnlyList<ChosenExample> chosen = ExampleSelection.Of(run.Result.Rows);
        Html content = chosen.Count == 0
            ? Html.Of($"<p>No image was flipped, so there is none to show.</p>")
            : Html.Of($"""
                <p>Chosen by rank of ‖δ‖ alone, from the smallest to the largest of each label. The image and the attacked image share one grey scale,
                clipped to it; the perturbation is magnified as stated, blue where it darkens and orange where it brightens. The confidence is that of
                the logistic model, 1/(1 + e<sup>−|<var>f</var>|</sup>): the step ends just beyond the boundary, where it is one half.</p>
                <div class="triptychs">{chosen.Select(example => Triptych(run, example))}</div>
                """);
        return Html.Of($"""
            <section id="images" aria-labelledby="images-title">
              <h2 id="images-title">Before and after</h2>
              {content}
            </section>
            """);
    }

    /// <summary>By how much a perturbation is magnified so that its largest change spans the grey scale.</summary>
    /// <param name="white">The input value drawn white.</param>
    /// <param name="largest">The largest change of a pixel; positive.</param>
    public static double Magnification(float white, float largest) => (double)white / largest;

    private static Html Triptych(ExperimentRun run, ChosenExample chosen)
    {
        AttackedExample example = chosen.Example;
        ClassSplit digits = run.Result.Parameters.Digits;
        int side = run.Result.Parameters.Side;
        ReadOnlySpan<float> input = run.Attacked.Inputs.Row(example.Index);
        ReadOnlySpan<float> perturbation = run.Perturbations.Row(example.Index);
        float[] attacked = new float[input.Length];
        for (int i = 0; i < attacked.Length; i++)
        {
            attacked[i] = input[i] + perturbation[i];
        }

        float white = Largest(input);
        float largest = Largest(perturbation);
        string scale = "×" + NumberText.Significant(Magnification(white, largest), 2);
        string label = TaskText.Class(digits, example.Label);
        string before = TaskText.Prediction(digits, example.Score);
        string after = TaskText.Prediction(digits, example.AdversarialScore ?? 0);
        return Html.Of($"""
            <article class="triptych">
              <h3>{Capitalised(label)}: {chosen.Place} step <span class="quiet">image {example.Index}</span></h3>
              <div class="panels">
                {Panel(InputPicture.Grey(input, side, white), $"Image {example.Index}, {label}, as it is", "x", before, example.Score)}
                <figure>
                  <img src="{InputPicture.Diverging(perturbation, side, largest).ToDataUri()}" alt="{$"Its perturbation, magnified {scale}"}" width="112" height="112">
                  <figcaption><b>δ</b> {scale}<span>‖δ‖/‖x‖</span><span>= {NumberText.Significant(example.RelativePerturbationNorm)}</span></figcaption>
                </figure>
                {Panel(InputPicture.Grey(attacked, side, white), $"Image {example.Index} after the step; the network now says {after}", "x + δ", after, example.AdversarialScore)}
              </div>
            </article>
            """);
    }

    private static Html Panel(PngImage image, string alternative, string symbol, string prediction, double? score) => Html.Of($"""
        <figure>
          <img src="{image.ToDataUri()}" alt="{alternative}" width="112" height="112">
          <figcaption><b>{symbol}</b><span>says {prediction}</span><span>{NumberText.Percent(Confidence(score))} sure</span><span><var>f</var> = {NumberText.Significant(score, 2)}</span></figcaption>
        </figure>
        """);

    // How sure the logistic model is of the label that it gives.
    private static double? Confidence(double? score) => score is double value ? 1 / (1 + Math.Exp(-Math.Abs(value))) : null;

    // An image of nothing but zeros has no scale; any positive one draws it black.
    private static float Largest(ReadOnlySpan<float> pixels)
    {
        float largest = 0;
        foreach (float pixel in pixels)
        {
            largest = Math.Max(largest, MathF.Abs(pixel));
        }

        return largest > 0 ? largest : 1;
    }

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
