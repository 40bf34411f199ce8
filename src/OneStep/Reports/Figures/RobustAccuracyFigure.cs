using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Experiments;

namespace OneStep.Reports.Figures;

/// <summary>
/// How accuracy falls as the budget grows: exact steps for minimum-norm attacks, which answer for every budget, and points at
/// the budgets where other attacks ran.
/// </summary>
internal static class RobustAccuracyFigure
{
    private const int MostPoints = 500;
    private const string Reported = "all attacks: what counts";
    private static readonly string[] Shapes = ["triangle-up", "square", "diamond", "cross"];

    /// <summary>The figure; null where nothing was flipped and no accuracy under attack was measured.</summary>
    public static Figure? Of(ExperimentResult result) =>
        result.RobustAccuracy is { } robust ? OfAttacks(result, robust) : OfFlips(result);

    private static Figure? OfFlips(ExperimentResult result)
    {
        string caption = "The part of all attacked images that are still classified correctly when each may be moved by at most ε‖x‖ "
            + (result.Parameters.Method.IsOneStep ? "along its single gradient step" : "and the changes are those that the attack found")
            + ". The accuracy under the best attack lies on or below this curve.";
        double[] lengths =
        [
            .. result.Rows.Where(row => row.Status == ExampleStatus.Flipped).Select(row => row.RelativePerturbationNorm).OfType<double>().Where(double.IsFinite).Order(),
        ];
        return lengths.Length == 0 ? null : Draw(caption, VegaLite.Layer(
            Curve(result, lengths), Steps(), new() { ["x"] = VegaLite.FromZero("budget", "budget ε, relative to ‖x‖"), ["y"] = Accuracy() }));
    }

    private static Figure OfAttacks(ExperimentResult result, RobustAccuracy robust)
    {
        const string Caption = "The part of all attacked images that are still classified correctly when an attack may move each by at most ε. "
            + "Lines are exact at every budget; small marks are attacks that ran at the budgets alone. Circles are what counts there: an image is "
            + "lost as soon as one of the attacks flips it. Every flip was verified in double precision.";
        AttackCurve[] lines = [.. robust.Attacks.Where(attack => attack.Flips is not null)];
        AttackCurve[] points =
        [
            .. robust.Attacks.Where(attack => attack.Flips is null),
            .. robust.Clipped is { } clipped ? clipped.Attacks.Select(attack => attack with { Name = RobustAccuracy.ClippedName(attack.Name) }) : [],
        ];
        string[] names = [.. lines.Concat(points).Select(attack => attack.Name), Reported];
        List<JsonNode> layers = [];
        if (lines.Length > 0)
        {
            JsonObject encoding = Position();
            VegaLite.DistinguishLinesAmong(encoding, "attack", [.. lines.Select(attack => attack.Name)], names);
            layers.Add(VegaLite.Layer(lines.SelectMany(attack => Exact(result, robust, attack)), Steps(), encoding));
        }

        if (points.Length > 0)
        {
            layers.Add(Points(robust, points, Shapes[..points.Length], names, "measured"));
        }

        layers.Add(Points(robust, [new(Reported, robust.Value)], ["circle"], names, "reported"));
        Figure figure = Draw(Caption, [.. layers]);

        // Each layer has a legend of its own, so that lines stand there as lines and points as points.
        figure.Specification["resolve"] = new JsonObject
        {
            ["scale"] = new JsonObject { ["color"] = "independent", ["shape"] = "independent", ["strokeDash"] = "independent" },
        };
        return figure;
    }

    private static JsonObject Points(RobustAccuracy robust, AttackCurve[] attacks, string[] shapes, string[] names, string style)
    {
        JsonObject encoding = Position();
        VegaLite.DistinguishPointsAmong(encoding, "attack", shapes, [.. attacks.Select(attack => attack.Name)], names);
        return VegaLite.Layer(
            attacks.SelectMany(attack => robust.Budgets.Select((budget, i) => Row(budget, attack.Accuracy[i], attack.Name))),
            VegaLite.Mark("point", style),
            encoding);
    }

    /// <summary>The steps of a minimum-norm attack, from no budget at all to the largest one.</summary>
    private static IEnumerable<JsonObject> Exact(ExperimentResult result, RobustAccuracy robust, AttackCurve attack)
    {
        JsonObject[] curve = [.. Curve(result, attack.Flips!, attack.Name)];
        double last = (double)curve[^1]["budget"]!;
        return last >= robust.Budgets[^1] ? curve : curve.Append(Row(robust.Budgets[^1], (double)curve[^1]["accuracy"]!, attack.Name));
    }

    private static JsonObject Position() => new() { ["x"] = VegaLite.FromZero("budget", "budget ε"), ["y"] = Accuracy() };

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

    /// <summary>The accuracy that flips of these lengths, ascending, leave: from the clean one down.</summary>
    private static IEnumerable<JsonObject> Curve(ExperimentResult result, IReadOnlyList<double> lengths, string? attack = null)
    {
        double total = result.Rows.Count;
        int correct = result.Rows.Count(row => row.Status is not (ExampleStatus.Misclassified or ExampleStatus.NoLabel));
        yield return Row(0, correct / total, attack);
        int stride = Math.Max((lengths.Count + MostPoints - 1) / MostPoints, 1);
        for (int i = 0; i < lengths.Count; i++)
        {
            if ((i + 1) % stride == 0 || i == lengths.Count - 1)
            {
                yield return Row(lengths[i], (correct - i - 1) / total, attack);
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
