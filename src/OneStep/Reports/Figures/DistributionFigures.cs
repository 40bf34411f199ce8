using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Reports.Sections;

namespace OneStep.Reports.Figures;

/// <summary>How ‖δ‖/‖x‖, ‖∇f‖ and η are distributed over the flipped images, beside the mean-field mean.</summary>
internal static class DistributionFigures
{
    /// <summary>The distribution of ‖δ‖/‖x‖; null where nothing was flipped.</summary>
    public static Figure? RelativePerturbation(ExperimentResult result) => Of(
        result,
        "relative-perturbation",
        "How small the perturbations are",
        "relative size ‖δ‖/‖x‖ of the perturbation",
        row => row.RelativePerturbationNorm,
        result.RelativePerturbationNorm.Mean,
        // The theory speaks of inputs of unit norm only, for which ‖δ‖ and ‖δ‖/‖x‖ are one.
        result.Prediction?.PerturbationNorm.Mean,
        $"The part of the image's own length by which {TaskText.Attack(result.Parameters.Method)} has to move it, over the flipped images.");

    /// <summary>The distribution of ‖∇f‖; null where nothing was flipped.</summary>
    public static Figure? GradientNorm(ExperimentResult result) => Of(
        result,
        "gradient-norm",
        "How steep the network is",
        "‖∇f(x)‖ (score per unit of length)",
        row => row.GradientNorm,
        result.GradientNorm.Mean,
        result.Prediction?.GradientNorm.Mean,
        "The steepness of the score at the flipped images" + (result.Parameters.IsDeep ? "." : "; a random network of this dimension has about √(d/2) = "
        + NumberText.Significant(Math.Sqrt(result.Parameters.Dimension / 2.0)) + " on inputs of unit length."));

    /// <summary>The distribution of η; null where nothing was flipped, or not by a single step.</summary>
    public static Figure? StepSize(ExperimentResult result) => !result.Parameters.Method.IsOneStep ? null : Of(
        result,
        "step-size",
        "How short the step is",
        "step size |η| = ‖δ‖/‖∇f(x)‖",
        row => row.StepSize,
        result.StepSize.Mean,
        result.Prediction?.StepSize.Mean,
        "The step size with which δ = −η y ∇f(x) just flips the prediction, over the flipped images" + (result.Parameters.IsDeep ? "." : "; the theorem says O(1/d)."));

    private static Figure? Of(
        ExperimentResult result,
        string name,
        string title,
        string axis,
        Func<AttackedExample, double?> quantity,
        double? measured,
        double? predicted,
        string caption)
    {
        double[] values = [.. result.Rows.Where(row => row.Status == ExampleStatus.Flipped).Select(quantity).OfType<double>().Where(double.IsFinite)];
        if (values.Length == 0)
        {
            return null;
        }

        string text = caption + (predicted is null
            ? " The solid line is their mean."
            : " Solid line: their mean; dashed line: the mean of the mean-field prediction.");
        JsonObject chart = VegaLite.Chart($"Histogram of {axis} over {values.Length} images. {text}", Bars(values, axis));
        AddMeans(chart, axis, measured, predicted);
        return new(name, title, text, chart);
    }

    private static JsonObject Bars(double[] values, string axis)
    {
        JsonObject x = VegaLite.Quantitative("start", axis);
        x["bin"] = "binned";
        JsonObject y = VegaLite.FromZero("count", "images in a bin");
        y["axis"] = new JsonObject { ["tickMinStep"] = 1 };
        return VegaLite.Layer(
            Histogram.Of(values).Select(bin => new JsonObject { ["start"] = bin.Start, ["end"] = bin.End, ["count"] = bin.Count }),
            VegaLite.Mark("bar", "histogram"),
            new()
            {
                ["x"] = x,
                ["x2"] = new JsonObject { ["field"] = "end" },
                ["y"] = y,
                ["tooltip"] = new JsonArray(VegaLite.Tooltip("start", "from"), VegaLite.Tooltip("end", "to"), VegaLite.Tooltip("count", "images")),
            });
    }

    private static void AddMeans(JsonObject chart, string axis, double? measured, double? predicted)
    {
        (string Name, double? Value)[] means = [("measured mean", measured), ("mean-field mean", predicted)];
        (string Name, double Value)[] known =
        [
            .. means.Where(mean => mean.Value is { } value && double.IsFinite(value))
                .Select(mean => ($"{mean.Name} {NumberText.Significant(mean.Value)}", mean.Value!.Value)),
        ];
        if (known.Length == 0)
        {
            return;
        }

        JsonObject encoding = new() { ["x"] = VegaLite.Quantitative("value", axis) };
        VegaLite.DistinguishLines(encoding, "mean", [.. known.Select(mean => mean.Name)]);
        ((JsonArray)chart["layer"]!).Add((JsonNode)VegaLite.Layer(
            known.Select(mean => new JsonObject { ["mean"] = mean.Name, ["value"] = mean.Value }),
            VegaLite.Mark("rule", "mean"),
            encoding));
    }
}
