using System.Text.Json.Nodes;
using OneStep.Experiments.Kinds;

namespace OneStep.Tests.Experiments.Kinds;

public class BracketKindTests
{
    private static readonly (string, string)[] Small = [("side", "7"), ("width", "200"), ("c0", "1.5"), ("train-limit", "300"), ("epochs", "2"), ("count", "6")];

    [Fact]
    public void The_network_is_trained_in_the_ball_and_bounded_unless_told_otherwise()
    {
        Dictionary<string, string> entries = KindRuns.Read("bracket", 0).Entries.ToDictionary();
        Assert.Equal(("0,1", "28", "10000", "10"), (entries["digits"], entries["side"], entries["width"], entries["c0"]));
        Assert.Equal(("1", "64", "usual", "20", "none"), (entries["learning-rate"], entries["batch"], entries["ball"], entries["epochs"], entries["train-limit"]));
        Assert.Equal(("trained", "0.1", "20", "quadratic"), (entries["network"], entries["adversarial-budget"], entries["count"], entries["lower-bounds"]));
    }

    [Theory]
    [InlineData("network", "random", "network is random, but must be initialized, trained, adversarial or antisymmetric.")]
    [InlineData("adversarial-budget", "0", "adversarial-budget is 0, but must be a number above 0, at most 1000000.")]
    [InlineData("adversarial-budget", "much", "adversarial-budget is much, but must be a number above 0, at most 1000000.")]
    [InlineData("ball", "free", "ball is free, but must be usual, stop, project, epoch or none.")]
    [InlineData("count", "0", "count is 0, but must be an integer from 1 on.")]
    [InlineData("lower-bounds", "quadratic,", "lower-bounds is quadratic,, but must be all, none, or some of global, interval, linear, spectral, quadratic, like spectral,quadratic.")]
    [InlineData("lower-bounds", "product", "lower-bounds is product, but must be all, none, or some of global, interval, linear, spectral, quadratic, like spectral,quadratic.")]
    [InlineData("initialization", "standard", "initialization is 'standard', but must be left out: bracket has no such parameter.")]
    [InlineData("budget", "0.1", "budget is '0.1', but must be left out: bracket has no such parameter.")]
    public void What_makes_no_sense_is_refused(string name, string value, string message) => Assert.Equal(message, KindRuns.Message("bracket", (name, value)));

    [Fact]
    public void Cancelling_pairs_need_an_even_width() => Assert.Equal(
        "width is 201, but must be even for antisymmetric initialization.", KindRuns.Message("bracket", ("network", "antisymmetric"), ("width", "201")));

    [Fact]
    public void A_row_has_what_flips_an_input_and_every_bound_that_was_asked_for()
    {
        Measurement measurement = KindRuns.Read("bracket", 4, [.. Small, ("lower-bounds", "global,quadratic")]).RunOnMnist();
        Assert.Equal(["index", "label", "margin", "initialMargin", "oneStep", "best", "global", "quadratic"], measurement.Columns);
        KindRuns.AssertTable(measurement, rows: 6);
        double[][] rows = [.. measurement.Rows.Select(row => row.Select(double.Parse).ToArray())];
        Assert.All(rows, row => Assert.True(0 < row[6] && row[6] < row[7] && row[7] <= row[5] && row[5] <= row[4]));

        JsonObject document = measurement.Numbers();
        Assert.Equal(["parameters", "training", "deviation", "cleanAccuracy", "examined", "certified", "summary", "violations"], document.Select(member => member.Key));
        Assert.Equal((6, 6), (document["certified"]!.Number("count"), document["certified"]!.Number("inputs")));
        JsonNode summary = document["summary"]!;
        Assert.Equal(["oneStep", "best", "lowerBounds", "ratio"], summary.AsObject().Select(member => member.Key));
        Assert.Equal(["global", "quadratic"], summary["lowerBounds"]!.AsObject().Select(member => member.Key));
        Assert.Equal(summary["lowerBounds"]!["quadratic"]!.Number("overBest"), summary.Number("ratio"));
        Assert.Equal(6, summary["lowerBounds"]!["global"]!.Number("proved"));
        Assert.Equal((49, 1.5 / Math.Sqrt(200)), (document["parameters"]!.Number("d"), document["parameters"]!.Number("radius")));
    }

    [Fact]
    public void Networks_differ_as_they_are_told_to()
    {
        JsonObject initialized = Numbers("initialized");
        Assert.Null(initialized["training"]);
        Assert.Equal(0, initialized.Number("deviation"));
        JsonObject trained = Numbers("trained");
        JsonObject adversarial = Numbers("adversarial", ("adversarial-budget", "0.2"));
        Assert.True(adversarial["summary"]!.Mean("best") > trained["summary"]!.Mean("best"));
        JsonObject antisymmetric = Numbers("antisymmetric");
        Assert.NotEqual(trained["summary"]!.Mean("best"), antisymmetric["summary"]!.Mean("best"));
    }

    [Fact]
    public void Adversarial_training_projects_unless_told_otherwise_and_the_others_stop()
    {
        Assert.Equal(Found("adversarial", ("ball", "project")), Found("adversarial"));
        Assert.NotEqual(Found("adversarial", ("ball", "none")), Found("adversarial"));
        Assert.Equal(Found("trained", ("ball", "stop")), Found("trained"));
        Assert.Equal(Found("antisymmetric", ("ball", "stop")), Found("antisymmetric"));
    }

    [Fact]
    public void The_budget_of_adversarial_training_changes_no_other_network()
    {
        Assert.All(new[] { "initialized", "trained", "antisymmetric" }, network => Assert.Equal(Found(network), Found(network, ("adversarial-budget", "0.5"))));
        Assert.NotEqual(Found("adversarial"), Found("adversarial", ("adversarial-budget", "0.5")));
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_number_of_threads()
    {
        IMeasuredExperiment experiment = KindRuns.Read("bracket", 4, [.. Small, ("network", "adversarial"), ("lower-bounds", "all")]);
        Measurement one = experiment.RunOnMnist(threads: 1);
        Measurement three = experiment.RunOnMnist(threads: 3);
        KindRuns.AssertSame(one.Numbers(), three.Numbers());
        Assert.Equal(one.Rows.SelectMany(row => row), three.Rows.SelectMany(row => row));
    }

    [Fact]
    public void Tighter_bounds_and_attacks_in_training_cost_more()
    {
        double none = Flops(("lower-bounds", "none"));
        double spectral = Flops(("lower-bounds", "spectral"));
        double quadratic = Flops();
        double all = Flops(("lower-bounds", "all"));
        Assert.True(none < spectral && spectral < quadratic && quadratic < all, $"{none} {spectral} {quadratic} {all}");
        Assert.True(Flops(("network", "initialized")) < quadratic && 3 * Flops(("network", "trained"), ("ball", "project")) < Flops(("network", "adversarial")));

        // At large widths m d² multiplications a dozen times an input, of which half are saved by symmetry and by signs.
        Assert.InRange((quadratic - none) / (20 * 10000.0 * 784 * 784), 3, 24);

        static double Flops(params (string, string)[] given) => KindRuns.Read("bracket", 0, given).Flops;
    }

    private static string Found(string network, params (string, string)[] given) => Numbers(network, given)["summary"]!.ToJsonString();

    private static JsonObject Numbers(string network, params (string, string)[] given) =>
        KindRuns.Read("bracket", 4, [.. Small, .. given, ("network", network)]).RunOnMnist().Numbers();
}
