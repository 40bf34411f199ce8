using System.Globalization;
using System.Text.Json.Nodes;
using OneStep.Statistics;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>The phase transition in width m and radius V: the heat map with its threshold, and its collapse onto V√m.</summary>
internal static class PhaseFigures
{
    private const double Level = 0.5;
    private const int LeastMapHeight = 380;
    private const int LeastTileHeight = 34;
    private const int NumberHalfHeight = 8;
    private const int CurveHeight = 300;
    private const string Fitted = "fitted threshold, 50 %";
    private const string Law = "V = c/√m";

    // Light around the line keeps it apart from tiles of every luminance.
    private static readonly string[] LineStyles = ["threshold-halo", "threshold"];

    /// <summary>Robust accuracy over m and V, with the threshold; null where none was measured.</summary>
    /// <param name="panel">All widths and radii of one budget.</param>
    /// <param name="cancellation">Ends the work early: with many seeds the interval takes thousands of fits.</param>
    public static Figure? Map(FigurePanel panel, CancellationToken cancellation)
    {
        Cell[] cells = [.. panel.Groups.SelectMany(group => group.Mean(StudyQuantity.RobustAccuracy.Measured) is { } mean
            ? new[] { new Cell(group.Parameters.Width, Radius(group), mean) } : [])];
        if (cells.Length == 0)
        {
            return null;
        }

        Bands widths = Bands.Of(cells.Select(cell => cell.Width));
        Bands radii = Bands.Of(cells.Select(cell => cell.Radius));
        PhaseThreshold threshold = PhaseThreshold.Of(panel.Groups.SelectMany(Counts), new SeedBootstrap(), cancellation);
        CurvePoint[] halves = [.. threshold.Thresholds.Where(t => t.Level == Level && t.Crossing is not null).Select(t => new CurvePoint(t.Width, t.Crossing!.At))];
        string caption = Caption(cells, threshold, halves);
        var axes = new Axes(widths, radii);
        JsonObject chart = VegaLite.Chart(caption, [Tiles(cells, axes), Numbers(cells, axes, isHigh: false), Numbers(cells, axes, isHigh: true), .. Lines(threshold, halves, axes), Points(halves, axes)]);
        chart["height"] = axes.Height;

        // Tiles have a legend of luminance, points and lines one of dashes; their colours are the page's.
        chart["resolve"] = new JsonObject { ["scale"] = new JsonObject { ["color"] = "independent" } };
        return new("phase-transition" + panel.Name, panel.Titled("Accuracy under attack over width and radius"), caption, chart)
        {
            Table = FigureTable.Of(cells.Select(cell => cell.Row())),
        };
    }

    /// <summary>Clean and robust accuracy against V√m, a curve a width; null where none was measured.</summary>
    /// <param name="panel">All widths and radii of one budget.</param>
    public static Figure? Collapse(FigurePanel panel)
    {
        (string Name, StudyQuantity Quantity)[] kinds = [("under attack", StudyQuantity.RobustAccuracy), ("before the attack", StudyQuantity.CleanAccuracy)];
        CellGroup[] groups = [.. panel.Groups.OrderBy(group => group.Parameters.Width).ThenBy(Radius)];
        JsonObject[] rows = [.. kinds.SelectMany(kind => groups.SelectMany(group => group.Mean(kind.Quantity.Measured) is { } mean ? new[]
        {
            new JsonObject { [SeriesMarks.Series] = $"m = {group.Parameters.Width}", ["x"] = group.Parameters.C0, ["y"] = mean.Mean, [SeriesMarks.Kind] = kind.Name },
        } : []))];
        if (rows.All(row => (string?)row[SeriesMarks.Kind] != kinds[0].Name))
        {
            return null;
        }

        var marks = new SeriesMarks([.. groups.Select(group => $"m = {group.Parameters.Width}").Distinct()], [.. kinds.Select(kind => kind.Name)]);
        JsonObject Encoding(Action<JsonObject> distinguish)
        {
            JsonObject y = VegaLite.FromZero("y", "accuracy");
            y["axis"] = new JsonObject { ["format"] = ".0%" };
            y["scale"] = new JsonObject { ["domain"] = new JsonArray(0, 1) };
            JsonObject encoding = new() { ["x"] = LogAxis.Round("x", "V√m = C₀", groups.Select(group => group.Parameters.C0)), ["y"] = y };
            distinguish(encoding);
            return encoding;
        }

        const string Caption = "The same cells against V√m. Where the transition lies at V ∝ 1/√m, the solid curves of all widths fall on one another. Dashed: the accuracy of the same networks before the attack.";
        JsonObject chart = VegaLite.Chart(
            Caption,
            VegaLite.Layer(rows, VegaLite.Mark("line", "measured"), Encoding(marks.Lines)),
            VegaLite.Layer(rows.Where(row => (string?)row[SeriesMarks.Kind] == kinds[0].Name), VegaLite.Mark("point", "dot"), Encoding(marks.Points)));
        chart["height"] = CurveHeight;
        return new("collapse" + panel.Name, panel.Titled("Accuracy before and under attack, against V√m"), Caption, chart) { Table = FigureTable.Of(rows) };
    }

