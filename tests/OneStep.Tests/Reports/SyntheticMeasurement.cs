using System.Globalization;
using System.Text.Json.Nodes;
using OneStep.Studies;

namespace OneStep.Tests.Reports;

/// <summary>Cells of random networks and of the kernel, made from formulas with a factor for every seed; of every kind what its
/// figures look at.</summary>
internal static class SyntheticMeasurement
{
    public const string TwoLayer = "title: Two layers\nexperiment: random-two-layer\naxes: {activation: [relu, tanh], dimension: [25, 100, 400], width: [100, 1000]}\nseeds: 3";
    public const string Deep = "title: Deep\nexperiment: random-deep\naxes: {profile: [constant, bottleneck], depth: [1, 2, 8], dimension: [25, 100]}\nseeds: 2";
    public const string Flow = "title: Flow\nexperiment: gradient-flow\naxes: {depth: [1, 2], dimension: [100, 200, 800]}\nseeds: 3";
    public const string Limit = "title: Limit\nexperiment: kernel-limit\naxes: {width: [100, 1000, 10000], initialization: [standard, antisymmetric]}\nseeds: 3";
    public const string Kernel = "title: Kernel\nexperiment: kernel\naxes: {predictor: [ridge, descent], regularization: [0, 0.001, 0.1], hidden-layers: [1, 3]}\nseeds: 1";
    public const string Certify = "title: Certify\nexperiment: certify\naxes: {c0: [1, 10], side: [5, 10, 20]}\nseeds: 3";
    public const string Corollary = "title: Corollary\nexperiment: corollary\nparameters: {side: 10}\naxes: {budget: [0.2, 0.3], width: [100, 400, 1600], c0: [2, 4, 8, 16, 32]}\nseeds: 3";
    public const string Cone = "title: Cone\nexperiment: cone\naxes: {c0: [2, 5], scale: [0.1, 1, 10]}\nseeds: 3";
    public const string Bracket = "title: Bracket\nexperiment: bracket\nparameters: {lower-bounds: all}\naxes: {network: [trained, antisymmetric], width: [100, 1000], side: [5, 10, 20]}\nseeds: 3";

    /// <summary>How many networks an ensemble has.</summary>
    public const int Networks = 20;

    /// <summary>|f| of the two networks that have rows and flip; a third does not.</summary>
    public static readonly double[] Margins = [0.25, 0.75];

    /// <summary>A finished cell.</summary>
    public static FinishedCell Of(CellExperiment experiment, string fingerprint)
    {
        string Parameter(string name) => experiment.Entries.First(entry => entry.Key == name).Value;
        double factor = SyntheticStudy.Factor(experiment.Seed);
        (JsonObject json, CellRows rows) = experiment.Kind.Name switch
        {
            "random-two-layer" => (TwoLayerOf(Number(Parameter("dimension")), Number(Parameter("width")), factor), Rows),
            "random-deep" => (DeepOf(Number(Parameter("dimension")), (int)Number(Parameter("depth")), factor), Rows),
            "gradient-flow" => (FlowOf(Number(Parameter("dimension")), Number(Parameter("depth")), factor), Rows),
            "kernel-limit" => (LimitOf(Number(Parameter("width")), Parameter("initialization") == "antisymmetric", factor), Rows),
            "certify" => (CertifyOf(Number(Parameter("side")), Number(Parameter("c0")), factor), Rows),
            "corollary" => (CorollaryOf(Number(Parameter("c0")), Number(Parameter("budget")), factor), Rows),
            "bracket" => (BracketOf(Number(Parameter("side")), Number(Parameter("width")), Parameter("network") == "antisymmetric", factor), Rows),
            "cone" => (ConeOf(Number(Parameter("c0")), Number(Parameter("scale")), Number(Parameter("width")), factor), Rows),
            _ => (KernelOf(Number(Parameter("regularization")), Number(Parameter("hidden-layers"))), Rows),
        };
        return new(CellKey.Entries(experiment, fingerprint), json.ToJsonString(), rows.Format(), rows.Rows.Count);
    }

    /// <summary>‖δ‖√d/‖x‖ of two layers.</summary>
    public static double ScaledStep(double dimension, double width, double factor = 1) => factor * (0.8 + (1 / Math.Sqrt(dimension)) + (1 / width));

