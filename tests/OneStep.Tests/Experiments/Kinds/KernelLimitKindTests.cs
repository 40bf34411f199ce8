using System.Text.Json.Nodes;
using OneStep.Experiments;
using OneStep.Experiments.Kinds;
using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Tests.Experiments.Kinds;

public class KernelLimitKindTests
{
    private static readonly (string, string)[] Small = [("side", "7"), ("train-limit", "120"), ("limit", "30"), ("width", "200"), ("epochs", "4")];

    [Fact]
    public void Entries_are_those_that_were_read() => KindRuns.AssertEntriesAreRead(
        ExperimentKinds.Find("kernel-limit")!,
        [("digits", "3,8"), ("side", "9"), ("train-limit", "50"), ("width", "301"), ("initialization", "standard"), ("learning-rate", "0.25"), ("batch", "16"),
            ("epochs", "3"), ("limit", "none"), ("margin-samples", "20")]);

    [Fact]
    public void Defaults_are_those_of_the_list() => KindRuns.AssertEntriesAreRead(ExperimentKinds.Find("kernel-limit")!);

    [Theory]
    [InlineData("width", "301", "width is 301, but must be even for antisymmetric initialization.")]
    [InlineData("initialization", "zero", "initialization is zero, but must be standard or antisymmetric.")]
    [InlineData("batch", "0", "batch is 0, but must be an integer from 1 to 1000000.")]
    [InlineData("limit", "0", "limit is 0, but must be an integer from 1 on, or none.")]
    [InlineData("ball", "stop", "ball is 'stop', but must be left out: kernel-limit has no such parameter.")]
    public void What_makes_no_sense_is_refused(string name, string value, string message) =>
        Assert.Equal(message, KindRuns.Message("kernel-limit", (name, value)));

    [Fact]
    public void Both_are_what_the_experiments_on_either_alone_say()
    {
        Measurement measurement = KindRuns.Read("kernel-limit", 2, Small).RunOnMnist();
        JsonObject document = measurement.Numbers();
        using TrainedModel model = Network(out ExperimentResult network);
        JsonObject kernel = KindRuns.Read("kernel", 2, ("side", "7"), ("train-limit", "120"), ("limit", "30"), ("epochs", "4"), ("predictor", "descent")).RunOnMnist().Numbers();
        Assert.Equal(network.PerturbationNorm.Mean, document["network"]!.Mean("perturbationNorm"));
        Assert.Equal(network.GradientNorm.Median, document["network"]!["gradientNorm"]!["median"]!.GetValue<double>());
        Assert.Equal(network.Training!.TrainLoss, document["network"]!.Number("trainLoss"));
        Assert.Equal(network.Training.Deviation, document.Number("deviation"));
        Assert.Equal(network.Training.Deviation * Math.Sqrt(200), document.Number("c0Measured"), 1e-12);
        Assert.Equal(8, document["steps"]!.GetValue<int>());
        Assert.Equal(kernel["fit"]!.Number("trainLoss"), document["kernel"]!.Number("trainLoss"));
        KindRuns.AssertSame(kernel["perturbationNorm"]!, document["kernel"]!["perturbationNorm"]!);
        Assert.Equal((network.PerturbationNorm.Mean!.Value / kernel.Mean("perturbationNorm")) - 1, document.Number("relativeDifference"), 1e-12);
        KindRuns.AssertTable(measurement, rows: 30);
    }

