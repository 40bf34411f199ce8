using System.Globalization;
using OneStep.Statistics;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>The figures of a study of deep random networks [BBC21] (docs/mathematics.md §19).</summary>
internal static class RandomDeepFigures
{
    /// <summary>What the kind of experiment is called.</summary>
    public const string Kind = "random-deep";

    private const string Limit = "infinite width";

    /// <summary>Makes the figures of the finished cells.</summary>
    /// <param name="results">The cells.</param>
    /// <param name="axes">The axes that vary.</param>
    /// <returns>Sections with figures; none where neither depth nor dimension varies.</returns>
    public static IReadOnlyList<FigureSet> Of(StudyResults results, IReadOnlyList<FigureAxis> axes)
    {
        FigureAxis? depth = FigureAxis.Find(axes, FigureAxis.Depth);
        FigureAxis? dimension = FigureAxis.Find(axes, FigureAxis.Dimension);
        IReadOnlyList<FigurePanel> byDepth = depth is null ? [] : FigurePanel.Of(results, axes, depth, dimension);
        IReadOnlyList<FigurePanel> byDimension = dimension is null ? [] : FigurePanel.Of(results, axes, dimension, depth);
        Figure?[] shares = depth is not null ? [.. byDepth.Select(panel => Shares(panel, depth))] : [.. byDimension.Select(panel => Shares(panel, dimension!))];
        Figure? cosines = Cosines(results, axes);
        return
        [
            new(
                "random-deep",
                "One step on deep random networks",
                $"Weights and inputs are random and nothing is trained. [BBC21]: at constant depth one step flips with ‖δ‖ = O(‖x‖/√d), however widths go. {EnsembleFigures.Count(results)}",
                [
                    .. byDimension.Select(panel => Steps(panel, dimension!, "against-dimension", "The size of the flip against the dimension")).OfType<Figure>(),
                    .. byDepth.Select(panel => Steps(panel, depth!, "against-depth", "The size of the flip against the depth")).OfType<Figure>(),
                ]),
            new(
                "depth-limits",
                "Where depth ends it",
                "A network deep against √d is nearly constant in direction: it gives most inputs the same label, and a step that follows its gradient no longer leads to the other.",
                [.. shares.OfType<Figure>(), .. cosines is null ? Array.Empty<Figure>() : [cosines]]),
        ];
    }

    private static Figure? Steps(FigurePanel panel, FigureAxis x, string name, string title) => EnsembleFigures.ScaledSteps(
        panel,
        x,
        name,
        title,
        $"The mean of ‖δ‖√d/‖x‖ over the networks that flip, against {x.Symbol}. Only flips with ‖δ‖ ≤ {Longest(panel)} ‖x‖ count: where few networks flip, the mean is over those that flip easily.");

    private static Figure? Shares(FigurePanel panel, FigureAxis x) => EnsembleFigures.Shares(
        panel,
        x,
        $"The part of the networks that one exact step along the gradient flips with ‖δ‖ ≤ {Longest(panel)} ‖x‖, confirmed in double precision.",
        MeasuredCurve.Of(panel, EnsembleFigures.Flipped));

    private static string Longest(FigurePanel panel) =>
        NumberText.Exact(panel.Groups.Max(group => double.Parse(group.Cells[0].Parameter("longest-relative-step"), CultureInfo.InvariantCulture)));

    /// <summary>How alike the layers of the deepest networks make two inputs, beside the limit; null where no network has a layer
    /// with a cosine.</summary>
    private static Figure? Cosines(StudyResults results, IReadOnlyList<FigureAxis> axes)
    {
        FigureAxis[] others = [.. axes.Where(axis => axis.Parameter is not (FigureAxis.Depth or FigureAxis.Dimension))];
        FigureAxis? series = FigureAxis.Joined(others);
        CellGroup[] deepest =
        [
            .. results.Groups.GroupBy(group => series?.Label(group) ?? string.Empty)
                .Select(groups => groups.OrderByDescending(group => Number(group, FigureAxis.Depth)).ThenByDescending(group => Number(group, FigureAxis.Dimension)).First()),
        ];
        MeasuredCurve[] curves = [.. deepest.Select(group => Layers(group, series?.Label(group) ?? string.Empty))];
        int[] depths = [.. deepest.Select(group => Number(group, FigureAxis.Depth)).Distinct().Order()];
        int[] dimensions = [.. deepest.Select(group => Number(group, FigureAxis.Dimension)).Distinct().Order()];
        string text = "The cosine of the angle between two independent inputs, layer 0, and between what each hidden layer makes of them: the mean over the networks, measured and as it is at infinite width for the same inputs. "
            + $"Towards one the layers tell inputs apart less and less. The deepest networks of the study: L = {string.Join(" and ", depths)} at d = {string.Join(" and ", dimensions)}.";
        return new CurvesFigure("cosines", "How alike layers make two inputs", text)
        {
            X = ("layer", "hidden layer"),
            Y = new("cosine", "cosine between two inputs", CurveScale.Linear) { Bounds = (-1, 1) },
            Curves = curves,
            Predicted = Limit,
        }.Draw();
    }

    private static MeasuredCurve Layers(CellGroup group, string label)
    {
        int[] layers = [.. Enumerable.Range(0, Number(group, FigureAxis.Depth) + 1)];
        (int Layer, SeedMean? Mean)[] measured = [.. layers.Select(layer => (layer, group.Mean(cell => cell.Number($"cosines.measured.{layer}"))))];
        return new(label, [.. measured.Where(pair => pair.Mean is not null).Select(pair => new MeasuredPoint(pair.Layer, pair.Mean!))])
        {
            Predicted = [.. layers.SelectMany(layer => group.Mean(cell => cell.Number($"cosines.limit.{layer}")) is { } limit ? new[] { new CurvePoint(layer, limit.Mean) } : [])],
        };
    }

    private static int Number(CellGroup group, string parameter) => int.Parse(group.Cells[0].Parameter(parameter), CultureInfo.InvariantCulture);
}
