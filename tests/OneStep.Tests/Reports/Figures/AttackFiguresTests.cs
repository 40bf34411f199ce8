using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Reports;
using OneStep.Training;

namespace OneStep.Tests.Reports.Figures;

public sealed class AttackFiguresTests
{
    private static readonly ExperimentResult Full = SyntheticRun.Create().Result;

    [Fact]
    public void Every_figure_is_a_named_and_described_vega_lite_chart_of_the_pages_width()
    {
        Figure[] figures = [.. All(Full)];
        Assert.Equal(figures.Length, figures.Select(figure => figure.Name).Distinct().Count());
        Assert.All(figures, figure =>
        {
            Assert.Equal("https://vega.github.io/schema/vega-lite/v6.json", (string?)figure.Specification["$schema"]);
            Assert.Equal("container", (string?)figure.Specification["width"]);
            Assert.False(string.IsNullOrWhiteSpace((string?)figure.Specification["description"]));
            Assert.EndsWith(".", figure.Caption, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_field_that_is_drawn_is_in_the_data() => Assert.All(All(Full).SelectMany(Layers), layer =>
    {
        IEnumerable<string> fields = ((JsonObject)layer["encoding"]!)
            .SelectMany(channel => channel.Value is JsonArray several ? several.OfType<JsonObject>() : [(JsonObject)channel.Value!])
            .Select(channel => (string)channel["field"]!);
        Assert.NotEmpty(Rows(layer));
        Assert.All(Rows(layer), row => Assert.All(fields, field => Assert.NotNull(row[field])));
    });

    [Theory]
    [InlineData("relative-perturbation")]
    [InlineData("gradient-norm")]
    [InlineData("step-size")]
    public void A_histogram_counts_all_flipped_images_and_shows_both_means(string name)
    {
        JsonObject[] layers = [.. Layers(Figure(Full, name))];
        Assert.Equal(Full.Examples.Flipped, Rows(layers[0]).Sum(row => (int)row["count"]!));
        Assert.Equal(Means(name), Rows(layers[1]).Select(row => (double?)row["value"]));
        Assert.Equal(2, ((JsonArray)layers[1]["encoding"]!["strokeDash"]!["scale"]!["range"]!).Count);
    }

    [Fact]
    public void Without_a_prediction_only_the_measured_is_shown()
    {
        ExperimentResult result = Full with { Prediction = null, Rays = [.. Full.Rays.Select(ray => ray with { Prediction = null })] };
        Assert.Single(Rows(Layers(Figure(result, "step-size")).ElementAt(1)));
        Assert.Single(Layers(Figure(result, "margin")));
        Assert.DoesNotContain("mean-field", string.Concat(All(result).Select(figure => figure.Specification.ToJsonString())), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Rays_show_the_measured_curve_the_prediction_and_the_flip()
    {
        JsonObject[] layers = [.. Layers(Figure(Full, "score-along-the-ray"))];
        Assert.Equal(Full.Rays.Sum(ray => 2 * ray.Lengths.Count), Rows(layers[1]).Count());
        Assert.Equal(Full.Rays.Select(ray => ray.FlipLength).Order(), Rows(layers[2]).Select(row => (double)row["length"]!));
        Assert.Equal("image", (string?)layers[2]["encoding"]!["shape"]!["field"]);
    }

    [Fact]
    public void Many_rays_are_thinned_to_what_the_eye_can_tell_apart()
    {
        RayProfile[] rays = [.. Enumerable.Range(0, 50).Select(i => Full.Rays[0] with { Index = i, FlipLength = i + 1 })];
        JsonObject flips = Layers(Figure(Full with { Rays = rays }, "score-along-the-ray")).ElementAt(2);
        double[] lengths = [.. Rows(flips).Select(row => (double)row["length"]!)];
        Assert.Equal(6, lengths.Length);
        Assert.Equal((1, 50), (lengths[0], lengths[^1]));
    }

    [Fact]
    public void Training_curves_hold_the_trace_and_the_balls_radius()
    {
        Assert.Equal(Full.Training!.Trace.Select(point => point.Loss), Rows(Layers(Figure(Full, "training-loss")).Single()).Select(row => (double)row["loss"]!));
        JsonObject[] layers = [.. Layers(Figure(Full, "training-deviation"))];
        Assert.Equal(Full.Training.Trace.Select(point => point.Deviation), Rows(layers[0]).Select(row => (double)row["deviation"]!));
        Assert.Equal(Full.Parameters.Radius, (double)Rows(layers[1]).Single()["deviation"]!);
    }

    [Fact]
    public void A_long_trace_is_thinned_but_keeps_its_ends()
    {
        TrainingPoint first = Full.Training!.Trace[0];
        ExperimentResult result = Full with
        {
            Training = Full.Training with { Trace = [.. Enumerable.Range(0, 25_001).Select(i => first with { Step = i })] },
        };
        int[] steps = [.. Rows(Layers(Figure(result, "training-loss")).Single()).Select(row => (int)row["step"]!)];
        Assert.InRange(steps.Length, 500, 1001);
        Assert.Equal((0, 25_000), (steps[0], steps[^1]));
    }

    [Fact]
    public void Accuracy_falls_from_the_clean_one_to_what_was_not_flipped()
    {
        ExperimentResult result = SyntheticRun.Create(100, index => index switch
        {
            < 10 => ExampleStatus.Misclassified,
            < 30 => ExampleStatus.NotFlipped,
            _ => ExampleStatus.Flipped,
        }).Result;
        double[] accuracy = [.. Rows(Layers(Figure(result, "robust-accuracy")).Single()).Select(row => (double)row["accuracy"]!)];
        Assert.Equal(0.9, accuracy[0]);
        Assert.Equal(0.2, accuracy[^1]);
        Assert.Equal(accuracy.OrderDescending(), accuracy);
    }

    [Fact]
    public void Measured_accuracy_shows_every_attack_once_and_what_counts_apart()
    {
        var robust = new RobustAccuracy
        {
            Budgets = [0.1, 0.3],
            Value = [0.75, 0.25],
            Attacks =
            [
                new("one-step", [1, 0.5]) { Flips = [0.2, 0.25] },
                new("boundary-walk", [0.75, 0.25]) { Flips = [0.05, 0.15, 0.2, 0.4] },
                new("pgd", [0.75, 0.5]),
            ],
            Clipped = new([1, 0.75], [new("pgd", [1, 0.75])]),
            Warnings = [],
        };
        ExperimentResult result = SyntheticRun.Create(4, _ => ExampleStatus.Flipped).Result with { RobustAccuracy = robust };
        Figure figure = Figure(result, "robust-accuracy");
        JsonObject[] layers = [.. Layers(figure)];

        // Exact steps of the minimum-norm attacks, as far as the budgets go or beyond.
        Assert.Equal("step-after", (string?)layers[0]["mark"]!["interpolate"]);
        Assert.Equal(
            [
                ("one-step", 0, 1), ("one-step", 0.2, 0.75), ("one-step", 0.25, 0.5), ("one-step", 0.3, 0.5), ("boundary-walk", 0, 1),
                ("boundary-walk", 0.05, 0.75), ("boundary-walk", 0.15, 0.5), ("boundary-walk", 0.2, 0.25), ("boundary-walk", 0.4, 0),
            ],
            Points(layers[0]));
        Assert.Equal([("pgd", 0.1, 0.75), ("pgd", 0.3, 0.5), ("pgd in [0, 1]", 0.1, 1), ("pgd in [0, 1]", 0.3, 0.75)], Points(layers[1]));
        Assert.Equal([("all attacks: what counts", 0.1, 0.75), ("all attacks: what counts", 0.3, 0.25)], Points(layers[2]));
        Assert.Equal(["point", "point"], layers[1..].Select(layer => (string?)layer["mark"]!["type"]));

        // Dashes and shapes differ, so that nothing is told by colour alone.
        Assert.Equal(2, Range(layers[0], "strokeDash").Distinct().Count());
        Assert.Equal(3, Range(layers[1], "shape").Concat(Range(layers[2], "shape")).Distinct().Count());
        Assert.Equal("independent", (string?)figure.Specification["resolve"]!["scale"]!["color"]);
        Assert.All(layers, layer => Assert.Equal(5, ((JsonArray)layer["encoding"]!["color"]!["scale"]!["domain"]!).Count));
    }

    [Fact]
    public void Where_nothing_was_flipped_measured_accuracy_is_level()
    {
        var robust = new RobustAccuracy
        {
            Budgets = [0.1, 0.3], Value = [1, 1], Attacks = [new("one-step", [1, 1]) { Flips = [] }, new("pgd", [1, 1])], Warnings = [],
        };
        ExperimentResult result = SyntheticRun.Create(5, _ => ExampleStatus.NotFlipped).Result with { RobustAccuracy = robust };
        Assert.Equal([("one-step", 0, 1), ("one-step", 0.3, 1)], Points(Layers(Figure(result, "robust-accuracy")).First()));
    }

    [Fact]
    public void Accuracy_under_attack_before_and_after_projecting_is_shown_where_it_was_watched()
    {
        ExperimentResult result = Full with { Training = Full.Training! with { RobustTrace = [new(1, 0.5, 0.25), new(2, 0.75, 0.5)] } };
        JsonObject layer = Layers(Figure(result, "training-under-attack")).Single();
        Assert.Equal([0.5, 0.25, 0.75, 0.5], Rows(layer).Select(row => (double)row["accuracy"]!));
        Assert.Equal(2, Range(layer, "strokeDash").Length);
        Assert.DoesNotContain(All(Full), figure => figure.Name == "training-under-attack");
    }

    [Fact]
    public void Where_there_is_no_data_there_is_no_figure()
    {
        ExperimentResult result = SyntheticRun.Create(5, _ => ExampleStatus.NotFlipped).Result with { Training = null };
        Assert.Empty(All(result));
        Assert.Empty(All(SyntheticRun.Create(0).Result with { Training = null }));
    }

    [Fact]
    public void Figures_know_nothing_of_time()
    {
        ExperimentResult slower = Full with { Seconds = new(99, 99, 99, 99) };
        Assert.Equal(All(Full).Select(figure => figure.Specification.ToJsonString()), All(slower).Select(figure => figure.Specification.ToJsonString()));
    }

    private static IEnumerable<Figure> All(ExperimentResult result) =>
        [.. AttackFigures.Distributions(result), .. AttackFigures.Steps(result), .. AttackFigures.Training(result)];

    private static Figure Figure(ExperimentResult result, string name) => All(result).Single(figure => figure.Name == name);

    private static IEnumerable<JsonObject> Layers(Figure figure) => ((JsonArray)figure.Specification["layer"]!).Select(layer => (JsonObject)layer!);

    private static IEnumerable<JsonObject> Rows(JsonObject layer) => ((JsonArray)layer["data"]!["values"]!).Select(row => (JsonObject)row!);

    private static IEnumerable<(string Attack, double Budget, double Accuracy)> Points(JsonObject layer) =>
        Rows(layer).Select(row => ((string)row["attack"]!, (double)row["budget"]!, (double)row["accuracy"]!));

    private static string[] Range(JsonObject layer, string channel) =>
        [.. ((JsonArray)layer["encoding"]![channel]!["scale"]!["range"]!).Select(value => value!.ToJsonString())];

    private static double?[] Means(string name) => name switch
    {
        "relative-perturbation" => [Full.RelativePerturbationNorm.Mean, Full.Prediction!.PerturbationNorm.Mean],
        "gradient-norm" => [Full.GradientNorm.Mean, Full.Prediction!.GradientNorm.Mean],
        _ => [Full.StepSize.Mean, Full.Prediction!.StepSize.Mean],
    };
}
