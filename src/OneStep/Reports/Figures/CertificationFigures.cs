using System.Text.Json.Nodes;
using OneStep.Experiments.Certification;

namespace OneStep.Reports.Figures;

/// <summary>How large the perturbations are that flip one network, and those that flip every network of a ball.</summary>
internal static class CertificationFigures
{
    private const int Height = 300;

    // As many points as a curve can show.
    private const int MostPoints = 400;

    /// <summary>The sizes of every kind in ascending order, a curve a kind; null where nothing was found.</summary>
    public static Figure? Sizes(CertificationResult result) => Curves(
        "certified-sizes",
        "What it takes to flip one network, and all of a ball",
        "The share of the images for which a perturbation of at most this size was found. Left, those that flip the trained network alone; right, those that "
            + "flip every network of the ball, with and without its score at the image. A curve that ends below 100 % has images for which none was found.",
        [.. result.Sizes.Select(size => (PerturbationNames.Of(size.Kind), Found(result, size.Kind)))],
        result.Inputs.Count);

    /// <summary>The same of what flips one network, and of what is proved not to; null where nothing was found or proved.</summary>
    public static Figure? Bracket(BracketResult result) => Curves(
        "bracket-sizes",
        "What flips the network, and what cannot",
        "The share of the images for which a perturbation of at most this size was found, and for which nothing below this size flips the network. The smallest "
            + "flip of an image lies right of every proof and left of everything found.",
        [
            .. result.LowerBounds.Select(bound => ($"nothing below, {LowerBoundSet.Name(bound.Kind)}", Positive(result.Inputs.Select(input => input[bound.Kind])))),
            .. result.Sizes.Reverse().Select(size => (PerturbationNames.Of(size.Kind), Found(result, size.Kind))),
        ],
        result.Inputs.Count);

    private static Figure? Curves(string name, string title, string caption, IReadOnlyList<(string Name, double[] Sizes)> all, int count)
    {
        (string Name, double[] Sizes)[] curves = [.. all.Where(curve => curve.Sizes.Length > 0)];
        if (curves.Length == 0)
        {
            return null;
        }

        JsonObject[] rows = [.. curves.SelectMany(curve => Points(curve.Name, curve.Sizes, count))];
        JsonObject share = VegaLite.FromZero("share", "share of the images");
        share["axis"] = new JsonObject { ["format"] = ".0%" };
        share["scale"] = new JsonObject { ["domain"] = new JsonArray(0, 1) };
        JsonObject encoding = new()
        {
            ["x"] = LogAxis.Round("size", "‖δ‖", rows.Select(row => (double)row["size"]!)),
            ["y"] = share,
        };
        VegaLite.DistinguishLines(encoding, SeriesMarks.Series, [.. curves.Select(curve => curve.Name)]);
        JsonObject mark = VegaLite.Mark("line", "curve");
        mark["interpolate"] = "step-after";
        JsonObject chart = VegaLite.Chart(caption, VegaLite.Layer(rows, mark, encoding));
        chart["height"] = Height;
        return new(name, title, caption, chart) { Table = FigureTable.Of(rows) };
    }

    /// <summary>Ball-wide ‖δ‖ against y f(x; W0), with what theory predicts; null where theory does not speak or nothing was found.</summary>
    public static Figure? Margins(CertificationResult result)
    {
        if (!PredictedSizes.Speaks(result.Parameters) || result[PerturbationKind.BallWide].Size.Max is not > 0)
        {
            return null;
        }

        CertifiedInput[] inputs = [.. result.Inputs.Where(input => input[PerturbationKind.BallWide] is not null)];
        var theory = new PredictedSizes(result.Parameters.Dimension, result.CertifiedC0);
        JsonObject Encoding(string y) => new()
        {
            ["x"] = VegaLite.Quantitative("margin", "y f(x; W₀), margin of the initial network"),
            ["y"] = VegaLite.Quantitative(y, "‖δ‖ against the whole ball"),
        };
        JsonObject[] points = [.. inputs.Select(input => new JsonObject { ["margin"] = input.InitialMargin, ["size"] = input[PerturbationKind.BallWide] })];
        JsonObject[] line =
        [
            .. inputs.Select(input => (input.InitialMargin, Size: theory.Of(PerturbationKind.BallWide, input.Margin, input.InitialMargin)))
                .Where(point => point.Size is not null).OrderBy(point => point.InitialMargin)
                .Select(point => new JsonObject { ["margin"] = point.InitialMargin, ["predicted"] = point.Size }),
        ];
        const string Caption = "Each mark is an image: the size of the perturbation that flips every network of the ball against the margin of the network at the centre of the ball, which alone is "
            + "known. The line is the mean-field prediction along −y∇f(x; W₀), for margins from 0 on; the walk behind that ray makes what is found a little shorter.";
        JsonObject chart = VegaLite.Chart(
            Caption,
            VegaLite.Layer(points, VegaLite.Mark("point", "measured"), Encoding("size")),
            VegaLite.Layer(line, VegaLite.Mark("line", "prediction"), Encoding("predicted")));
        chart["height"] = Height;
        return new("certified-margins", "Measured and predicted", Caption, chart) { Table = FigureTable.Of([.. points, .. line]) };
    }

    private static double[] Found(CertifiedNetworkResult result, PerturbationKind kind) => Positive(result.Inputs.Select(input => input[kind]));

    private static double[] Positive(IEnumerable<double?> sizes) => [.. sizes.OfType<double>().Where(size => size > 0).Order()];

    private static IEnumerable<JsonObject> Points(string name, double[] sizes, int count)
    {
        int stride = Math.Max((sizes.Length + MostPoints - 1) / MostPoints, 1);
        for (int i = 0; i < sizes.Length; i++)
        {
            if (i % stride == 0 || i == sizes.Length - 1)
            {
                yield return new() { [SeriesMarks.Series] = name, ["size"] = sizes[i], ["share"] = (i + 1.0) / count };
            }
        }
    }
}
