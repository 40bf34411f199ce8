using System.Text.Json.Nodes;
using OneStep.Experiments;
using OneStep.Experiments.Certification;
using OneStep.Experiments.Kinds;

namespace OneStep.Tests.Experiments.Kinds;

public class LazyBallKindTests
{
    private static readonly ExperimentParameters Network = new() { Side = 7, Width = 200, C0 = 1.5, TrainLimit = 300, Seed = 4 };

    private static readonly (string, string)[] Ball = [("side", "7"), ("width", "200"), ("c0", "1.5")];

    private static readonly (string, string)[] Small = [.. Ball, ("train-limit", "300"), ("count", "12")];

    [Fact]
    public void Entries_are_those_that_were_read()
    {
        (string, string)[] ball = [("digits", "3,8"), ("side", "9"), ("width", "302"), ("c0", "2.5"), ("initialization", "antisymmetric")];
        (string, string)[] training = [("learning-rate", "0.5"), ("batch", "16"), ("ball", "project"), ("epochs", "3"), ("train-limit", "50"), ("count", "7")];
        KindRuns.AssertEntriesAreRead(ExperimentKinds.Find("certify")!, [.. ball, .. training, ("radii", "measured"), ("lower-bounds", "global,quadratic")]);
        (string, string)[] network = [("network", "antisymmetric"), ("adversarial-budget", "0.25"), ("lower-bounds", "all")];
        KindRuns.AssertEntriesAreRead(ExperimentKinds.Find("bracket")!, [.. ball[..^1], .. training, .. network]);
        KindRuns.AssertEntriesAreRead(ExperimentKinds.Find("cone")!, [.. ball, .. training, ("scale", "0.01")]);
        KindRuns.AssertEntriesAreRead(ExperimentKinds.Find("corollary")!, [.. ball, ("count", "all"), ("budget", "0.2"), ("explicit-networks", "false")]);
    }

    [Theory]
    [InlineData("certify")]
    [InlineData("corollary")]
    [InlineData("cone")]
    public void Defaults_are_those_of_the_attack(string name)
    {
        KindRuns.AssertEntriesAreRead(ExperimentKinds.Find(name)!);
        Dictionary<string, string> entries = KindRuns.Read(name, 0).Entries.ToDictionary();
        Assert.Equal(("0,1", "28", "10000", "10", "standard"), (entries["digits"], entries["side"], entries["width"], entries["c0"], entries["initialization"]));
        Assert.Equal("100", entries["count"]);
        if (name != "corollary")
        {
            Assert.Equal(("1", "64", "stop", "20", "none"), (entries["learning-rate"], entries["batch"], entries["ball"], entries["epochs"], entries["train-limit"]));
        }
    }

    [Theory]
    [InlineData("certify", "count", "0", "count is 0, but must be an integer from 1 on.")]
    [InlineData("certify", "radii", "all", "radii is all, but must be ball or measured.")]
    [InlineData("certify", "ball", "free", "ball is free, but must be stop, project, epoch or none.")]
    [InlineData("certify", "c0", "0", "c0 is 0, but must be a finite number above 0.")]
    [InlineData("certify", "digits", "0,1,2", "digits is '0,1,2', but must be two digits or disjoint sums of digits from 0 to 9, like 0,1 or 0+2,1+3.")]
    [InlineData("certify", "lower-bounds", "exact", "lower-bounds is exact, but must be all, none, or some of global, interval, linear, spectral, quadratic, like spectral,quadratic.")]
    [InlineData("certify", "lower-bounds", "product", "lower-bounds is product, but must be all, none, or some of global, interval, linear, spectral, quadratic, like spectral,quadratic.")]
    [InlineData("certify", "hidden", "5", "hidden is '5', but must be left out: certify has no such parameter.")]
    [InlineData("corollary", "count", "none", "count is none, but must be an integer from 1 on, or all.")]
    [InlineData("corollary", "count", "0", "count is 0, but must be an integer from 1 on, or all.")]
    [InlineData("corollary", "budget", "-1", "budget is -1, but must be a finite number from 0 on.")]
    [InlineData("corollary", "explicit-networks", "some", "explicit-networks is some, but must be true or false.")]
    [InlineData("corollary", "epochs", "3", "epochs is '3', but must be left out: corollary has no such parameter.")]
    [InlineData("cone", "scale", "0", "scale is 0, but must be a number from 0.000001 to 1000000.")]
    [InlineData("cone", "width", "10000001", "width is 10000001, but must be an integer from 1 to 10000000.")]
    public void What_makes_no_sense_is_refused(string kind, string name, string value, string message) => Assert.Equal(message, KindRuns.Message(kind, (name, value)));

    [Theory]
    [InlineData("ball")]
    [InlineData("measured")]
    public void Certificates_are_those_of_the_verb_and_inputs_are_rows(string radii)
    {
        Measurement measurement = KindRuns.Read("certify", 4, [.. Small, ("radii", radii)]).RunOnMnist();
        CertificationRun run = CertificationExperiment.Run(
            Network, new() { Count = 12, Radii = Enum.Parse<CertifiedRadii>(radii, ignoreCase: true) }, MnistData.All, new() { Threads = 1 });
        run.Model.Dispose();
        JsonObject expected = Document(CertificationJson.Format(run.Result));
        JsonArray inputs = expected["inputs"]!.AsArray();
        expected.Remove("inputs");
        KindRuns.AssertSame(expected, WithoutParameters(measurement));
        Assert.Equal(Network.Radius, measurement.Numbers()["parameters"]!.Number("radius"));
        Assert.Equal(49, measurement.Numbers()["parameters"]!.Number("d"));
        KindRuns.AssertTable(measurement, rows: 12);
        Assert.Equal(inputs.Select(input => input!.AsObject().Select(member => member.Key)), Enumerable.Repeat(measurement.Columns, 12));
        Assert.Equal(inputs.SelectMany(input => input!.AsObject().Select(member => $"{member.Value}")), measurement.Rows.SelectMany(row => row));
    }