    /// <summary>The part of deep networks that flips.</summary>
    public static double DeepShare(int depth) => depth == 8 ? 0.25 : 1;

    /// <summary>The cosine of a layer; at infinite width it is a tenth larger.</summary>
    public static double Cosine(int layer, double factor = 1) => factor * (1 - (1 / (1.0 + layer)));

    /// <summary>‖δ‖ at infinite width.</summary>
    public static double KernelStep => 0.5;

    /// <summary>The relative difference of a network's ‖δ‖ from the kernel's; negative from standard initialisation.</summary>
    public static double Difference(double width, bool isAntisymmetric, double factor = 1) => isAntisymmetric ? factor * 5 / Math.Sqrt(width) : -factor * 0.4;

    /// <summary>‖δ‖ against every network of the ball.</summary>
    public static double BallWide(double side, double c0, double factor = 1) => factor * c0 / side;

    /// <summary>A bound that rises evenly in log C0, from .5 at C0 = 2 ε√d on, by .2 where C0 doubles.</summary>
    public static double Bound(double c0, double budget, double factor = 1) => Math.Min(1, 0.5 + (0.2 * Math.Log2(c0 / (factor * 20 * budget))));

    /// <summary>The smallest cone that holds a network of the ball.</summary>
    public static double ConeC0(double c0, double factor = 1) => factor * c0 / 2;

    /// <summary>What is proved of the shortest perturbation found.</summary>
    public static double Proved(double side, bool isAntisymmetric) => isAntisymmetric ? 0.5 : 1 - (1 / side);

    private static CellRows Rows => new(
        ["network", "status", "margin", "overshoot"], [["0", "flipped", Text(Margins[0]), "1.1"], ["1", "flipped", Text(Margins[1]), "1.2"], ["2", "notFlipped", "9", string.Empty]]);

    private static JsonObject TwoLayerOf(double dimension, double width, double factor)
    {
        JsonObject json = Counts(dimension == 25 ? Networks - 2 : Networks);
        json["scaledPerturbationNorm"] = Mean(ScaledStep(dimension, width, factor));
        json["overshoot"] = Mean(1 + (factor / Math.Sqrt(dimension)));
        return json;
    }

    private static JsonObject DeepOf(double dimension, int depth, double factor)
    {
        JsonObject json = Counts((int)(DeepShare(depth) * Networks));
        json["scaledPerturbationNorm"] = Mean(factor * (1 + (1 / dimension)));
        json["cosines"] = new JsonObject
        {
            ["measured"] = new JsonArray([.. Enumerable.Range(0, depth + 1).Select(layer => (JsonNode)Cosine(layer, factor))]),
            ["limit"] = new JsonArray([.. Enumerable.Range(0, depth + 1).Select(layer => (JsonNode)(1.1 * Cosine(layer, factor)))]),
        };
        return json;
    }

    private static JsonObject FlowOf(double dimension, double depth, double factor)
    {
        JsonObject json = Counts(dimension == 100 ? Networks / 2 : Networks);
        json["scaledPerturbationNorm"] = Mean(factor * 1.5);
        json["smallSteps"] = new JsonObject { ["found"] = Networks, ["scaledLength"] = Mean(factor * 1.1), ["steps"] = Mean(50) };
        json["exact"] = new JsonObject { ["found"] = Networks, ["scaledLength"] = Mean(factor), ["steps"] = Mean(depth * Math.Sqrt(dimension)) };
        return json;
    }

    private static JsonObject LimitOf(double width, bool isAntisymmetric, double factor) => new()
    {
        ["deviation"] = 12 * factor / Math.Sqrt(width),
        ["c0Measured"] = 12 * factor,
        ["steps"] = 160,
        ["scoreDifference"] = isAntisymmetric ? factor / Math.Sqrt(width) : factor / 5,
        ["gradientDifference"] = isAntisymmetric ? factor * Math.Pow(width, -0.25) : factor,
        ["relativeDifference"] = Difference(width, isAntisymmetric, factor),
        ["network"] = new JsonObject { ["trainLoss"] = 0.11, ["perturbationNorm"] = Mean(KernelStep * (1 + Difference(width, isAntisymmetric, factor))) },
        ["kernel"] = new JsonObject { ["trainLoss"] = 0.11, ["perturbationNorm"] = Mean(KernelStep) },
        ["separationMargin"] = new JsonObject { ["lower"] = 0.1, ["upper"] = 0.12, ["samples"] = 50 },
        ["tangentRegime"] = new JsonObject { ["risk"] = 0.11, ["width"] = 2e14, ["c0"] = 12345.0, ["steps"] = 234567 },
    };

