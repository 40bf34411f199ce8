using System.Text.Json.Nodes;
using OneStep.Reports;

namespace OneStep.Tests.Reports.Figures;

public sealed class MethodFiguresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Attacks_stand_beside_the_best_of_their_norm_alone()
    {
        Figure figure = Named(SyntheticStudy.Methods, "over-best");

        // The fast gradient sign method is alone in its norm, so there is nothing to set beside it.
        Assert.Equal(["series", "x", "y"], figure.Table[0]);
        Assert.Equal(["one-step", "one-step", "deepfool", "deepfool"], figure.Table.Skip(1).Select(row => row[0]).OrderDescending());
        Assert.All(figure.Table.Skip(1), row => Assert.Equal(row[0].EndsWith("one-step", StringComparison.Ordinal) ? 1.2 : 1, SyntheticStudy.Number(row[2]), 1e-9));
        Assert.Equal(["100", "400"], figure.Table.Skip(1).Select(row => row[1]).Distinct().Order());
        Assert.Equal(["line", "point"], Layers(figure).Select(layer => (string)layer["mark"]!["type"]!));
    }

    [Fact]
    public void Passes_of_every_method_are_shown_the_single_steps_among_them()
    {
        Figure figure = Named(SyntheticStudy.Methods, "passes");
        Assert.Equal(6, figure.Table.Count - 1);
        Assert.All(figure.Table.Skip(1), row => Assert.Equal(row[0].EndsWith("one-step", StringComparison.Ordinal) ? 4 : 50, SyntheticStudy.Number(row[2])));
    }

    [Fact]
    public void Pixels_grow_with_the_outputs_beside_the_line_of_as_many()
    {
        Figure figure = Named(SyntheticStudy.Hamming, "hamming");
        JsonObject[] diagonal = [.. Rows(Layers(figure).First())];
        Assert.Equal([1, 3, 5], diagonal.Select(row => Number(row["x"])));
        Assert.All(diagonal, row => Assert.Equal(Number(row["x"]), Number(row["y"])));

        // Seeds have the factors .9, 1 and 1.1: their mean is 1.
        Assert.Equal(6 * 3, figure.Table.Count - 1);
        Dictionary<string, double> pixelsAnOutput = new()
        {
            ["untrained: all outputs"] = 1, ["trained: all outputs"] = 1.25, ["untrained: all outputs within bounds"] = 2, ["trained: all outputs within bounds"] = 2.5,
        };
        Assert.All(figure.Table.Skip(1), row => Assert.Equal(
            pixelsAnOutput.TryGetValue(row[0], out double slope) ? slope * SyntheticStudy.Number(row[1]) : 1, SyntheticStudy.Number(row[2]), 1e-9));
    }

    [Fact]
    public void The_caption_of_pixels_tells_slopes_with_intervals_and_how_many_walks_arrived()
    {
        string caption = Named(SyntheticStudy.Hamming, "hamming").Caption;

        // The interval over seeds is ± t₂ · .1/√3 of the slope, t₂ = 4.30265.
        Assert.Contains("untrained: all outputs 1.00 ± 0.25;", caption, StringComparison.Ordinal);
        Assert.Contains("trained: all outputs within bounds 2.50 ± 0.62;", caption, StringComparison.Ordinal);
        Assert.Contains("untrained: one prediction 0.00 ± 0.00 (95 % intervals by a bootstrap over seeds)", caption, StringComparison.Ordinal);
        Assert.Contains("Of the walks 1\u202F080 of 1\u202F080 arrived, within pixel bounds 540 of 1\u202F080;", caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_moved_outputs_the_one_prediction_is_left()
    {
        Figure figure = Named(SyntheticStudy.Hamming.Replace("output-moves: true, ", string.Empty, StringComparison.Ordinal), "hamming");
        Assert.Equal(["trained: one prediction", "untrained: one prediction"], figure.Table.Skip(1).Select(row => row[0]).Distinct().Order());
        Assert.DoesNotContain("arrived", figure.Caption, StringComparison.Ordinal);
    }

    private Figure Named(string yaml, string name) =>
        StudyFigures.Of(SyntheticStudy.Run(_folder.At("store"), yaml)).SelectMany(set => set.Figures).Single(figure => figure.Name == name);

    private static IEnumerable<JsonObject> Layers(Figure figure) => ((JsonArray)figure.Specification["layer"]!).Cast<JsonObject>();

    // A node made from an integer does not answer as a double; its text does.
    private static double Number(JsonNode? node) => SyntheticStudy.Number(node!.ToJsonString());

    private static IEnumerable<JsonObject> Rows(JsonObject layer) => ((JsonArray)layer["data"]!["values"]!).Cast<JsonObject>();
}
