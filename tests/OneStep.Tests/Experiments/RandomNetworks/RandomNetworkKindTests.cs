using System.Globalization;
using System.Text.Json;
using OneStep.Attacks;
using OneStep.Experiments;
using OneStep.Experiments.Kinds;
using OneStep.Experiments.RandomNetworks;
using OneStep.Statistics;
using OneStep.Tests.Attacks;

namespace OneStep.Tests.Experiments.RandomNetworks;

public class RandomNetworkKindTests
{
    private static readonly ExperimentExecution OneThread = new() { Threads = 1 };

    [Theory]
    [InlineData("random-two-layer", "dimension", "100001")]
    [InlineData("random-two-layer", "width", "10000001")]
    [InlineData("random-two-layer", "networks", "0")]
    [InlineData("random-deep", "dimension", "0")]
    [InlineData("random-deep", "depth", "201")]
    [InlineData("random-deep", "width", "65537")]
    [InlineData("random-deep", "ratio", "0.5")]
    [InlineData("random-deep", "longest-relative-step", "10.5")]
    [InlineData("random-deep", "networks", "1000001")]
    [InlineData("gradient-flow", "dimension", "65537")]
    [InlineData("gradient-flow", "depth", "21")]
    [InlineData("gradient-flow", "ratio", "0.5")]
    [InlineData("gradient-flow", "step-length", "0")]
    [InlineData("gradient-flow", "networks", "0")]
    public void Values_out_of_range_are_refused_with_the_range_that_help_shows(string kind, string parameter, string value)
    {
        InvalidParameterException exception = Assert.Throws<InvalidParameterException>(() => Read(kind, (parameter, value)));

        Assert.Equal($"{parameter} is {value}, but must be {ExperimentKinds.Find(kind)!.Parameters.Single(p => p.Name == parameter).Range}.", exception.Message);
    }

    [Fact]
    public void Two_ways_to_write_a_number_are_one_experiment() => Assert.Equal(
        Read("gradient-flow", ("step-length", "0.05"), ("ratio", "2")).Entries,
        Read("gradient-flow", ("ratio", "2.0"), ("step-length", "5e-2")).Entries);

    [Fact]
    public void Two_layers_are_told_as_they_were_measured()
    {
        Measurement measurement = Read("random-two-layer", ("dimension", "30"), ("width", "200"), ("networks", "9")).Run(images: null, OneThread);
        RandomTwoLayerResult result = RandomTwoLayerExperiment.Run(new() { Dimension = 30, Width = 200, Networks = 9, Seed = 3 }, AttackScenes.OneThread);
        JsonElement json = Json(measurement);

        Assert.Equal(
            """{"dimension":30,"width":200,"activation":"relu","convention":"unit","networks":9,"seed":3}""",
            JsonSerializer.Serialize(json.GetProperty("parameters")));
        Assert.Equal((9, result.Summary.Flipped), (json.GetProperty("networks").GetInt32(), json.GetProperty("flipped").GetInt32()));
        AssertSummary(result.Summary.ScaledPerturbationNorm, json.GetProperty("scaledPerturbationNorm"));
        AssertSummary(Summary.Of(result.Rows.Select(row => row.PerturbationNorm).OfType<double>()), json.GetProperty("perturbationNorm"));
        AssertSummary(result.Summary.GradientNorm, json.GetProperty("gradientNorm"));
        AssertSummary(result.Summary.StepSize, json.GetProperty("stepSize"));
        AssertSummary(result.Summary.Overshoot, json.GetProperty("overshoot"));
        AssertSummary(result.Summary.Margin, json.GetProperty("margin"));
        Assert.Equal("seconds", json.EnumerateObject().Last().Name);
        AssertRows(measurement, 9, row => result.Rows[row].PerturbationNorm, "perturbationNorm");
        AssertRows(measurement, 9, row => result.Rows[row].Margin, "margin");
    }

