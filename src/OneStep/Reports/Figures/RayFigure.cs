using System.Text.Json.Nodes;
using OneStep.Experiments;

namespace OneStep.Reports.Figures;

/// <summary>The score along the ray of a few images: where it crosses zero, the prediction flips.</summary>
internal static class RayFigure
{
    private const int MostRays = 6;
    private const int Height = 320;
    private const string ScoreTitle = "score ŷ f(x + tu), ŷ = sign f(x)";
    private const string Measured = "the network";
    private const string Predicted = "mean-field curve";

    /// <summary>The figure; null where there is no ray.</summary>
    public static Figure? Of(ExperimentResult result)
    {
        RayProfile[] rays = [.. Spread(result.Rays)];
        if (rays.Length == 0)
        {
            return null;
        }

        bool predicted = rays.Any(ray => ray.Prediction is not null);
        string caption = $"The score of {rays.Length} images, named by their position in the test set, toward the label ŷ that the network gives them, along "
            + (result.Parameters.Method.IsOneStep
                ? "the direction u of their single gradient step. Marks show where the prediction flips. Where a curve is nearly straight, the gradient hardly "
                    + "changes on the way, and one step is as good as many."
                : "the direction u of the change that the attack found. Marks show where that change ends.")
            + (predicted ? " Dashed: the mean-field curve, which knows only the margin and the dimension." : string.Empty);
        string what = result.Parameters.Method.IsOneStep ? "step" : "change";
        string length = $"length t = ‖δ‖ of the {what}";
        JsonObject chart = VegaLite.Chart(caption, ZeroLine(), Curves(rays, predicted, length), Flips(rays, length));
        chart["height"] = Height;
        return new("score-along-the-ray", $"What happens along the {what}", caption, chart);
    }

    private static JsonObject ZeroLine() => VegaLite.Layer(
        [new JsonObject { ["score"] = 0 }],
        VegaLite.Mark("rule", "zero"),
        new() { ["y"] = Score() });

    private static JsonObject Curves(RayProfile[] rays, bool predicted, string length)
    {
        JsonObject encoding = Position(length);

        // A line that is alone has no dashes to look up.
        if (predicted)
        {
            VegaLite.DistinguishLines(encoding, "curve", Measured, Predicted);
        }

        encoding["color"] = ByImage(rays);
        return VegaLite.Layer(rays.SelectMany(Rows), VegaLite.Mark("line", "ray"), encoding);
    }

    private static JsonObject Flips(RayProfile[] rays, string length)
    {
        JsonObject encoding = Position(length);
        encoding["color"] = ByImage(rays);
        encoding["shape"] = ByImage(rays);
        return VegaLite.Layer(rays.Select(ray => Point(ray, Measured, ray.FlipLength, 0)), VegaLite.Mark("point", "flip"), encoding);
    }

    private static JsonObject Position(string length) => new()
    {
        ["x"] = VegaLite.FromZero("length", length),
        ["y"] = Score(),
    };

    private static JsonObject Score()
    {
        // Curves end where they end; a rounder axis would only add empty space below them.
        JsonObject channel = VegaLite.FromZero("score", ScoreTitle);
        channel["scale"]!["nice"] = false;
        return channel;
    }

    private static JsonObject ByImage(RayProfile[] rays) => new()
    {
        ["field"] = "image",
        ["type"] = "nominal",
        ["scale"] = new JsonObject { ["domain"] = new JsonArray([.. rays.Select(ray => JsonValue.Create(Name(ray)))]) },
        ["legend"] = VegaLite.Legend(columns: 3),
    };

    private static IEnumerable<JsonObject> Rows(RayProfile ray)
    {
        IEnumerable<JsonObject> measured = ray.Lengths.Zip(ray.Scores, (length, score) => Point(ray, Measured, length, score));
        return ray.Prediction is { } prediction
            ? measured.Concat(ray.Lengths.Zip(prediction, (length, score) => Point(ray, Predicted, length, score)))
            : measured;
    }

    private static JsonObject Point(RayProfile ray, string curve, double length, double score) => new()
    {
        ["image"] = Name(ray),
        ["curve"] = curve,
        ["length"] = length,
        ["score"] = score,
    };

    private static string Name(RayProfile ray) => $"no. {ray.Index}";

    // More curves than colours and shapes would tell nobody anything: take them evenly, by the length of the step.
    private static IEnumerable<RayProfile> Spread(IReadOnlyList<RayProfile> rays)
    {
        RayProfile[] sorted = [.. rays.Where(ray => double.IsFinite(ray.FlipLength)).OrderBy(ray => ray.FlipLength).ThenBy(ray => ray.Index)];
        return sorted.Length <= MostRays
            ? sorted
            : Enumerable.Range(0, MostRays).Select(i => sorted[i * (sorted.Length - 1) / (MostRays - 1)]);
    }
}
