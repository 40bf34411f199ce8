using System.Text.Json.Nodes;
using OneStep.Experiments;
using OneStep.Training;

namespace OneStep.Reports.Figures;

/// <summary>How training went: loss, accuracy, and how far the weights moved in the lazy ball.</summary>
internal static class TrainingFigures
{
    // More points than a chart has pixels only make the file heavy.
    private const int MostPoints = 1000;
    private const string StepTitle = "SGD steps";
    private const string DeviationTitle = "largest deviation max ‖w − w₀‖";
    private const string Deviation = "largest deviation";
    private const string Radius = "radius V of the ball";
    private const string Before = "before the epoch's projection";
    private const string After = "after it, in the ball";

    /// <summary>The three curves, and that of accuracy under attack where it was watched; none where the network was not trained in this run.</summary>
    public static IReadOnlyList<Figure> Of(ExperimentResult result)
    {
        if (result.Training is not { Trace.Count: > 0 } training)
        {
            return [];
        }

        TrainingPoint[] points = [.. Thin(training.Trace)];
        IEnumerable<Figure> watched = training.RobustTrace.Count > 0 ? [UnderAttack(training.RobustTrace)] : [];
        return [Loss(points), Accuracy(points), DeviationInBall(points, result.Parameters), .. watched];
    }

    private static Figure Loss(TrainingPoint[] points)
    {
        const string Caption = "Mean logistic loss of the minibatches since the point before.";
        return new("training-loss", "Loss", Caption, VegaLite.Chart(Caption, Curve(points, "logistic loss", point => point.Loss, "loss")));
    }

    private static Figure Accuracy(TrainingPoint[] points)
    {
        const string Caption = "Part of the minibatches' images that were classified correctly when the network saw them.";
        JsonObject layer = Curve(points, "training accuracy", point => point.Accuracy, "accuracy");
        JsonObject y = (JsonObject)layer["encoding"]!["y"]!;
        y["scale"] = new JsonObject { ["zero"] = false, ["domainMax"] = 1 };
        y["axis"] = new JsonObject { ["format"] = ".0%" };
        return new("training-accuracy", "Accuracy", Caption, VegaLite.Chart(Caption, layer));
    }

    private static Figure DeviationInBall(TrainingPoint[] points, ExperimentParameters parameters)
    {
        string caption = $"The largest distance of a neuron's weights from where they started. The ball's radius is V = C₀/√m = {NumberText.Significant(parameters.Radius)}.";
        JsonObject encoding = new()
        {
            ["x"] = VegaLite.FromZero("step", StepTitle),
            ["y"] = VegaLite.FromZero("deviation", DeviationTitle),
        };
        VegaLite.DistinguishLines(encoding, "line", Deviation, Radius);
        JsonObject rule = (JsonObject)encoding.DeepClone();
        rule.Remove("x");
        return new("training-deviation", "Distance from initialisation", caption, VegaLite.Chart(
            caption,
            VegaLite.Layer(points.Select(point => Row(point, "deviation", point.Deviation, Deviation)), VegaLite.Mark("line", "curve"), encoding),
            VegaLite.Layer([new JsonObject { ["line"] = Radius, ["deviation"] = parameters.Radius }], VegaLite.Mark("rule", "mean"), rule)));
    }

    private static Figure UnderAttack(IReadOnlyList<RobustPoint> trace)
    {
        const string Caption = "Part of the watched images that the network still gets right under the inner attack at the end of each epoch: as SGD left it, "
            + "which may lie outside the ball, and after the projection. Scores are those of the working precision, nothing is verified.";
        JsonObject encoding = new() { ["x"] = VegaLite.FromZero("epoch", "epoch"), ["y"] = VegaLite.FromZero("accuracy", "accuracy under the inner attack") };
        encoding["y"]!["axis"] = new JsonObject { ["format"] = ".0%" };
        VegaLite.DistinguishLines(encoding, "network", Before, After);
        JsonObject mark = VegaLite.Mark("line", "curve");
        mark["point"] = true;
        IEnumerable<JsonObject> rows = trace.SelectMany(point => (JsonObject[])
        [
            new() { ["epoch"] = point.Epoch, ["accuracy"] = point.BeforeProjection, ["network"] = Before },
            new() { ["epoch"] = point.Epoch, ["accuracy"] = point.AfterProjection, ["network"] = After },
        ]);
        return new("training-under-attack", "Accuracy under attack", Caption, VegaLite.Chart(Caption, VegaLite.Layer(rows, mark, encoding)));
    }

    private static JsonObject Curve(TrainingPoint[] points, string title, Func<TrainingPoint, double> quantity, string field) => VegaLite.Layer(
        points.Select(point => Row(point, field, quantity(point), line: null)),
        VegaLite.Mark("line", "curve"),
        new() { ["x"] = VegaLite.FromZero("step", StepTitle), ["y"] = VegaLite.FromZero(field, title) });

    private static JsonObject Row(TrainingPoint point, string field, double value, string? line)
    {
        JsonObject row = new() { ["step"] = point.Step, ["epoch"] = point.Epoch, [field] = value };
        if (line is not null)
        {
            row["line"] = line;
        }

        return row;
    }

    private static IEnumerable<TrainingPoint> Thin(IReadOnlyList<TrainingPoint> trace)
    {
        int stride = (trace.Count + MostPoints - 1) / MostPoints;
        return trace.Where((_, i) => i % stride == 0 || i == trace.Count - 1);
    }
}