    // V√m/√m is not V to the last bit, which would tear cells of one radius apart.
    private static double Radius(CellGroup group) =>
        double.Parse(group.Parameters.Radius.ToString("G12", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static IEnumerable<SeededRobustCount> Counts(CellGroup group) => group.Cells.Where(cell => cell.RobustAccuracy is not null).Select(cell =>
    {
        int total = cell.Result.Examples.Total;
        return new SeededRobustCount(Radius(group), cell.Parameters.Width, cell.Parameters.Seed, (long)Math.Round(cell.RobustAccuracy!.Value * total), total);
    });

    private static JsonObject Tiles(Cell[] cells, Axes axes)
    {
        JsonObject encoding = axes.Position("x", "y");
        encoding["x2"] = new JsonObject { ["field"] = "x2" };
        encoding["y2"] = new JsonObject { ["field"] = "y2" };
        encoding["color"] = new JsonObject
        {
            ["field"] = "robustAccuracy",
            ["type"] = "quantitative",
            ["scale"] = new JsonObject { ["domain"] = new JsonArray(0, 1), ["range"] = "heatmap" },
            ["legend"] = new JsonObject { ["title"] = "accuracy under attack", ["orient"] = "top", ["format"] = ".0%", ["gradientLength"] = 180, ["tickCount"] = 3 },
        };
        encoding["tooltip"] = new JsonArray(
            VegaLite.Tooltip("m", "m"), VegaLite.Tooltip("V", "V"), VegaLite.Tooltip("robustAccuracy", "accuracy under attack"), VegaLite.Tooltip("seeds", "seeds"));
        return VegaLite.Layer(
            cells.Select(cell =>
            {
                JsonObject row = cell.Row();
                (row["x"], row["x2"]) = axes.Widths.Edges(cell.Width);
                (row["y"], row["y2"]) = axes.Radii.Edges(cell.Radius);
                return row;
            }),
            VegaLite.Mark("rect", "tile"),
            encoding);
    }

    // In the middle of the scale one ink stops being readable and the other begins to be.
    private static JsonObject Numbers(Cell[] cells, Axes axes, bool isHigh)
    {
        JsonObject encoding = axes.Position("m", "V");
        encoding["text"] = new JsonObject { ["field"] = "robustAccuracy", ["type"] = "quantitative", ["format"] = ".2f" };

        // Below the middle, where the threshold's marks are, but within the tile.
        JsonObject mark = VegaLite.Mark("text", isHigh ? "tile-high" : "tile-low");
        mark["dy"] = Math.Min(12, (axes.Height / axes.Radii.Values.Length / 2) - NumberHalfHeight);
        return VegaLite.Layer(cells.Where(cell => cell.Mean.Mean >= Level == isHigh).Select(cell => cell.Row()), mark, encoding);
    }

    private static IEnumerable<JsonObject> Lines(PhaseThreshold threshold, CurvePoint[] halves, Axes axes)
    {
        List<JsonObject> rows = [];
        foreach (double width in axes.Widths.Ends)
        {
            if (threshold.Surface?.ThresholdDeviation(width, Level) is double fitted)
            {
                rows.Add(new() { ["x"] = width, ["y"] = fitted, [SeriesMarks.Kind] = Fitted });
            }

            if (halves.Length > 0)
            {
                rows.Add(new() { ["x"] = width, ["y"] = Constant(halves) / Math.Sqrt(width), [SeriesMarks.Kind] = Law });
            }
        }

        foreach (string style in LineStyles)
        {
            JsonObject encoding = axes.Position("x", "y");
            encoding["detail"] = new JsonObject { ["field"] = SeriesMarks.Kind, ["type"] = "nominal" };
            if (style == "threshold")
            {
                encoding["strokeDash"] = VegaLite.Dashes(SeriesMarks.Kind, [Fitted, Law]);
            }

            JsonObject mark = VegaLite.Mark("line", style);
            mark["clip"] = true;
            yield return VegaLite.Layer(rows, mark, encoding);
        }
    }

    private static JsonObject Points(CurvePoint[] halves, Axes axes) => VegaLite.Layer(
        halves.Select(half => new JsonObject { ["x"] = half.X, ["y"] = half.Y }), VegaLite.Mark("point", "threshold-point"), axes.Position("x", "y"));

    private static double Constant(CurvePoint[] halves) => Math.Exp(halves.Average(half => Math.Log(half.Y * Math.Sqrt(half.X))));

    private static string Caption(Cell[] cells, PhaseThreshold threshold, CurvePoint[] halves)
    {
        string upTo = cells.All(cell => cell.Mean.Seeds == threshold.Seeds) ? string.Empty : "up to ";
        string slope = threshold.Surface is not { } surface ? "The cells do not tell a threshold."
            : $"The fitted threshold has the slope {NumberText.Significant(surface.ThresholdSlope, 2)}"
                + (threshold.SlopeInterval is { } interval ? $" (95 % interval {NumberText.Significant(interval.Low, 2)} to {NumberText.Significant(interval.High, 2)}, {SlopeText.Origin(threshold.IntervalKind)})" : string.Empty)
                + "; theory expects −1/2.";
        string points = halves.Length == 0
            ? "At no width do the radii lie on both sides of one half."
            : $"Diamonds: where half of the images survive at a width, by interpolation; they lie at V√m = {NumberText.Significant(Constant(halves), 2)} on average, and that is c.";
        return $"In each tile the part of the test images that is classified correctly and that no attack flips, the mean over {upTo}{threshold.Seeds} {(threshold.Seeds == 1 ? "seed" : "seeds")}. {points} {slope}";
    }

    private sealed record Cell(double Width, double Radius, SeedMean Mean)
    {
        public JsonObject Row()
        {
            JsonObject row = new() { ["m"] = Width, ["V"] = Radius, ["robustAccuracy"] = Mean.Mean };
            row["low"] = Mean.Interval?.Low;
            row["high"] = Mean.Interval?.High;
            row["seeds"] = Mean.Seeds;
            return row;
        }
    }

    private sealed record Axes(Bands Widths, Bands Radii)
    {
        // Every tile has room for its number.
        public int Height => Math.Max(LeastMapHeight, LeastTileHeight * Radii.Values.Length);

        public JsonObject Position(string x, string y) => new()
        {
            ["x"] = LogAxis.Channel(x, "network width m", Widths.Domain, Widths.Values),
            ["y"] = LogAxis.Channel(y, "radius V of the lazy ball", Radii.Domain, Radii.Values),
        };
    }

    /// <summary>Values on a logarithmic axis, each with the band that reaches half-way to its neighbours.</summary>
    private sealed record Bands(double[] Values)
    {
        public (double Low, double High) Domain => (Edges(Values[0]).Low, Edges(Values[^1]).High);

        public double[] Ends => [Domain.Low, Domain.High];

        public static Bands Of(IEnumerable<double> values) => new([.. values.Distinct().Order()]);

        public (double Low, double High) Edges(double value)
        {
            int i = Array.IndexOf(Values, value);
            double below = i > 0 ? Math.Sqrt(value / Values[i - 1]) : i < Values.Length - 1 ? Math.Sqrt(Values[i + 1] / value) : Math.Sqrt(2);
            double above = i < Values.Length - 1 ? Math.Sqrt(Values[i + 1] / value) : below;
            return (value / below, value * above);
        }
    }
}
