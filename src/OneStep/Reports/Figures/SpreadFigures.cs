using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>What stands behind the means: how sizes are distributed over images, and how means scatter over seeds.</summary>
internal static class SpreadFigures
{
    private const int BinsADecade = 12;
    private const double LeftOut = 0.01;
    private const int Height = 300;
    private const string Peak = "isPeak";

    /// <summary>The distribution of ‖δ‖/‖x‖ over the images of all seeds, a curve a dimension; null where nothing was flipped.</summary>
    /// <param name="results">Where the rows of examples are read, a cell at a time.</param>
    /// <param name="series">One series, a point a dimension.</param>
    /// <param name="x">What tells the points apart.</param>
    /// <param name="panel">What the figure is a panel of.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static Figure? OverImages(StudyResults results, FigureSeries series, FigureAxis x, FigurePanel panel, CancellationToken cancellation)
    {
        (string Label, SortedDictionary<int, int> Counts)[] curves =
        [
            .. series.Points.Select(point => (x.Label(point.Group), Count(results, point.Group, cancellation))).Where(curve => curve.Item2.Count > 0),
        ];
        if (curves.Length == 0)
        {
            return null;
        }

        int first = curves.Min(curve => Smallest(curve.Counts));
        int last = curves.Max(curve => curve.Counts.Keys.Last());
        JsonObject[] rows = [.. curves.SelectMany(curve => Outline(curve.Label, curve.Counts, first, last))];
        var marks = new SeriesMarks([.. curves.Select(curve => curve.Label)], []);
        JsonObject Encoding(Action<JsonObject> distinguish)
        {
            JsonObject y = VegaLite.FromZero("y", "part of the flipped images in a bin");
            y["axis"] = new JsonObject { ["format"] = ".0%" };
            (double, double) domain = (Edge(first), Edge(last + 1));
            JsonObject encoding = new() { ["x"] = LogAxis.Channel("x", "size ‖δ‖/‖x‖ of the flip", domain, LogAxis.RoundTicks(domain.Item1, domain.Item2)), ["y"] = y };
            distinguish(encoding);
            return encoding;
        }

        string caption = $"How the size of the flip is distributed over the flipped images of all seeds{(series.Label.Length == 0 ? string.Empty : ", at " + series.Label)}: "
            + $"their parts in bins of equal width on the logarithmic axis, {BinsADecade} a decade, with a mark at the fullest. At most {NumberText.Percent(LeftOut)} of a curve's images have smaller flips than the picture shows.";
        JsonObject chart = VegaLite.Chart(
            caption,
            VegaLite.Layer(rows, VegaLite.Mark("line", "measured"), Encoding(marks.Colour)),
            VegaLite.Layer(rows.Where(row => row.ContainsKey(Peak)), VegaLite.Mark("point", "dot"), Encoding(marks.Points)));
        chart["height"] = Height;
        return new("over-images" + panel.Name, panel.Titled("From image to image"), caption, chart) { Table = FigureTable.Of(rows) };
    }

    /// <summary>The mean ‖δ‖/‖x‖ of every seed; null where every group has a single seed.</summary>
    public static Figure? OverSeeds(FigurePanel panel, FigureAxis x)
    {
        if (panel.Groups.All(group => group.Cells.Count < 2))
        {
            return null;
        }

        JsonObject[] rows =
        [
            .. panel.Series.SelectMany(series => series.Points.SelectMany(point => point.Group.Values(StudyQuantity.RelativePerturbation.Measured, point.X)
                .Where(value => value.Y > 0)
                .Select(value => new JsonObject { [SeriesMarks.Series] = series.Label, ["x"] = value.X, ["y"] = value.Y, ["seed"] = value.Seed }))),
        ];
        if (rows.Length == 0)
        {
            return null;
        }

        var marks = new SeriesMarks([.. panel.Series.Select(series => series.Label)], []);
        JsonObject encoding = new()
        {
            ["x"] = LogAxis.AtValues("x", x.Title, rows.Select(row => (double)row["x"]!)),
            ["y"] = LogAxis.Round("y", StudyQuantity.RelativePerturbation.Title, rows.Select(row => (double)row["y"]!)),
        };
        marks.Points(encoding);
        string caption = "Each mark is one network: the mean of ‖δ‖/‖x‖ over its flipped images. How far marks of one kind lie apart is how much the seed matters.";
        JsonObject chart = VegaLite.Chart(caption, VegaLite.Layer(rows, VegaLite.Mark("point", "seed"), encoding));
        chart["height"] = Height;
        return new("over-seeds" + panel.Name, panel.Titled("From seed to seed"), caption, chart) { Table = FigureTable.Of(rows) };
    }

    private static SortedDictionary<int, int> Count(StudyResults results, CellGroup group, CancellationToken cancellation)
    {
        SortedDictionary<int, int> counts = [];
        foreach (CellResult cell in group.Cells)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (AttackedExample example in results.Examples(cell))
            {
                if (example is { Status: ExampleStatus.Flipped, RelativePerturbationNorm: > 0 and double size } && double.IsFinite(size))
                {
                    int bin = (int)Math.Floor(BinsADecade * Math.Log10(size));
                    counts[bin] = counts.GetValueOrDefault(bin) + 1;
                }
            }
        }

        return counts;
    }

    // A few images that the network hardly got right would stretch the axis by decades.
    private static int Smallest(SortedDictionary<int, int> counts)
    {
        double left = LeftOut * counts.Values.Sum();
        foreach ((int bin, int count) in counts)
        {
            left -= count;
            if (left < 0)
            {
                return bin;
            }
        }

        return counts.Keys.Last();
    }

    // From zero to zero: a bin without an image on either side, where the axis has room for it.
    private static IEnumerable<JsonObject> Outline(string label, SortedDictionary<int, int> counts, int first, int last)
    {
        double total = counts.Values.Sum();
        int peak = counts.MaxBy(pair => pair.Value).Key;
        int from = Math.Max(first, counts.Keys.First() - 1);
        int to = Math.Min(last, counts.Keys.Last() + 1);
        for (int bin = from; bin <= to; bin++)
        {
            JsonObject row = new() { [SeriesMarks.Series] = label, ["x"] = Edge(bin + 0.5), ["y"] = counts.GetValueOrDefault(bin) / total };
            if (bin == peak)
            {
                row[Peak] = true;
            }

            yield return row;
        }
    }

    private static double Edge(double bin) => Math.Pow(10, bin / BinsADecade);
}