    [Fact]
    public void Lower_bounds_are_those_of_the_verb_and_columns_where_they_are_asked_for()
    {
        Measurement plain = KindRuns.Read("certify", 4, Small).RunOnMnist();
        Measurement measurement = KindRuns.Read("certify", 4, [.. Small, ("lower-bounds", "linear,global")]).RunOnMnist();
        CertificationRun run = CertificationExperiment.Run(
            Network, new() { Count = 12, LowerBounds = new([LowerBoundKind.Global, LowerBoundKind.Linear]) }, MnistData.All, new() { Threads = 1 });
        run.Model.Dispose();
        JsonObject expected = Document(CertificationJson.Format(run.Result));
        expected.Remove("inputs");
        KindRuns.AssertSame(expected, WithoutParameters(measurement));
        Assert.Equal([.. plain.Columns, "global", "linear"], measurement.Columns);
        Assert.Equal(plain.Rows.SelectMany(row => row), measurement.Rows.SelectMany(row => row.Take(plain.Columns.Count)));
        Assert.Equal(run.Result.Inputs.Select(input => input[LowerBoundKind.Linear]), measurement.Rows.Select(row => (double?)double.Parse(row[^1])));
        Assert.True(KindRuns.Read("certify", 4, [.. Small, ("lower-bounds", "quadratic")]).Flops > KindRuns.Read("certify", 4, Small).Flops);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(20, false)]
    public void Bounds_are_those_of_the_verb_and_explicit_networks_are_rows(int count, bool withNetworks)
    {
        Measurement measurement = KindRuns.Read(
            "corollary", 4, [.. Ball, ("budget", "0.6"), ("count", $"{count}"), ("explicit-networks", withNetworks ? "true" : "false")]).RunOnMnist();
        var options = new CorollaryOptions { Count = count, Budget = 0.6, ExplicitNetworks = withNetworks };
        CorollaryResult result = CorollaryExperiment.Run(Network, options, MnistData.All, new() { Threads = 1 });
        KindRuns.AssertSame(Document(CorollaryJson.Format(result)), WithoutParameters(measurement));
        KindRuns.AssertTable(measurement, rows: withNetworks ? 3 : 0);
        Assert.Equal(withNetworks, result.Limit is not null);
        Assert.True(result.UpperBound < 1);
    }

    [Fact]
    public void All_test_images_may_be_bounded()
    {
        JsonObject document = KindRuns.Read("corollary", 4, [("side", "5"), ("width", "16"), ("c0", "0.5"), ("count", "all"), ("explicit-networks", "false")]).RunOnMnist().Numbers();
        Assert.Equal(MnistData.ZeroVersusOne(5).Test.Count, document["corollary"]!["count"]!.GetValue<int>());
        Assert.Null(document["parameters"]!["count"]);
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_number_of_threads()
    {
        foreach (IMeasuredExperiment experiment in new[] { KindRuns.Read("certify", 4, Small), KindRuns.Read("cone", 4, Small), KindRuns.Read("corollary", 4, [.. Ball, ("count", "20")]) })
        {
            Measurement one = experiment.RunOnMnist(threads: 1);
            Measurement three = experiment.RunOnMnist(threads: 3);
            KindRuns.AssertSame(one.Numbers(), three.Numbers());
            Assert.Equal(one.Rows.SelectMany(row => row), three.Rows.SelectMany(row => row));
        }
    }

    [Theory]
    [InlineData("certify")]
    [InlineData("cone")]
    [InlineData("corollary")]
    public void A_ball_whose_radius_cannot_be_stored_is_refused_by_the_name_of_its_parameter(string kind)
    {
        IMeasuredExperiment experiment = KindRuns.Read(kind, 0, [("side", "7"), ("width", "16"), ("c0", "1e40"), ("count", "10")]);
        Assert.Equal(
            "c0 is 1E+40, but must be so small that single precision can hold the radius C0/√m.",
            Assert.Throws<InvalidParameterException>(() => experiment.Run(MnistData.All, new())).Message);
    }

    [Theory]
    [InlineData("certify")]
    [InlineData("bracket")]
    [InlineData("cone")]
    [InlineData("corollary")]
    public void What_is_beyond_the_memory_is_refused_with_a_sentence(string kind)
    {
        IMeasuredExperiment experiment = KindRuns.Read(kind, 0, [("side", "7"), ("width", "20000"), ("count", "10")]);
        Assert.StartsWith(
            "A network of width 20000 at d = 49 needs ",
            Assert.Throws<OneStepException>(() => experiment.Run(MnistData.All, new() { AvailableMemory = 1_000_000 })).Message,
            StringComparison.Ordinal);
        Assert.InRange(experiment.NeededBytes, 3L * 20000 * 49 * sizeof(float), 100L << 20);
    }

    private static JsonObject Document(string json)
    {
        JsonObject document = JsonNode.Parse(json)!.AsObject();
        document.Remove("parameters");
        document.Remove("seconds");
        return document;
    }

    private static JsonObject WithoutParameters(Measurement measurement)
    {
        JsonObject document = measurement.Numbers();
        document.Remove("parameters");
        return document;
    }
}
