using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Reports.Figures;

/// <summary>The size of the perturbation against the margin: what makes an image hard to flip.</summary>
internal static class MarginFigure
{
    private const int MostImages = 1000;
    private const int CurvePoints = 40;
    private const int Height = 320;
    private const string MarginTitle = "margin y f(x)";
    private const string SizeTitle = "size ‖δ‖ of the perturbation";
    private const string Law = "mean-field, first order";

    /// <summary>The figure; null where nothing was flipped, and of three classes or more, whose margins are of different functions.</summary>
    public static Figure? Of(ExperimentResult result)
    {
        AttackedExample[] flipped = [.. result.Rows.Where(row => row.Status == ExampleStatus.Flipped && row.PerturbationNorm is not null)];
        if (flipped.Length == 0 || !result.Parameters.Digits.IsBinary)
        {
            return null;
        }

        // A cloud shows no more with more points; every k-th in test order is as good as any.
        int stride = (flipped.Length + MostImages - 1) / MostImages;
        AttackedExample[] shown = [.. flipped.Where((_, i) => i % stride == 0)];
        string caption = (stride == 1 ? "Each mark is a flipped image." : $"Each mark is a flipped image, one in {stride} of them.")
            + " The surer the network, the farther it has to be pushed."
            + (result.Prediction is null ? string.Empty : " Line: ‖δ‖ = M/√(M² + (d − 1)/2), the mean-field law of the linearised network.");
        JsonObject chart = VegaLite.Chart(caption, Images(shown, result.Parameters.Digits));
        if (result.Prediction is not null)
        {
            ((JsonArray)chart["layer"]!).Add((JsonNode)FirstOrder(shown.Max(row => row.Margin), result.Parameters.Dimension));
        }

        chart["height"] = Height;
        return new("margin", "Which images are hard to flip", caption, chart);
    }

    private static JsonObject Images(AttackedExample[] rows, ClassSplit digits)
    {
        JsonObject encoding = new()
        {
            ["x"] = VegaLite.FromZero("margin", MarginTitle),
            ["y"] = VegaLite.FromZero("size", SizeTitle),
            ["color"] = ByLabel(),
            ["shape"] = ByLabel(),
        };
        ((JsonObject)encoding["shape"]!["scale"]!)["range"] = new JsonArray("circle", "triangle-up");
        return VegaLite.Layer(
            rows.Select(row => new JsonObject { ["image"] = row.Index, ["label"] = Name(digits, row.Label), ["margin"] = row.Margin, ["size"] = row.PerturbationNorm }),
            VegaLite.Mark("point", "image"),
            encoding);

        JsonObject ByLabel() => new()
        {
            ["field"] = "label",
            ["type"] = "nominal",
            ["scale"] = new JsonObject { ["domain"] = new JsonArray(Name(digits, -1), Name(digits, 1)) },
            ["legend"] = VegaLite.Legend(columns: 2),
        };
    }

    private static JsonObject FirstOrder(double largest, int dimension)
    {
        JsonObject named = new()
        {
            ["field"] = "law",
            ["type"] = "nominal",
            ["scale"] = new JsonObject { ["domain"] = new JsonArray(Law), ["range"] = new JsonArray(new JsonArray(6, 4)) },
            ["legend"] = VegaLite.Legend(columns: 1),
        };
        return VegaLite.Layer(
            Enumerable.Range(0, CurvePoints + 1).Select(i => largest * i / CurvePoints).Select(margin => new JsonObject
            {
                ["law"] = Law,
                ["margin"] = margin,
                ["size"] = margin / Math.Sqrt((margin * margin) + ((dimension - 1) / 2.0)),
            }),
            VegaLite.Mark("line", "law"),
            new() { ["x"] = VegaLite.FromZero("margin", MarginTitle), ["y"] = VegaLite.FromZero("size", SizeTitle), ["strokeDash"] = named });
    }

    private static string Name(ClassSplit digits, int label) => digits.TextOf(label) + (label < 0 ? " (y = −1)" : " (y = +1)");
}
