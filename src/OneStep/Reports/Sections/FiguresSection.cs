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

    /// <summary>The sections of an experiment, each with a sentence where there is no data for figures.</summary>
    public static Html Of(ExperimentResult result) => Html.Of($"""
        {Of("distributions", "All the images", AttackFigures.Distributions(result), "No image was flipped, so there is no distribution to show.")}
        {Of("steps", AlongTitle(result), AttackFigures.Steps(result), "No image was flipped, so there is no step to follow.")}
        {Of("training", "How the network was trained", AttackFigures.Training(result), NoTraining(result))}
        """);

    /// <summary>The title of the figures that follow an image from before to after the attack.</summary>
    public static string AlongTitle(ExperimentResult result) => result.Parameters.Method.IsOneStep ? "Along the step" : "Along the change";

    /// <summary>One section: its text, then its figures.</summary>
    public static Html Of(FigureSet set) => Of(set.Name, set.Title, set.Text, [set.Figures]);

    /// <summary>One section: its text, then its figures, a group of them side by side.</summary>
    public static Html Of(string name, string title, string text, IEnumerable<IReadOnlyList<Figure>> groups) => Html.Of($"""
        <section id="{name}" aria-labelledby="{name}-title">
          <h2 id="{name}-title">{title}</h2>
          {(text.Length == 0 ? Html.Empty : Html.Of($"<p>{text}</p>"))}
          {groups.Select(Charts)}
        </section>
        """);

    /// <summary>Figures side by side; nothing where there are none.</summary>
    public static Html Charts(IReadOnlyList<Figure> figures) =>
        figures.Count == 0 ? Html.Empty : Html.Of($"""<div class="charts" data-count="{figures.Count}">{figures.Select(Chart)}</div>""");

    /// <summary>What a browser says that runs no scripts.</summary>
    public static Html NoScript(string rest) =>
        Html.Of($"""<noscript><p class="notice">The figures below are drawn by a script, which this browser does not run. {rest}</p></noscript>""");

    /// <summary>A specification as it may stand inside a script element.</summary>
    public static string ScriptText(Figure figure) => figure.Specification.ToJsonString(ScriptSafe);

    private static Html Of(string name, string title, IReadOnlyList<Figure> figures, string otherwise) =>
        Of(new FigureSet(name, title, figures.Count == 0 ? otherwise : string.Empty, figures));

    private static string NoTraining(ExperimentResult result) => result.Parameters.Untrained
        ? "The network was attacked as initialised, so there are no training curves."
        : "The network was loaded, not trained in this run, so there are no training curves.";

    private static Html Chart(Figure figure) => Html.Of($"""
        <figure class="chart" aria-labelledby="{figure.Name}-title">
          <h3 id="{figure.Name}-title">{figure.Title}</h3>
          <div class="plot" data-figure="{figure.Name}"></div>
          <figcaption>{figure.Caption}</figcaption>
          <script type="application/json" id="{figure.Name}-specification">{new Html(ScriptText(figure))}</script>
        </figure>
        """);
}
