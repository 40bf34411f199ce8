using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Reports.Figures;

/// <summary>How accuracy falls as the budget grows: of the single step everywhere, of every attack where it was measured.</summary>
internal static class RobustAccuracyFigure
{
    private const int MostPoints = 500;
    private const string AllAttacks = "all attacks";
    private const string Clipped = "pgd in [0, 1]";
    private const string StepTitle = "one-step";

    /// <summary>The figure; null where nothing was flipped and no accuracy under attack was measured.</summary>
    public static Figure? Of(ExperimentResult result) =>
        result.RobustAccuracy is { } robust ? OfAttacks(result, robust) : OfSingleStep(result);

    private static Figure? OfSingleStep(ExperimentResult result)
    {
        const string Caption = "The part of all attacked images that are still classified correctly when each may be moved by at most ε‖x‖ along its "
            + "single gradient step. The accuracy under the best attack lies on or below this curve.";
        JsonObject[] curve = [.. Curve(result, row => row.RelativePerturbationNorm)];
        return curve.Length == 0 ? null : Draw(Caption, VegaLite.Layer(
            curve, Steps(), new() { ["x"] = VegaLite.FromZero("budget", "budget ε, relative to ‖x‖"), ["y"] = Accuracy() }));
    }

    private static Figure OfAttacks(ExperimentResult result, RobustAccuracy robust)
    {
        const string Caption = "The part of all attacked images that are still classified correctly when an attack may move each by at most ε. "
            + "An image counts for all attacks as soon as one of them flips it; every flip was verified in double precision.";
        List<(string Name, IReadOnlyList<double> Accuracy)> measured =
        [
            .. robust.Attacks.Select(attack => (attack.Name, attack.Accuracy)),
            (AllAttacks, robust.Value),
            .. robust.Clipped is { } clipped ? [(Clipped, clipped.Value)] : Array.Empty<(string, IReadOnlyList<double>)>(),
        ];
        JsonObject encoding = new() { ["x"] = VegaLite.FromZero("budget", "budget ε"), ["y"] = Accuracy() };
        VegaLite.DistinguishLines(encoding, "attack", [.. measured.Select(attack => attack.Name)]);
        JsonObject mark = VegaLite.Mark("line", "curve");
        mark["point"] = true;
        JsonObject points = VegaLite.Layer(
            measured.SelectMany(attack => robust.Budgets.Select((budget, i) => Row(budget, attack.Accuracy[i], attack.Name))), mark, encoding);
        JsonObject[] curve = [.. Curve(result, row => row.PerturbationNorm, StepTitle)];
        return curve.Length == 0 ? Draw(Caption, points) : Draw(Caption, VegaLite.Layer(curve, Steps(), (JsonObject)encoding.DeepClone()), points);
    }

    private static Figure Draw(string caption, params JsonNode[] layers) =>
        new("robust-accuracy", "How accuracy falls with the budget", caption, VegaLite.Chart(caption, layers));

    private static JsonObject Accuracy()
    {
        JsonObject y = VegaLite.FromZero("accuracy", "accuracy under attack");
        y["axis"] = new JsonObject { ["format"] = ".0%" };
        y["scale"] = new JsonObject { ["domain"] = new JsonArray(0, 1) };
        return y;
    }

    private static JsonObject Steps()
    {
        JsonObject mark = VegaLite.Mark("line", "curve");
        mark["interpolate"] = "step-after";
        return mark;
    }

    /// <summary>The accuracy that the single step leaves, from the clean one down; nothing where nothing was flipped.</summary>
    private static IEnumerable<JsonObject> Curve(ExperimentResult result, Func<AttackedExample, double?> length, string? attack = null)
    {
        double[] sorted = [.. result.Rows.Where(row => row.Status == ExampleStatus.Flipped).Select(length).OfType<double>().Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
        {
            yield break;
        }

        double total = result.Rows.Count;
        int correct = result.Rows.Count(row => row.Status is not (ExampleStatus.Misclassified or ExampleStatus.NoLabel));
        yield return Row(0, correct / total, attack);
        int stride = (sorted.Length + MostPoints - 1) / MostPoints;
        for (int i = 0; i < sorted.Length; i++)
        {
            if ((i + 1) % stride == 0 || i == sorted.Length - 1)
            {
                yield return Row(sorted[i], (correct - i - 1) / total, attack);
            }
        }
    }

    private static JsonObject Row(double budget, double accuracy, string? attack)
    {
        JsonObject row = new() { ["budget"] = budget, ["accuracy"] = accuracy };
        if (attack is not null)
        {
            row["attack"] = attack;
        }

        return row;
    }
}