    private static JsonObject CertifyOf(double side, double c0, double factor) => new()
    {
        ["parameters"] = new JsonObject { ["d"] = side * side },
        ["certified"] = new JsonObject { ["c0"] = c0 },
        ["summary"] = new JsonObject
        {
            ["oneStep"] = new JsonObject { ["median"] = factor / side },
            ["ballWide"] = new JsonObject { ["median"] = BallWide(side, c0, factor), ["overOneStep"] = c0, ["foundShare"] = side == 5 ? 0.5 : 1, ["prediction"] = PredictionOf(side, c0) },
            ["oneQuery"] = new JsonObject { ["overOneStep"] = 1.5 },
            ["universal"] = new JsonObject { ["foundShare"] = 0.25 },
        },
    };

    // Where a ball is too large for its dimension there is no prediction.
    private static JsonObject? PredictionOf(double side, double c0) => c0 > side ? null : new() { ["median"] = 1.25 * BallWide(side, c0) };

    private static JsonObject CorollaryOf(double c0, double budget, double factor) => new()
    {
        ["parameters"] = new JsonObject { ["d"] = 100 },
        ["corollary"] = new JsonObject
        {
            ["upperBound"] = Bound(c0, budget, factor),
            ["singleInputUpperBound"] = 0.95,
            ["explicit"] = new JsonArray(Explicit("constant", 0.1), Explicit("balanced", 0.2)),
        },
    };

    private static JsonObject Explicit(string name, double accuracy) => new() { ["name"] = name, ["accuracy"] = accuracy, ["accuracyAtBound"] = 0.3 };

    private static JsonObject ConeOf(double c0, double scale, double width, double factor) => new()
    {
        ["deviation"] = scale * c0 / Math.Sqrt(width),
        ["cone"] = new JsonObject { ["c0"] = ConeC0(c0, factor), ["scale"] = factor / scale },
        ["trueScale"] = 1 / scale,
        ["summary"] = new JsonObject { ["ballWide"] = new JsonObject { ["foundShare"] = 0.75, ["flippedShare"] = 1 } },
    };

    private static JsonObject BracketOf(double side, double width, bool isAntisymmetric, double factor) => new()
    {
        ["parameters"] = new JsonObject { ["d"] = side * side },
        ["summary"] = new JsonObject
        {
            ["oneStep"] = new JsonObject { ["median"] = factor / side, ["found"] = 5 },
            ["best"] = new JsonObject { ["median"] = 0.9 * factor / side, ["overOneStep"] = 0.9 },
            ["lowerBounds"] = new JsonObject
            {
                ["linear"] = new JsonObject { ["median"] = factor / (side * width), ["overBest"] = 1 / Math.Sqrt(width), ["overOneStep"] = 0.9 / Math.Sqrt(width) },
                ["quadratic"] = new JsonObject
                {
                    ["median"] = 0.9 * Proved(side, isAntisymmetric) * factor / side,
                    ["overBest"] = Proved(side, isAntisymmetric),
                    ["overOneStep"] = 0.9 * Proved(side, isAntisymmetric),
                },
            },
        },
    };

    private static JsonObject KernelOf(double regularization, double layers) => new()
    {
        ["cleanAccuracy"] = 0.99,
        ["relativePerturbationNorm"] = Mean((0.3 + regularization) * layers),
    };

    private static JsonObject Counts(int flipped) => new() { ["networks"] = Networks, ["flipped"] = flipped, ["flippedShare"] = flipped / (double)Networks };

    private static JsonObject Mean(double mean) => new() { ["mean"] = mean, ["median"] = mean };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
