using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Reports.Sections;

/// <summary>One image before and after an attack, with the perturbation between them.</summary>
internal sealed record Triptych
{
    /// <summary>The network, which says what it sees.</summary>
    public required TrainedModel Model { get; init; }

    /// <summary>The classes.</summary>
    public required ClassSplit Digits { get; init; }

    /// <summary>Pixels a row.</summary>
    public required int Side { get; init; }

    /// <summary>The attacked input and what became of it.</summary>
    public required AttackedExample Example { get; init; }

    /// <summary>Its true label.</summary>
    public required int Label { get; init; }

    /// <summary>x.</summary>
    public required float[] Input { get; init; }

    /// <summary>δ.</summary>
    public required float[] Perturbation { get; init; }

    /// <summary>What stands above it, without markup.</summary>
    public required string Title { get; init; }

    /// <summary>The norm whose value stands below δ; null for the size relative to the image.</summary>
    public NormKind? Norm { get; init; }

    /// <summary>Whether δ is ε times signs: it is then shown as they are, as x + ε · sign(∇J) = x′.</summary>
    public bool IsSigns { get; init; }

    /// <summary>By how much a perturbation is magnified so that its largest change spans the grey scale.</summary>
    /// <param name="white">The input value drawn white.</param>
    /// <param name="largest">The largest change of a pixel; positive.</param>
    public static double Magnification(float white, float largest) => (double)white / largest;

    /// <summary>The pictures.</summary>
    public Html ToHtml()
    {
        float[] attacked = [.. Input.Zip(Perturbation, (x, delta) => x + delta)];
        float white = Largest(Input);
        float largest = Largest(Perturbation);
        string scale = "×" + NumberText.Significant(Magnification(white, largest), 2);
        string label = TaskText.Class(Digits, Label);
        (Prediction before, Prediction after) = Predictions.Of(Model, Example, Input, attacked);
        string says = TaskText.Class(Digits, after.Label);
        return Html.Of($"""
            <article class="triptych">
              <h3>{Title} <span class="quiet">image {Example.Index}</span></h3>
              <div class="{(IsSigns ? "panels equation" : "panels")}">
                {Panel(InputPicture.Grey(Input, Side, white), $"Image {Example.Index}, {label}, as it is", "x", before, Example.Score)}
                {Operator("+ ε ·")}
                <figure>
                  <img src="{InputPicture.Diverging(Perturbation, Side, largest).ToDataUri()}" alt="{$"Its perturbation, magnified {scale}"}" width="112" height="112">
                  {Change(scale, largest, white)}
                </figure>
                {Operator("=")}
                {Panel(InputPicture.Grey(attacked, Side, white), $"Image {Example.Index} after the attack; the network now says {says}", IsSigns ? "x′" : "x + δ", after, Example.AdversarialScore)}
              </div>
            </article>
            """);
    }

    // As the poster writes it, with the signs between the pictures.
    private Html Operator(string sign) => IsSigns ? Html.Of($"<span class=\"operator\">{sign}</span>") : Html.Empty;

    private Html Change(string scale, float largest, float white)
    {
        if (IsSigns)
        {
            return Html.Of($"<figcaption><b>sign(∇J)</b><span>ε = {NumberText.Significant(largest)}</span><span>{NumberText.Percent(largest / (double)white)} of white</span></figcaption>");
        }

        (string symbol, double? size) = Norm is { } norm ? (NormText.Symbol(norm), Example.SizeIn(norm)) : ("‖δ‖/‖x‖", Example.RelativePerturbationNorm);
        return Html.Of($"<figcaption><b>δ</b> {scale}<span>{symbol}</span><span>= {NumberText.Size(size, Norm ?? NormKind.L2)}</span></figcaption>");
    }

    private Html Panel(PngImage image, string alternative, string symbol, Prediction prediction, double? score) => Html.Of($"""
        <figure>
          <img src="{image.ToDataUri()}" alt="{alternative}" width="112" height="112">
          <figcaption><b>{symbol}</b><span>says {TaskText.Class(Digits, prediction.Label)}</span><span>{NumberText.Percent(prediction.Confidence)} sure</span><span><var>f</var> = {NumberText.Significant(score, 2)}</span></figcaption>
        </figure>
        """);

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
}
