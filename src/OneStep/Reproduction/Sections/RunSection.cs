using OneStep.Reports;
using OneStep.Reports.Sections;
using OneStep.Studies;

namespace OneStep.Reproduction.Sections;

/// <summary>What was run, with which version, on what, how long, and how to run exactly this again.</summary>
internal static class RunSection
{
    /// <summary>The section.</summary>
    public static Html Of(ReproductionResult result, ReportProvenance provenance) => Html.Of($"""
        <section id="method" aria-labelledby="method-title">
          <h2 id="method-title">How this was made</h2>
          {FactList.Command(provenance.Command)}
          <div class="scroll" tabindex="0" role="region" aria-label="The studies that were run">
          <table class="numbers">
            <thead><tr><th scope="col">study</th><th scope="col">experiments</th><th scope="col">finished</th><th scope="col">seeds</th><th scope="col">processor time</th></tr></thead>
            <tbody>{result.Studies.Select(Row)}</tbody>
          </table>
          </div>
          {Failures(result)}
          <div class="columns">{FactList.Of("Run", Facts(result, provenance))}</div>
          <details>
            <summary>The studies, word for word</summary>
            {result.Studies.Select(study => Html.Of($"""<h3>{study.Study.Study}</h3><pre tabindex="0"><code>{StudyWriter.Text(study.Results.Plan.Definition)}</code></pre>"""))}
          </details>
          <p>Beside this page: <code>claims.json</code>, every figure as a Vega-Lite specification in <code>figures</code>, every number as CSV in <code>tables</code>, and every finished experiment in
          <code>cells</code>. What is trained and attacked, and how intervals are made, is written down in the program's documentation.</p>
        </section>
        """);

    private static Html Row(ReproducedStudy study) => Html.Of($"""
        <tr><th scope="row">{study.Study.Study}</th><td>{NumberText.Count(study.Results.Plan.Cells.Count)}</td><td>{NumberText.Count(study.Results.Cells.Count)}</td>
        <td>{NumberText.Count(study.Results.Plan.Definition.Seeds.Count)}</td><td>{NumberText.Seconds(ProcessorSeconds(study.Results.Cells))}</td></tr>
        """);

    private static double ProcessorSeconds(IEnumerable<CellResult> cells) =>
        cells.Sum(cell => cell.Provenance is { } provenance ? provenance.Seconds * provenance.Threads : 0);

    private static Html Failures(ReproductionResult result) => result.Failures.Count == 0 ? Html.Empty : Html.Of($"""
        <h3>What could not be computed</h3>
        <ul>{result.Failures.Select(failure => Html.Of($"<li>{failure.Cell.Label}: {failure.Message}</li>"))}</ul>
        """);

    private static IEnumerable<(string Name, string Value)> Facts(ReproductionResult result, ReportProvenance provenance)
    {
        CellResult[] cells = [.. result.Studies.SelectMany(study => study.Results.Cells).DistinctBy(cell => cell.Cell.Key)];
        CellProvenance[] origins = [.. cells.Select(cell => cell.Provenance).OfType<CellProvenance>()];
        yield return ("profile", HeadSection.ProfileWord(result.Plan.Profile));
        yield return ("seeds shifted by", NumberText.Exact(result.Plan.Seed));
        yield return ("experiments of all studies", NumberText.Count(cells.Length));
        yield return ("their processor time", NumberText.Seconds(ProcessorSeconds(cells)));
        yield return ("computed by OneStep", string.Join(", ", origins.Select(origin => origin.Version).Distinct().Order(StringComparer.Ordinal)));
        yield return ("with instructions", string.Join(", ", origins.Select(origin => origin.InstructionSet).Distinct().Order(StringComparer.Ordinal)));
        yield return ("page written by OneStep", provenance.Version);
        if (provenance.Processor is { } processor)
        {
            yield return ("processor", processor);
        }

        if (provenance.OperatingSystem is { } system)
        {
            yield return ("operating system", system);
        }

        yield return ("data, SHA-256", result.Plan.DatasetFingerprint);
    }
}
