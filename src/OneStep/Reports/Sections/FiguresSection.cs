using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using OneStep.Experiments;

namespace OneStep.Reports.Sections;

/// <summary>The figures, each with the specification that the page's script draws.</summary>
internal static class FiguresSection
{
    // Letters of all scripts stay readable; <, > and & are still escaped, so that data cannot close the script element.
    private static readonly JsonSerializerOptions ScriptSafe = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The sections with figures, or a sentence where there is no data for them.</summary>
    public static Html Of(ExperimentResult result) => Html.Of($"""
        {Section("distributions", "All the images", AttackFigures.Distributions(result), "No image was flipped, so there is no distribution to show.")}
        {Section("steps", "Along the step", AttackFigures.Steps(result), "No image was flipped, so there is no step to follow.")}
        {Section("training", "How the network was trained", AttackFigures.Training(result), NoTraining(result))}
        """);

    /// <summary>A specification as it may stand inside a script element.</summary>
    public static string ScriptText(Figure figure) => figure.Specification.ToJsonString(ScriptSafe);

    private static string NoTraining(ExperimentResult result) => result.Parameters.Untrained
        ? "The network was attacked as initialised, so there are no training curves."
        : "The network was loaded, not trained in this run, so there are no training curves.";

    private static Html Section(string name, string title, IReadOnlyList<Figure> figures, string otherwise) => Html.Of($"""
        <section id="{name}" aria-labelledby="{name}-title">
          <h2 id="{name}-title">{title}</h2>
          {(figures.Count == 0 ? Html.Of($"<p>{otherwise}</p>") : Html.Of($"""<div class="charts" data-count="{figures.Count}">{figures.Select(Chart)}</div>"""))}
        </section>
        """);

    private static Html Chart(Figure figure) => Html.Of($"""
        <figure class="chart" aria-labelledby="{figure.Name}-title">
          <h3 id="{figure.Name}-title">{figure.Title}</h3>
          <div class="plot" data-figure="{figure.Name}"></div>
          <figcaption>{figure.Caption}</figcaption>
          <script type="application/json" id="{figure.Name}-specification">{new Html(ScriptText(figure))}</script>
        </figure>
        """);
}
