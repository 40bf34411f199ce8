using System.Text.Json.Nodes;
using OneStep.Reports;
using OneStep.Reports.Figures;
using OneStep.Studies;

namespace OneStep.Tests.Reports.Figures;

public sealed class StudyFiguresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Studies =>
        [SyntheticStudy.Dimension, SyntheticStudy.OneSeed, SyntheticStudy.Budgets, SyntheticStudy.Phase, SyntheticStudy.Deviation, SyntheticStudy.Other, SyntheticStudy.Methods, SyntheticStudy.Hamming,
            SyntheticStudy.Initialization, SyntheticMeasurement.TwoLayer, SyntheticMeasurement.Deep, SyntheticMeasurement.Flow, SyntheticMeasurement.Limit, SyntheticMeasurement.Kernel,
            SyntheticMeasurement.Certify, SyntheticMeasurement.Corollary, SyntheticMeasurement.Cone, SyntheticMeasurement.Bracket];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Studies))]
    public void Every_figure_is_a_named_chart_of_the_pages_width_with_a_table_and_without_colours(string yaml)
    {
        Figure[] figures = All(Run(yaml));
        Assert.NotEmpty(figures);
        Assert.Equal(figures.Length, figures.Select(figure => figure.Name).Distinct().Count());
        Assert.All(figures, figure =>
        {
            Assert.Matches(@"\A[a-z0-9.-]+\z", figure.Name);
            Assert.Equal("container", (string?)figure.Specification["width"]);
            Assert.EndsWith(".", figure.Caption, StringComparison.Ordinal);
            Assert.True(figure.Table.Count > 1);
            Assert.All(figure.Table, row => Assert.Equal(figure.Table[0].Count, row.Count));
            Assert.DoesNotMatch("#[0-9a-f]{3}|\"fill\":|\"stroke\":|NaN|Infinity", figure.Specification.ToJsonString());
        });
    }

    [Theory]
    [MemberData(nameof(Studies))]
    public void Every_position_lies_within_the_axes(string yaml) => Assert.All(All(Run(yaml)).SelectMany(Layers), layer =>
    {
        foreach (string channel in new[] { "x", "y" })
        {
            if (layer["encoding"]![channel]?["scale"]?["domain"] is JsonArray domain && (bool?)layer["mark"]!["clip"] != true)
            {
                string field = (string)layer["encoding"]![channel]!["field"]!;
                Assert.All(Rows(layer), row => Assert.InRange(Number(row[field]), Number(domain[0]) * (1 - 1e-9), Number(domain[1]) * (1 + 1e-9)));
            }
        }
    });

    [Fact]
    public void Means_intervals_and_predictions_are_those_of_the_cells()
    {
        StudyResults results = Run(SyntheticStudy.Dimension);
        Figure figure = Named(results, "relative-perturbation");

        // Seeds have the factors .9, 1 and 1.1, so the interval of the mean is ± t₂ · .1/√3 of it, t₂ = 4.30265.
        Assert.Equal(["series", "x", "mean", "low", "high", "seeds", "predicted"], figure.Table[0]);
        Assert.Equal(12, figure.Table.Count - 1);
        Assert.All(figure.Table.Skip(1).Zip(results.Groups), pair =>
        {
            double size = SyntheticStudy.Size(pair.Second.Parameters with { Seed = 1 });
            Assert.Equal($"C₀ = {pair.Second.Parameters.C0}", pair.First[0]);
            Assert.Equal(pair.Second.Parameters.Dimension, SyntheticStudy.Number(pair.First[1]));
            Assert.Equal(size, SyntheticStudy.Number(pair.First[2]), 1e-9);
            Assert.Equal(size * (1 - (4.30265 * .1 / Math.Sqrt(3))), SyntheticStudy.Number(pair.First[3]), 1e-6);
            Assert.Equal(size * (1 + (4.30265 * .1 / Math.Sqrt(3))), SyntheticStudy.Number(pair.First[4]), 1e-6);
            Assert.Equal("3", pair.First[5]);
            Assert.Equal(1.1 * size, SyntheticStudy.Number(pair.First[6]), 1e-9);
        });
    }

    [Fact]
    public void The_axes_have_ticks_where_the_data_are_and_the_reference_has_the_slope_of_theory()
    {
        JsonObject[] layers = [.. Layers(Named(Run(SyntheticStudy.Dimension), "gradient-norm"))];
        Assert.Equal([25, 49, 100, 196, 400, 784], ((JsonArray)layers[0]["encoding"]!["x"]!["axis"]!["values"]!).Select(Number));
        JsonObject[] ends = [.. Rows(layers[0])];
        Assert.Equal(.5, Math.Log(Number(ends[1]["y"]) / Number(ends[0]["y"])) / Math.Log(Number(ends[1]["x"]) / Number(ends[0]["x"])), 1e-9);
    }

    [Fact]
    public void Curves_differ_by_shape_and_meanings_by_dashes()
    {
        JsonObject[] layers = [.. Layers(Named(Run(SyntheticStudy.Dimension), "step-size"))];
        Assert.Equal(2, ((JsonArray)layers[^1]["encoding"]!["shape"]!["scale"]!["range"]!).Select(shape => (string)shape!).Distinct().Count());
        Assert.Equal(3, ((JsonArray)layers[0]["encoding"]!["strokeDash"]!["scale"]!["range"]!).Select(dash => dash!.ToJsonString()).Distinct().Count());
    }

    [Fact]
    public void Slopes_stand_in_the_legend_and_the_flattening_is_explained()
    {
        Figure figure = Named(Run(SyntheticStudy.Dimension), "gradient-norm");
        string[] labels = [.. ((JsonArray)Layers(figure).Last()["encoding"]!["shape"]!["scale"]!["domain"]!).Select(label => (string)label!)];

        // The slope of √(d/2 + 12.5) at these six d, from a spreadsheet: 0.4190; of √(d/2 + 112.5) 0.2069.
        Assert.Matches(@"\AC₀ = 10: slope 0\.4\d ± 0\.00\z", labels[0]);
        Assert.Matches(@"\AC₀ = 30: slope 0\.2\d ± 0\.00\z", labels[1]);
        Assert.Contains("at C₀ = 30 the smaller dimensions", figure.Caption, StringComparison.Ordinal);
        Assert.DoesNotContain("flatten", Named(Run(SyntheticStudy.OneSeed), "gradient-norm").Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void With_one_seed_there_are_no_bars_and_no_strip_of_seeds()
    {
        StudyResults results = Run(SyntheticStudy.OneSeed);
        Figure figure = Named(results, "relative-perturbation");
        Assert.Contains("one seed", figure.Caption, StringComparison.Ordinal);
        Assert.DoesNotContain(Layers(figure), layer => (string?)layer["mark"]!["style"] == "interval");
        IReadOnlyList<FigureSet> sets = StudyFigures.Of(results);
        Assert.DoesNotContain(sets.SelectMany(set => set.Figures), f => f.Name.StartsWith("over-seeds", StringComparison.Ordinal));
        Assert.Contains(sets, set => set.Text.Contains("single seed", StringComparison.Ordinal));
    }

    [Fact]
    public void The_distribution_over_images_adds_up()
    {
        Figure figure = Named(Run(SyntheticStudy.OneSeed), "over-images");
        Assert.All(figure.Table.Skip(1).GroupBy(row => row[0]), curve => Assert.Equal(1, curve.Sum(row => SyntheticStudy.Number(row[2])), 1e-9));
        Assert.Equal(3, figure.Table.Skip(1).Select(row => row[0]).Distinct().Count());
    }

    [Fact]
    public void Half_the_images_are_lost_where_the_curve_passes_one_half()
    {
        StudyResults results = Run(SyntheticStudy.Budgets);
        Figure robust = Named(results, "robust-accuracy-c0-10");
        Figure half = Named(results, "half-budget");

        Assert.All(robust.Table.Skip(1), row => Assert.Equal(
            new ulong[] { 0, 1 }.Average(seed => SyntheticStudy.Robust(new() { Side = (int)Math.Sqrt(SyntheticStudy.Number(row[0][4..])), C0 = 10, Seed = seed }, SyntheticStudy.Number(row[1]))),
            SyntheticStudy.Number(row[2]),
            1e-12));
        Assert.Equal(1 + 6, half.Table.Count);

        // One half of .9/(1 + (3 ε √d/C)⁴) lies at ε = C .8^(1/4)/(3 √d); the steps between budgets are factors of two. The
        // seeds have C = .9 C0 and C0.
        Assert.All(half.Table.Skip(1), row => Assert.Equal(
            .95, SyntheticStudy.Number(row[2]) / (SyntheticStudy.Number(row[0][5..]) * Math.Pow(.8, .25) / (3 * Math.Sqrt(SyntheticStudy.Number(row[1])))), .1));

        // Of two seeds the interval is ± t₁ times half of what lies between them, t₁ = 12.7, and .05 of the mean is half of that.
        Assert.All(half.Table.Skip(1), row =>
        {
            double budget = SyntheticStudy.Number(row[2]);
            Assert.Equal(2 * budget, SyntheticStudy.Number(row[3]) + SyntheticStudy.Number(row[4]), 1e-9);
            Assert.InRange((SyntheticStudy.Number(row[4]) - budget) / budget, 0.2, 1.2);
        });
        Assert.Equal(6, Rows(Layers(half).Single(layer => (string?)layer["mark"]!["style"] == "interval")).Count());
        Assert.NotEmpty(Rows(Layers(robust).Single(layer => (string?)layer["mark"]!["style"] == "interval")));
    }

    [Fact]
    public void The_heat_map_has_a_tile_a_cell_and_a_threshold_of_slope_one_half()
    {
        Figure map = Named(Run(SyntheticStudy.Phase), "phase-transition-adversarial-budget-0.3");
        Assert.Equal(1 + 24, map.Table.Count);
        JsonObject[] lines = [.. Rows(Layers(map).Single(layer => (string?)layer["mark"]!["style"] == "threshold"))];
        Assert.All(lines.GroupBy(row => (string)row["line"]!), line =>
        {
            JsonObject[] ends = [.. line];
            Assert.Equal(-.5, Math.Log(Number(ends[1]["y"]) / Number(ends[0]["y"])) / Math.Log(Number(ends[1]["x"]) / Number(ends[0]["x"])), .03);
        });
        Assert.Equal(2, lines.Select(row => (string)row["line"]!).Distinct().Count());

        // One half of the images at V√m = 3 · .3 · 10/.8^(1/4) = 9.5.
        Assert.All(Rows(Layers(map).Last()), point => Assert.InRange(Number(point["y"]) * Math.Sqrt(Number(point["x"])), 8.2, 10.8));
        Assert.Equal(24, Layers(map).Where(layer => (string?)layer["mark"]!["type"] == "text").Sum(layer => Rows(layer).Count()));
    }

    [Fact]
    public void Numbers_lie_within_their_tiles_however_many_radii_there_are()
    {
        Assert.All([SyntheticStudy.Phase, SyntheticStudy.Phase.Replace("deviation: [", "deviation: [0.01, 0.014, 0.02, 0.028, 0.04, 0.056, 0.07, 0.08, 0.09, ", StringComparison.Ordinal)], yaml =>
        {
            Figure map = Named(Run(yaml), "phase-transition-adversarial-budget-0.3");
            int radii = map.Table.Skip(1).Select(row => row[1]).Distinct().Count();
            double tile = Number(map.Specification["height"]) / radii;
            Assert.All(Layers(map).Where(layer => (string?)layer["mark"]!["type"] == "text"), layer => Assert.InRange(Number(layer["mark"]!["dy"]), 5.5, (tile / 2) - 5.5));
        });
    }

    [Theory]
    [InlineData("m = 1000", 2)]
    [InlineData("d = 784", 3)]
    [InlineData("C₀ = 10: slope −0.49 ± 0.08", 1)]
    public void A_legend_has_as_many_columns_as_fit_beside_each_other(string name, int columns)
    {
        JsonObject encoding = [];
        new SeriesMarks(["d = 1", name], ["measured"]).Points(encoding);
        Assert.Equal(columns, (int?)encoding["shape"]!["legend"]!["columns"]);
    }

    [Fact]
    public void Tiles_touch_and_fill_the_axes()
    {
        JsonObject tiles = Layers(Named(Run(SyntheticStudy.Phase), "phase-transition-adversarial-budget-0.2")).First();
        JsonObject[] column = [.. Rows(tiles).Where(row => Number(row["m"]) == 50).OrderBy(row => Number(row["V"]))];
        Assert.All(column.Zip(column.Skip(1)), pair => Assert.Equal(Number(pair.First["y2"]), Number(pair.Second["y"]), 1e-9));
        JsonArray domain = (JsonArray)tiles["encoding"]!["y"]!["scale"]!["domain"]!;
        Assert.Equal((Number(domain[0]), Number(domain[1])), (Number(column[0]["y"]), Number(column[^1]["y2"])));
    }

    [Fact]
    public void Unconstrained_training_is_shown_against_the_width()
    {
        Figure figure = Assert.Single(All(Run(SyntheticStudy.Deviation)));
        Assert.Equal("deviation", figure.Name);
        Assert.All(figure.Table.Skip(1), row => Assert.Equal(30 / Math.Sqrt(SyntheticStudy.Number(row[1])), SyntheticStudy.Number(row[2]), 1e-9));
    }

    [Fact]
    public void Any_other_study_shows_each_statistic_against_its_first_number()
    {
        Figure[] figures = All(Run(SyntheticStudy.Other));
        Assert.Contains(figures, figure => figure.Name == "gradient-norm-initialization-antisymmetric");
        Assert.All(figures, figure => Assert.Equal("learning rate", (string?)Layers(figure).Last()["encoding"]!["x"]!["title"]));
    }

    [Fact]
    public void Where_nothing_is_a_number_or_nothing_is_finished_there_is_no_figure()
    {
        Assert.Empty(All(Run(SyntheticStudy.Words)));
        Assert.Empty(StudyFigures.Of(SyntheticStudy.Run(_folder.At("empty"), SyntheticStudy.Dimension, _ => false)));
    }

    [Fact]
    public void Captions_say_what_intervals_are_from_and_do_not_promise_seeds_that_are_missing()
    {
        string Caption(StudyResults results, string start) => All(results).First(figure => figure.Name.StartsWith(start, StringComparison.Ordinal)).Caption;
        Assert.Contains("from the residuals of the fit, not from seeds", Caption(SyntheticStudy.Run(_folder.At("one-seed"), SyntheticStudy.OneSeed), "relative-perturbation"), StringComparison.Ordinal);
        Assert.Contains("by a bootstrap over seeds", Caption(SyntheticStudy.Run(_folder.At("three-seeds"), SyntheticStudy.Dimension), "relative-perturbation"), StringComparison.Ordinal);
        Assert.Contains("the mean over 2 seeds", Caption(SyntheticStudy.Run(_folder.At("whole-map"), SyntheticStudy.Phase), "phase-transition"), StringComparison.Ordinal);
        string partial = Caption(SyntheticStudy.Run(_folder.At("partial-map"), SyntheticStudy.Phase, cell => cell.Index != 1), "phase-transition");
        Assert.Contains("the mean over up to 2 seeds", partial, StringComparison.Ordinal);
        Assert.Contains("95 % interval", partial, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SyntheticStudy.Dimension)]
    [InlineData(SyntheticStudy.Budgets)]
    [InlineData(SyntheticStudy.Phase)]
    [InlineData(SyntheticStudy.Deviation)]
    public void Fits_of_figures_can_be_cancelled(string yaml)
    {
        StudyResults results = Run(yaml);
        Assert.Throws<OperationCanceledException>(() => StudyFigures.Of(results, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void An_unfinished_study_has_the_figures_of_what_is_there()
    {
        StudyResults results = SyntheticStudy.Run(_folder.At("partial"), SyntheticStudy.Phase, cell => cell.Index % 5 != 0);
        Assert.Equal(4, All(results).Length);
        StudyResults one = SyntheticStudy.Run(_folder.At("one"), SyntheticStudy.Dimension, cell => cell.Index == 0);
        Assert.Empty(All(one));
    }

    private StudyResults Run(string yaml) => SyntheticStudy.Run(_folder.At(yaml[7..10]), yaml);

    private static Figure[] All(StudyResults results) => [.. StudyFigures.Of(results).SelectMany(set => set.Figures)];

    private static Figure Named(StudyResults results, string name) => All(results).Single(figure => figure.Name == name);

    private static IEnumerable<JsonObject> Layers(Figure figure) => ((JsonArray)figure.Specification["layer"]!).Cast<JsonObject>();

    // A node made from an integer does not answer as a double; its text does.
    private static double Number(JsonNode? node) => SyntheticStudy.Number(node!.ToJsonString());

    private static IEnumerable<JsonObject> Rows(JsonObject layer) => ((JsonArray)layer["data"]!["values"]!).Cast<JsonObject>();
}
