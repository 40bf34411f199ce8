using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>A point of a series: cells that differ only in the seed.</summary>
/// <param name="X">The abscissa.</param>
/// <param name="Group">The cells.</param>
internal sealed record SeriesPoint(double X, CellGroup Group);

/// <summary>One curve of a panel.</summary>
/// <param name="Label">Its name in the legend; empty where there is only one.</param>
/// <param name="Points">Its points, ascending in x.</param>
internal sealed record FigureSeries(string Label, IReadOnlyList<SeriesPoint> Points);

/// <summary>One panel of small multiples.</summary>
/// <param name="Label">What is the same in all of it, for example <c>C₀ = 5</c>; empty for the only panel.</param>
/// <param name="Name">The same, fit for a file's name.</param>
/// <param name="Series">Its curves, in the order of the study.</param>
internal sealed record FigurePanel(string Label, string Name, IReadOnlyList<FigureSeries> Series)
{
    /// <summary>All cells of the panel.</summary>
    public IEnumerable<CellGroup> Groups => Series.SelectMany(series => series.Points).Select(point => point.Group);

    /// <summary>Cuts the finished cells into panels and series.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="axes">The axes that vary; see <see cref="FigureAxis.Of(StudyResults)"/>.</param>
    /// <param name="x">The abscissa, numeric.</param>
    /// <param name="series">What tells curves apart; null for one curve a panel.</param>
    public static IReadOnlyList<FigurePanel> Of(StudyResults results, IReadOnlyList<FigureAxis> axes, FigureAxis x, FigureAxis? series)
    {
        FigureAxis[] rest = [.. axes.Where(axis => axis != x && axis != series)];
        return
        [
            .. results.Groups.GroupBy(group => string.Join(", ", rest.Select(axis => axis.Label(group)))).Select(panel => new FigurePanel(
                panel.Key,
                string.Concat(rest.Select(axis => $"-{axis.Parameter}-{FileName(axis.Text(panel.First()))}")),
                [
                    .. panel.GroupBy(group => series?.Label(group) ?? string.Empty).Select(curve => new FigureSeries(
                        curve.Key, [.. curve.Select(group => new SeriesPoint(x.Number(group)!.Value, group)).OrderBy(point => point.X)])),
                ])),
        ];
    }

    /// <summary>A figure's title with what is special about the panel; a name and its value stay on one line.</summary>
    public string Titled(string title) => Label.Length == 0 ? title : $"{title}, {Label.Replace(" = ", "\u00A0=\u00A0", StringComparison.Ordinal)}";

    private static string FileName(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c == '.' ? char.ToLowerInvariant(c) : '-'));
}
