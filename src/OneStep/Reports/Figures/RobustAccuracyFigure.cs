using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Reports.Figures;

/// <summary>How accuracy falls as the budget of the single step grows.</summary>
internal static class RobustAccuracyFigure
{
    private const int MostPoints = 500;

    /// <summary>The figure; null where nothing was flipped.</summary>
    public static Figure? Of(ExperimentResult result)
    {
        double[] lengths =
        [
            .. result.Rows.Where(row => row.Status == ExampleStatus.Flipped)
                .Select(row => row.RelativePerturbationNorm).OfType<double>().Where(double.IsFinite).Order(),
        ];
        if (lengths.Length == 0)
        {
            return null;
        }

        int total = result.Rows.Count;
        int correct = result.Rows.Count(row => row.Status is not (ExampleStatus.Misclassified or ExampleStatus.NoLabel));
        const string Caption = "The part of all attacked images that are still classified correctly when each may be moved by at most ε‖x‖ along its "
            + "single gradient step. The accuracy under the best attack lies on or below this curve.";
        JsonObject y = VegaLite.FromZero("accuracy", "accuracy under attack");
        y["axis"] = new JsonObject { ["format"] = ".0%" };
        y["scale"] = new JsonObject { ["domain"] = new JsonArray(0, 1) };
        JsonObject mark = VegaLite.Mark("line", "curve");
        mark["interpolate"] = "step-after";
        return new("robust-accuracy", "How accuracy falls with the budget", Caption, VegaLite.Chart(Caption, VegaLite.Layer(
            Curve(lengths, correct, total),
            mark,
            new() { ["x"] = VegaLite.FromZero("budget", "budget ε, relative to ‖x‖"), ["y"] = y })));
    }

    private static IEnumerable<JsonObject> Curve(double[] sorted, int correct, int total)
    {
        yield return Row(0, correct);
        int stride = (sorted.Length + MostPoints - 1) / MostPoints;
        for (int i = 0; i < sorted.Length; i++)
        {
            if ((i + 1) % stride == 0 || i == sorted.Length - 1)
            {
                yield return Row(sorted[i], correct - i - 1);
            }
        }

        JsonObject Row(double budget, int left) => new() { ["budget"] = budget, ["accuracy"] = (double)left / total };
    }
}
