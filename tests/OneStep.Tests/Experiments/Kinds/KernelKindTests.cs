using System.Text.Json.Nodes;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Experiments.Kinds;
using OneStep.TangentKernel;
using OneStep.Tests.Attacks;
using OneStep.Training;

namespace OneStep.Tests.Experiments.Kinds;

public class KernelKindTests
{
    private static readonly (string, string)[] Small = [("side", "7"), ("train-limit", "120"), ("limit", "30")];

    [Fact]
    public void Entries_are_those_that_were_read() => KindRuns.AssertEntriesAreRead(
        ExperimentKinds.Find("kernel")!,
        [("digits", "0+2,7"), ("side", "9"), ("train-limit", "50"), ("predictor", "descent"), ("regularization", "0"), ("hidden-layers", "3"), ("layers", "all"),
            ("learning-rate", "0.25"), ("batch", "16"), ("epochs", "3"), ("limit", "40"), ("risk", "0.01")]);

    [Fact]
    public void Defaults_are_those_of_the_list() => KindRuns.AssertEntriesAreRead(ExperimentKinds.Find("kernel")!);

    [Theory]
    [InlineData("predictor", "svm", "predictor is svm, but must be ridge, logistic or descent.")]
    [InlineData("regularization", "-1", "regularization is -1, but must be a finite number from 0 on.")]
    [InlineData("layers", "last", "layers is last, but must be first or all.")]
    [InlineData("hidden-layers", "0", "hidden-layers is 0, but must be an integer from 1 to 100.")]
    [InlineData("train-limit", "46341", "train-limit is 46341, but must be an integer from 1 to 46340.")]
    [InlineData("limit", "few", "limit is few, but must be an integer from 1 on, or none.")]
    [InlineData("margin-samples", "-1", "margin-samples is -1, but must be an integer from 0 to 100000.")]
    [InlineData("risk", "1", "risk is 1, but must be a number between 0 and 1.")]
    [InlineData("digits", "0,1,2", "digits is '0,1,2', but must be two digits or disjoint sums of digits from 0 to 9, like 0,1 or 0+2,1+3.")]
    [InlineData("width", "100", "width is '100', but must be left out: kernel has no such parameter.")]
    public void What_makes_no_sense_is_refused(string name, string value, string message) => Assert.Equal(message, KindRuns.Message("kernel", (name, value)));

    [Fact]
    public void Logistic_regression_needs_a_penalty() => Assert.Equal(
        "regularization is 0, but must be a finite number above 0.", KindRuns.Message("kernel", ("predictor", "logistic"), ("regularization", "0")));

    [Fact]
    public void A_margin_is_that_of_one_hidden_layer_the_first_trained() => Assert.Equal(
        "margin-samples is 100, but must be 0 unless there is one hidden layer and the first is trained.",
        KindRuns.Message("kernel", ("margin-samples", "100"), ("layers", "all")));

    [Theory]
    [InlineData("ridge")]
    [InlineData("logistic")]
    [InlineData("descent")]
    public void The_predictor_is_fitted_and_attacked_as_by_hand(string name)
    {
        Measurement measurement = KindRuns.Read("kernel", 5, [.. Small, ("predictor", name), ("regularization", "0.01"), ("hidden-layers", "2"), ("layers", "all")]).RunOnMnist();
        JsonObject document = measurement.Numbers();
        LabelledInputs examples = MnistData.ZeroVersusOne(7).Train.Take(120);
        LabelledInputs attacked = MnistData.ZeroVersusOne(7).Test.Take(30);
        var kernel = new ReluTangentKernel(2, TrainedLayers.All);
        KernelFit fit = name switch
        {
            "ridge" => KernelRidge.Fit(kernel, examples, new() { Regularization = 0.01 }, new()),
            "logistic" => KernelLogistic.Fit(kernel, examples, new() { Regularization = 0.01 }, new()),
            _ => KernelDescent.Fit(kernel, examples, new() { Ball = BallMode.None, Epochs = 10 }, 5, new()),
        };
        using KernelPredictor predictor = fit.Predictor;
        AttackResult result = predictor.AttackOnce(attacked);
        AttackedExample[] flipped = [.. result.Examples.Where(e => e.Status == ExampleStatus.Flipped)];
        Assert.Equal(fit.Steps, document["fit"]!["steps"]!.GetValue<int>());
        Assert.Equal(fit.Residual, document["fit"]!.Number("residual"));
        Assert.Equal(
            fit.TrainingScores.Select((score, i) => Math.Log(1 + Math.Exp(-examples.Labels[i] * score))).Average(), document["fit"]!.Number("trainLoss"), 1e-12);
        Assert.Equal(flipped.Average(e => e.PerturbationNorm!.Value), document.Mean("perturbationNorm"), 1e-12);
        Assert.Equal(flipped.Average(e => e.GradientNorm), document.Mean("gradientNorm"), 1e-12);
        Assert.Equal(flipped.Average(e => e.Margin), document.Mean("margin"), 1e-12);
        Assert.Equal(flipped.Length, document["verified"]!.GetValue<int>());
        Assert.Equal(30, document["examples"]!["total"]!.GetValue<int>());
        KindRuns.AssertTable(measurement, rows: 30);
        Assert.Equal(result.Examples.Select(e => ExampleFields.Text(e.PerturbationNorm)), measurement.Rows.Select(row => row[7]));
    }

    [Fact]
    public void Numbers_do_not_depend_on_the_number_of_threads()
    {
        IMeasuredExperiment experiment = KindRuns.Read("kernel", 5, [.. Small, ("margin-samples", "40")]);
        Measurement one = experiment.RunOnMnist(threads: 1);
        Measurement three = experiment.RunOnMnist(threads: 3);
        KindRuns.AssertSame(one.Numbers(), three.Numbers());
        Assert.Equal(one.Rows.SelectMany(row => row), three.Rows.SelectMany(row => row));
    }

    [Fact]
    public void The_margin_says_what_the_theorem_asks_for()
    {
        JsonObject document = KindRuns.Read("kernel", 5, [.. Small, ("margin-samples", "60"), ("risk", "0.2"), ("learning-rate", "4")]).RunOnMnist().Numbers();
        LabelledInputs examples = MnistData.ZeroVersusOne(7).Train.Take(120);
        SeparationMarginEstimate margin = SeparationMargin.Estimate(examples, new() { Samples = 60, Seed = 5 }, new());
        TangentRegimeWidth asked = TangentRegimeWidth.Of(margin.Lower, 120, risk: 0.2);
        Assert.Equal(margin.Lower, document["separationMargin"]!.Number("lower"));
        Assert.Equal(margin.Upper, document["separationMargin"]!.Number("upper"));
        Assert.Equal(asked.Width, document["tangentRegime"]!.Number("width"));
        Assert.Equal(asked.C0, document["tangentRegime"]!.Number("c0"));
        Assert.Equal(asked.Steps, document["tangentRegime"]!.Number("steps"));
    }

    [Fact]
    public void A_matrix_beyond_the_memory_is_refused_with_a_sentence() => Assert.Equal(
        "The kernel matrix of 120 inputs needs 0.4 MB of memory, but 50.0 kB are available.",
        Assert.Throws<OneStepException>(() => KindRuns.Read("kernel", 0, Small).Run(MnistData.All, new() { AvailableMemory = 50_000 })).Message);
}