    [Fact]
    public void The_other_convention_stretches_lengths_and_leaves_scores()
    {
        (string, string)[] small = [("dimension", "25"), ("width", "200"), ("networks", "6"), ("activation", "tanh")];
        JsonElement unit = Json(Read("random-two-layer", small).Run(images: null, OneThread));
        JsonElement root = Json(Read("random-two-layer", [.. small, ("convention", "root-dimension")]).Run(images: null, OneThread));

        Assert.Equal(5 * Mean(unit, "perturbationNorm"), Mean(root, "perturbationNorm"), 1e-9);
        Assert.Equal(Mean(unit, "gradientNorm") / 5, Mean(root, "gradientNorm"), 1e-9);
        Assert.Equal(25 * Mean(unit, "stepSize"), Mean(root, "stepSize"), 1e-9);
        Assert.Equal(Mean(unit, "margin"), Mean(root, "margin"));
        Assert.Equal(Mean(unit, "scaledPerturbationNorm"), Mean(root, "scaledPerturbationNorm"), 1e-9);
        Assert.Equal(Mean(unit, "overshoot"), Mean(root, "overshoot"), 1e-9);
    }

    [Fact]
    public void Deep_networks_are_told_with_their_widths_their_cosines_and_what_became_of_them()
    {
        Measurement measurement = Read(
            "random-deep", ("dimension", "20"), ("depth", "3"), ("width", "40"), ("profile", "bottleneck"), ("ratio", "8"), ("networks", "10")).Run(images: null, OneThread);
        RandomDeepResult result = RandomDeepExperiment.Run(
            new() { Dimension = 20, Depth = 3, Width = 40, Profile = WidthProfile.Bottleneck, Ratio = 8, Networks = 10, Seed = 3 }, AttackScenes.OneThread);
        JsonElement json = Json(measurement);

        Assert.Equal("[40,5,40]", JsonSerializer.Serialize(json.GetProperty("parameters").GetProperty("hiddenWidths")));
        Assert.Equal(result.MeanCosines, Numbers(json.GetProperty("cosines").GetProperty("measured")));
        Assert.Equal(result.LimitCosines.Select(c => (double?)c), Numbers(json.GetProperty("cosines").GetProperty("limit")));
        Assert.Equal(result.MeanCosines[3], json.GetProperty("lastCosine").GetDouble());
        Assert.Equal(result.LimitCosines[3], json.GetProperty("lastCosineLimit").GetDouble());
        Assert.Equal(10, Counts(json).Sum());
        Assert.Equal(result.Summary.Flipped / 10.0, json.GetProperty("flippedShare").GetDouble());
        AssertRows(measurement, 10, row => result.Rows[row].Cosines[2], "cosines.2");
    }

    [Fact]
    public void Networks_that_are_zero_around_their_input_are_counted_and_have_no_numbers()
    {
        Measurement measurement = Read("random-deep", ("dimension", "5"), ("depth", "6"), ("width", "1"), ("networks", "20")).Run(images: null, OneThread);
        JsonElement json = Json(measurement);

        double vanished = json.GetProperty("vanishedShare").GetDouble();
        Assert.InRange(vanished, 0.5, 1);
        Assert.Equal(20, Counts(json).Sum());
        Assert.Equal(vanished * 20, measurement.Rows.Count(row => row[Column(measurement, "gradientNorm")] == "0"), 1e-9);
        Assert.All(measurement.Rows.Where(row => row[1] != "flipped"), row => Assert.Empty(row[Column(measurement, "perturbationNorm")]));
        Assert.Equal(Counts(json)[0], measurement.Rows.Count(row => row[1] == "flipped"));
    }

    [Fact]
    public void Flow_is_told_beside_the_step()
    {
        Measurement measurement = Read("gradient-flow", ("dimension", "128"), ("networks", "8"), ("step-length", "0.1")).Run(images: null, OneThread);
        FlowRow[] rows = [.. FlowExperiment.Run(new() { Dimension = 128, Networks = 8, StepLength = 0.1, Seed = 3 }, AttackScenes.OneThread).Rows];
        JsonElement exact = Json(measurement).GetProperty("exact");
        FlowRow[] found = [.. rows.Where(row => row.Exact is not null)];

        Assert.Equal("[32,8]", JsonSerializer.Serialize(Json(measurement).GetProperty("parameters").GetProperty("hiddenWidths")));
        Assert.Equal(found.Length, exact.GetProperty("found").GetInt32());
        AssertSummary(Summary.Of(found.Select(row => row.Exact!.Length)), exact.GetProperty("length"));
        AssertSummary(Summary.Of(found.Select(row => row.Exact!.Length / row.Exact.PerturbationNorm)), exact.GetProperty("lengthOverPerturbation"));
        AssertSummary(Summary.Of(found.Select(row => (double)row.Exact!.Steps)), exact.GetProperty("steps"));
        AssertSummary(
            Summary.Of(found.Where(row => row.Step.Status == ExampleStatus.Flipped).Select(row => row.Step.PerturbationNorm!.Value / row.Exact!.PerturbationNorm)),
            exact.GetProperty("stepOverFlow"));
        Assert.Equal(Mean(exact, "length"), Mean(exact, "scaledLength"), 1e-4);
        AssertRows(measurement, 8, row => rows[row].SmallSteps?.Length, "smallSteps.length");
        AssertRows(measurement, 8, row => rows[row].Exact?.Steps, "exact.steps");
    }