    [Fact]
    public void The_differences_are_those_of_the_rows()
    {
        Measurement measurement = KindRuns.Read("kernel-limit", 2, Small).RunOnMnist();
        JsonObject document = measurement.Numbers();
        double[] Column(string name) => [.. measurement.Rows.Select(row => double.Parse(row[measurement.Columns.ToList().IndexOf(name)], System.Globalization.CultureInfo.InvariantCulture))];
        double[] limit = Column("kernelScore");
        double square = Column("networkScore").Zip(limit, (own, score) => (own - score) * (own - score)).Sum();
        Assert.Equal(Math.Sqrt(square / limit.Sum(score => score * score)), document.Number("scoreDifference"), 1e-12);
        double[] gradients = Column("kernelGradientNorm");
        Assert.Equal(Math.Sqrt(Column("gradientDifference").Sum(g => g * g) / gradients.Sum(g => g * g)), document.Number("gradientDifference"), 1e-12);
        Assert.Equal(Column("networkPerturbationNorm").Zip(Column("kernelPerturbationNorm"), (own, other) => own / other).Average(), document.Mean("perturbationRatio"), 1e-12);

        // ‖a − b‖² = ‖a‖² + ‖b‖² − 2 cos ‖a‖ ‖b‖ ties the two differences of gradients to one another.
        double[] own = Column("networkGradientNorm");
        double[] cosines = Column("gradientCosine");
        double[] differences = Column("gradientDifference");
        for (int i = 0; i < own.Length; i++)
        {
            Assert.Equal((own[i] * own[i]) + (gradients[i] * gradients[i]) - (2 * cosines[i] * own[i] * gradients[i]), differences[i] * differences[i], 1e-5);
        }
    }

    [Fact]
    public void Wide_networks_are_near_their_limit_from_antisymmetric_initialisation_alone()
    {
        (string, string)[] wide = [.. Small.SkipLast(2), ("epochs", "4"), ("width", "8000")];
        JsonObject narrow = KindRuns.Read("kernel-limit", 0, Small).RunOnMnist().Numbers();
        JsonObject antisymmetric = KindRuns.Read("kernel-limit", 0, wide).RunOnMnist().Numbers();
        JsonObject standard = KindRuns.Read("kernel-limit", 0, [.. wide, ("initialization", "standard")]).RunOnMnist().Numbers();
        Assert.InRange(antisymmetric.Number("scoreDifference"), 0, 0.5 * narrow.Number("scoreDifference"));
        Assert.InRange(antisymmetric.Number("gradientDifference"), 0, 0.6 * narrow.Number("gradientDifference"));
        Assert.InRange(standard.Number("gradientDifference"), 3 * antisymmetric.Number("gradientDifference"), 100);
        Assert.InRange(standard.Number("scoreDifference"), 3 * antisymmetric.Number("scoreDifference"), 100);
    }

    [Fact]
    public void The_theorem_is_asked_for_the_train_loss_of_the_network()
    {
        JsonObject document = KindRuns.Read("kernel-limit", 0, [.. Small, ("margin-samples", "40")]).RunOnMnist().Numbers();
        Assert.Equal(document["network"]!.Number("trainLoss"), document["tangentRegime"]!.Number("risk"));
        Assert.InRange(document["tangentRegime"]!.Number("c0"), 10 * document.Number("c0Measured"), double.PositiveInfinity);
        Assert.InRange(document["tangentRegime"]!.Number("width"), 1e8, double.PositiveInfinity);
    }

    [Fact]
    public void A_network_beyond_the_memory_is_refused_with_a_sentence() => Assert.StartsWith(
        "A network of width 20000 at d = 49 needs ",
        Assert.Throws<OneStepException>(() => KindRuns.Read("kernel-limit", 0, [.. Small.SkipLast(2), ("width", "20000")])
            .Run(MnistData.All, new() { AvailableMemory = 1_000_000 })).Message,
        StringComparison.Ordinal);

    private static TrainedModel Network(out ExperimentResult result)
    {
        var parameters = new ExperimentParameters
        {
            Side = 7,
            Width = 200,
            Initialization = InitializationKind.Antisymmetric,
            Training = new() { Ball = BallMode.None, Epochs = 4 },
            TrainLimit = 120,
            Limit = 30,
            Seed = 2,
        };
        ExperimentRun run = Experiment.Run(parameters, MnistData.All, new() { Threads = 2 });
        result = run.Result;
        return run.Model;
    }
}
