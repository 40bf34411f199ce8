using OneStep.Reports.Figures;
using OneStep.Studies;

namespace OneStep.Reports.Sections;

/// <summary>The numbers of a study: means over seeds with intervals, a row a combination of the axes' values.</summary>
internal static class MeansSection
{
    // Beyond that a table is for programs.
    private const int MostRows = 500;

    /// <summary>The section.</summary>
    public static Html Of(StudyResults results)
    {
        FigureAxis[] axes = [.. FigureAxis.Of(results)];
        StudyQuantity[] quantities = [.. StudyQuantity.Of(results).Where(quantity => results.Groups.Any(group => group.Mean(quantity.Measured) is not null))];
        CellGroup[] shown = [.. results.Groups.Take(MostRows)];
        string rest = shown.Length == results.Groups.Count ? string.Empty
            : $" These are the first {NumberText.Count(MostRows)} of {NumberText.Count(results.Groups.Count)} rows; tables/cells.csv beside this page has all.";
        string sizes = results.Plan.Definition.Kind.IsAttack ? "; sizes are means over the flipped images of each network" : string.Empty;
        return Html.Of($"""
            <section id="means" aria-labelledby="means-title">
              <h2 id="means-title">The numbers</h2>
              <p>Means over seeds ± half of the 95 % interval{sizes}.{rest}</p>
              <div class="scroll means-frame" tabindex="0" role="region" aria-label="Means over seeds">
              <table class="means">
                <thead><tr>{axes.Select(axis => Heading(axis.Symbol))}{Heading("seeds")}{quantities.Select(quantity => Heading(quantity.Symbol))}</tr></thead>
                <tbody>{shown.Select(group => Row(group, axes, quantities))}</tbody>
              </table>
              </div>
            </section>
            """);
    }

    private static Html Heading(string text) => Html.Of($"""<th scope="col">{text}</th>""");

    private static Html Row(CellGroup group, FigureAxis[] axes, StudyQuantity[] quantities) => Html.Of($"""
        <tr>{axes.Select(axis => Html.Of($"""<th scope="row">{axis.Text(group)}</th>"""))}<td>{group.Cells.Count}</td>{quantities.Select(quantity => Cell(group.Mean(quantity.Measured)))}</tr>
        """);

    // The cell shows few digits and carries them all.
    private static Html Cell(SeedMean? mean) => mean is null
        ? Html.Of($"<td>{NumberText.None}</td>")
        : Html.Of($"""<td><data value="{mean.Mean}" title="{mean.Mean}">{NumberText.Significant(mean.Mean)}</data>{Interval(mean)}</td>""");

    private static Html Interval(SeedMean mean) => mean.Interval is null ? Html.Empty : Html.Of($"<small> ± {NumberText.Significant(mean.Interval.HalfWidth, 2)}</small>");
}