    [Theory]
    [InlineData("random-two-layer")]
    [InlineData("random-deep")]
    [InlineData("gradient-flow")]
    public void Numbers_do_not_depend_on_threads_and_progress_counts_networks(string kind)
    {
        IMeasuredExperiment experiment = Read(kind, ("dimension", "64"), ("networks", "5"));
        var told = new List<ExperimentProgress>();
        Measurement one = experiment.Run(images: null, OneThread with { Progress = new SynchronousProgress<ExperimentProgress>(told.Add) });
        Measurement three = experiment.Run(images: null, new() { Threads = 3 });

        Assert.Equal(one.Rows, three.Rows);
        Assert.Equal(WithoutSeconds(one), WithoutSeconds(three));
        Assert.Equal(Enumerable.Range(0, 6).Select(i => new ExperimentProgress(ExperimentStage.Networks, i, 5)), told);
        Assert.All(one.Rows, row => Assert.Equal(one.Columns.Count, row.Count));
    }

    [Fact]
    public void A_network_that_does_not_fit_is_refused_before_it_is_drawn()
    {
        OneStepException exception = Assert.Throws<OneStepException>(
            () => Read("random-two-layer", ("width", "10000000"), ("activation", "softplus"), ("dimension", "1000")).Run(images: null, OneThread with { AvailableMemory = 1L << 30 }));

        Assert.StartsWith("Measuring 100 random networks of width 10000000 at d = 1000 needs 4", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith(" GB of memory, but 1.1 GB are available.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_drawn_anew_in_every_pass_takes_little_memory()
    {
        Assert.InRange(Read("random-two-layer", ("width", "10000000"), ("dimension", "1000")).NeededBytes, 0, 300_000_000);
        Assert.InRange(Read("random-two-layer", ("width", "10000000"), ("dimension", "1000"), ("activation", "tanh")).NeededBytes, 40_000_000_000, 50_000_000_000);
    }

    private static IMeasuredExperiment Read(string kind, params (string Name, string Value)[] given) =>
        ExperimentKinds.Find(kind)!.Read(given.ToDictionary(g => g.Name, g => g.Value), seed: 3);

    private static JsonElement Json(Measurement measurement)
    {
        using var document = JsonDocument.Parse(measurement.Json);
        return document.RootElement.Clone();
    }

    private static string WithoutSeconds(Measurement measurement) =>
        measurement.Json[..measurement.Json.IndexOf("\"seconds\"", StringComparison.Ordinal)];

    private static int[] Counts(JsonElement json) =>
        [.. new[] { "flipped", "notFlipped", "noLabel", "noDirection" }.Select(name => json.GetProperty(name).GetInt32())];

    private static double Mean(JsonElement json, string name) => json.GetProperty(name).GetProperty("mean").GetDouble();

    private static IEnumerable<double?> Numbers(JsonElement list) =>
        list.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? (double?)null : value.GetDouble());

    private static int Column(Measurement measurement, string name) => measurement.Columns.ToList().IndexOf(name);

    private static void AssertSummary(Summary expected, JsonElement actual) => Assert.Equal(
        [expected.Mean, expected.Median, expected.Std, expected.Min, expected.Max], Numbers(JsonSerializer.SerializeToElement(actual.EnumerateObject().Select(p => p.Value))));

    private static void AssertRows(Measurement measurement, int count, Func<int, double?> expected, string column) => Assert.Equal(
        Enumerable.Range(0, count).Select(expected),
        measurement.Rows.Select(row => row[Column(measurement, column)] is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : (double?)null));
}
