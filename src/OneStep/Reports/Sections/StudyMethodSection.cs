using OneStep.Studies;

namespace OneStep.Reports.Sections;

/// <summary>What a study asked for, what computed it, how long that took, and how to run it again.</summary>
internal static class StudyMethodSection
{
    /// <summary>The section.</summary>
    public static Html Of(StudyResults results, ReportProvenance provenance) => Html.Of($"""
        <section id="method" aria-labelledby="method-title">
          <h2 id="method-title">How this was made</h2>
          {FactList.Command(provenance.Command)}
          <div class="columns">
            {FactList.Of("What differs", Axes(results))}
            {FactList.Of("What is the same", Fixed(results))}
            {FactList.Of("Run", Run(results, provenance))}
          </div>
        </section>
        """);

    private static IEnumerable<(string Name, string Value)> Axes(StudyResults results)
    {
        StudyDefinition definition = results.Plan.Definition;
        foreach (StudyAxis axis in definition.Axes)
        {
            yield return (axis.Parameter, string.Join(", ", axis.Values.Select(value => value.Text)));
        }

        yield return ("seeds", string.Join(", ", definition.Seeds));
    }

    private static IEnumerable<(string Name, string Value)> Fixed(StudyResults results)
    {
        CellKind kind = results.Plan.Definition.Kind;
        if (!kind.IsAttack)
        {
            yield return ("experiment", kind.Name);
        }

        foreach (StudySetting setting in results.Plan.Definition.Settings)
        {
            yield return (setting.Parameter, setting.Value.Text);
        }

        yield return ("everything else", "its default");
        if (kind.NeedsImages)
        {
            yield return ("data, SHA-256", results.Plan.DatasetFingerprint);
        }
    }

    private static IEnumerable<(string Name, string Value)> Run(StudyResults results, ReportProvenance provenance)
    {
        CellProvenance[] cells = [.. results.Cells.Select(cell => cell.Provenance).OfType<CellProvenance>()];
        yield return ("cells finished", $"{NumberText.Count(results.Cells.Count)} of {NumberText.Count(results.Plan.Cells.Count)}");
        yield return ("this page by OneStep", provenance.Version);
        if (cells.Length > 0)
        {
            yield return ("cells by OneStep", Distinct(cells.Select(cell => cell.Version)));
            yield return ("instructions", Distinct(cells.Select(cell => cell.InstructionSet)));
            yield return ("threads a cell", Distinct(cells.Select(cell => NumberText.Count(cell.Threads))));
            yield return ("computing time, all cells", NumberText.Seconds(cells.Sum(cell => cell.Seconds)));
        }
    }

    private static string Distinct(IEnumerable<string> values) => string.Join("; ", values.Distinct().Order(StringComparer.Ordinal));
}
