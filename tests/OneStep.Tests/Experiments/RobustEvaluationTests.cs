using System.Text;
using System.Text.Json;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Tests.References;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

public class RobustEvaluationTests
{
    private static readonly AttackExecution Execution = new() { Threads = 1 };

    [Fact]
    public void In_two_dimensions_it_is_what_a_dense_grid_of_perturbations_finds()
    {
        (NaiveNetwork naive, LabelledInputs examples) = Scene();
        using TwoLayerNetwork network = naive.ToLibrary();
        var budgets = new BudgetList([0.1, 0.3, 0.6, 1]);
        RobustAccuracy robust = Measure(network, examples, new() { RobustBudgets = budgets, RobustSteps = 40 }, strong: true)!;
        double[] expected = [.. budgets.Select(budget => examples.Inputs.ToRows().Where((x, i) => Survives(naive, x, examples.Labels[i], budget)).Count() / (double)examples.Count)];

        // The grid proves flips, and so do the attacks; each may miss one that is a hair within the budget.
        Assert.All(expected.Zip(robust.Value), pair => Assert.Equal(pair.First, pair.Second, 1.01 / examples.Count));
        Assert.InRange(robust.Value[0] - robust.Value[^1], 0.3, 1);
        Assert.True(robust.Value[0] < 0.95);
    }

    [Fact]
    public void An_input_counts_as_soon_as_any_attack_flips_it_and_no_curve_rises()
    {
        (NaiveNetwork naive, LabelledInputs examples) = Scene();
        using TwoLayerNetwork network = naive.ToLibrary();
        RobustAccuracy robust = Measure(network, examples, new() { RobustBudgets = new([0.1, 0.2, 0.4, 0.8]), RobustSteps = 3 }, strong: true)!;
        Assert.Equal(["one-step", "boundary-walk", "pgd"], robust.Attacks.Select(attack => attack.Name));
        for (int i = 0; i < robust.Budgets.Count; i++)
        {
            Assert.True(robust.Value[i] <= robust.Attacks.Min(attack => attack.Accuracy[i]));
        }

        Assert.All(robust.Attacks.Select(attack => attack.Accuracy).Append(robust.Value), curve => Assert.Equal(curve.OrderDescending(), curve));
        Assert.Null(robust.Clipped);
    }

    [Fact]
    public void At_a_budget_of_zero_it_is_the_clean_accuracy()
    {
        (NaiveNetwork naive, LabelledInputs examples) = Scene();
        using TwoLayerNetwork network = naive.ToLibrary();
        RobustAccuracy robust = Measure(network, examples, new() { RobustBudgets = new([0.0]) }, strong: false)!;
        double clean = examples.Inputs.ToRows().Where((x, i) => Math.Sign(naive.Score(x)) == examples.Labels[i]).Count() / (double)examples.Count;
        Assert.InRange(clean, 0.5, 0.99);
        Assert.Equal([clean], robust.Value);
    }

    [Fact]
    public void Clipped_attacks_leave_more()
    {
        (NaiveNetwork naive, LabelledInputs examples) = Scene();
        using TwoLayerNetwork network = naive.ToLibrary();
        RobustAccuracy robust = Measure(network, examples, new() { RobustBudgets = new([0.2, 0.5]), RobustClip = true }, strong: false)!;
        Assert.Equal(["pgd"], robust.Clipped!.Attacks.Select(attack => attack.Name));
        Assert.True(robust.Clipped.Value[1] > robust.Value[1]);
    }

    [Fact]
    public void What_attacks_flip_inside_the_box_counts_outside_of_it_too()
    {
        // √m f = relu(x₁ + x₂/2) − 1/5 + relu(−10 x₁): from (0, ½) the gradient leads out of the box, where f rises at once;
        // kept in the box, the step goes down along x₂ and flips.
        using TwoLayerNetwork network = new NaiveNetwork([[1, 0.5, 0], [0, 0, 0.2], [-10, 0, 0]], [1, -1, 1], hasBias: true).ToLibrary();
        var examples = new LabelledInputs(new(1, 2, [0, 0.5f]), [1]);
        RobustAccuracy robust = Measure(network, examples, new() { RobustBudgets = new([0.4]), RobustClip = true, RobustSteps = 1 }, strong: false)!;
        Assert.All(robust.Attacks, attack => Assert.Equal([1], attack.Accuracy));
        Assert.Equal([0], robust.Clipped!.Value);
        Assert.Equal([0], robust.Value);
        Assert.Contains("pgd leaves 100 %, more than the weaker pgd in [0, 1]", Assert.Single(robust.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_minimum_norm_attack_keeps_the_lengths_that_its_accuracy_follows_from()
    {
        (NaiveNetwork naive, LabelledInputs examples) = Scene();
        using TwoLayerNetwork network = naive.ToLibrary();
        RobustAccuracy robust = Measure(network, examples, new() { RobustBudgets = new([0, 0.3, 0.7]) }, strong: true)!;
        double clean = robust.Attacks[0].Accuracy[0];
        Assert.Equal([false, false, true], robust.Attacks.Select(attack => attack.Flips is null));
        foreach (AttackCurve attack in robust.Attacks.Take(2))
        {
            Assert.All(robust.Budgets.Zip(attack.Accuracy), at =>
                Assert.Equal(clean - (attack.Flips!.Count(length => length <= at.First) / (double)examples.Count), at.Second, 1e-12));
        }
    }

    [Fact]
    public void Progress_over_all_budgets_never_goes_back_and_ends_with_all_inputs()
    {
        (NaiveNetwork naive, LabelledInputs examples) = Scene();
        using TwoLayerNetwork network = naive.ToLibrary();
        var told = new List<AttackProgress>();
        var listening = new AttackExecution { Threads = 1, Progress = new Listener(told.Add) };
        Classification classification = Classification.Of(network, examples, Execution);
        AttackResult step = AttackRunner.Run(new OneStepAttack(), network, classification, Execution);
        RobustEvaluation.Measure(new() { RobustBudgets = new([0.1, 0.2, 0.3]), RobustClip = true }, ModelClassification.Of(network, classification), [("one-step", step)], trained: null, listening);
        int[] finished = [.. told.Select(progress => progress.Finished)];
        Assert.Equal(finished.Order(), finished);
        Assert.Equal(classification.Attackable.Count, finished[^1]);
        Assert.True(finished.Distinct().Count() >= 6);
    }

    [Fact]
    public void Certified_perturbations_are_tried_on_what_other_attacks_leave_and_can_only_lower_the_accuracy()
    {
        using TwoLayerNetwork initial = NaiveNetwork.Random(300, 20, seed: 3).ToLibrary();
        using TrainedNetwork trained = Moved(initial, part: 0.02);
        LabelledInputs examples = RightInputs(trained.Network, count: 30);
        ExperimentParameters parameters = new() { RobustBudgets = new([0, 0.2, 2]), RobustSteps = 1 };
        RobustAccuracy without = Measure(trained.Network, examples, parameters, strong: false)!;
        RobustAccuracy with = Measure(trained.Network, examples, parameters, strong: false, trained)!;
        Assert.Null(without.Certified);
        Assert.Equal(without.Attacks.Select(attack => attack.Accuracy), with.Attacks.Select(attack => attack.Accuracy));
        Assert.Equal((int)Math.Round(without.Value[1] * 30), with.Certified!.Examined);
        Assert.InRange(with.Certified.Found, 1, with.Certified.Examined);
        Assert.Equal(3, with.Certified.Alone.Count);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(without.Value[i] - (with.Certified.Alone[i] / 30.0), with.Value[i], 1e-12);
        }
    }

    [Fact]
    public void Where_every_other_attack_fails_an_input_falls_to_the_certified_perturbation_alone()
    {
        using TwoLayerNetwork initial = NaiveNetwork.Random(300, 20, seed: 3).ToLibrary();
        using TrainedNetwork trained = Moved(initial, part: 0.02);
        LabelledInputs examples = RightInputs(trained.Network, count: 10);
        CertifiedCandidates found = Candidates(trained, examples, useful: 100);
        NaiveNetwork naive = trained.Network.ToNaive();
        Assert.Equal(10, found.Examined);
        Assert.Equal(10, found.Flips.Lengths.Count);
        var nothing = new SmallestFlips("none", [.. Enumerable.Repeat(double.PositiveInfinity, 10)]);
        double median = found.Flips.Lengths[4];
        CertifiedFlips beside = found.Beside(nothing, new([median / 1000, median, 100]));
        Assert.Equal([0, 5, 10], beside.Alone);
        Assert.Equal((10, 10), (beside.Examined, beside.Found));
        Assert.All(found.Flips.Norms, (norm, i) => Assert.InRange(norm, Shortest(naive, examples.Inputs.ToRows()[i], examples.Labels[i]), 100));

        // Where nothing so long is of use, the straight rays are left as they are: longer, and flips all the same.
        CertifiedCandidates straight = Candidates(trained, examples, useful: 1e-3);
        Assert.All(found.Flips.Norms.Zip(straight.Flips.Norms), norms => Assert.True(norms.First <= norms.Second && norms.Second < 100));
        Assert.True(found.Flips.Norms.Sum() < straight.Flips.Norms.Sum());

        // Inputs on the unit sphere have negative coordinates: none lies in the box.
        Assert.Empty(found.InBox.Lengths);
    }

    [Fact]
    public void In_the_box_a_certified_perturbation_counts_where_it_stays_there_as_it_is()
    {
        // √m f = relu(x₁ + x₂) − 1/2 falls along (−1, −1): from (.7, .3) inside the box, from (.95, .05) out of it.
        using TwoLayerNetwork initial = new NaiveNetwork([[1, 1, 0], [0, 0, 0.5]], [1.0, -1.0], hasBias: true).ToLibrary();
        using TrainedNetwork trained = Moved(initial, part: 0.01);
        var examples = new LabelledInputs(new(2, 2, [0.7f, 0.3f, 0.95f, 0.05f]), [1, 1]);
        CertifiedCandidates found = Candidates(trained, examples, useful: 1);
        Assert.Equal(2, found.Flips.Lengths.Count);
        Assert.Equal([found.Flips.Norms[0], double.PositiveInfinity], found.InBox.Norms);
        RobustAccuracy robust = Measure(trained.Network, examples, new() { RobustBudgets = new([1e-6, 0.6]), RobustClip = true }, strong: false, trained)!;
        Assert.Equal(2, robust.Certified!.Examined);
        Assert.Equal([1, 0], robust.Clipped!.Value);
    }

    [Fact]
    public void Untrained_networks_and_a_budget_of_zero_ask_for_no_certificates()
    {
        using TwoLayerNetwork initial = NaiveNetwork.Random(60, 5, seed: 3).ToLibrary();
        LabelledInputs examples = RightInputs(initial, count: 5);
        using var untrained = new TrainedNetwork(initial.Clone(), Summary: null);
        using TrainedNetwork trained = Moved(initial, part: 0.02);
        Assert.Null(Measure(initial, examples, new() { RobustBudgets = new([0.1]) }, strong: false, untrained)!.Certified);
        Assert.Null(Measure(trained.Network, examples, new() { RobustBudgets = new([0.0]) }, strong: false, trained)!.Certified);
    }

    [Fact]
    public void Without_a_budget_nothing_is_measured_and_adversarial_training_brings_its_own()
    {
        (NaiveNetwork naive, LabelledInputs examples) = Scene();
        using TwoLayerNetwork network = naive.ToLibrary();
        Assert.Null(Measure(network, examples, new(), strong: false));
        Assert.Equal([0.5], Measure(network, examples, new() { Adversarial = new() { Budget = 0.5 } }, strong: false)!.Budgets);
    }

    [Fact]
    public void Numbers_stand_in_the_document_under_their_names()
    {
        var robust = new RobustAccuracy
        {
            Budgets = [0.1, 0.2],
            Value = [0.5, 0.25],
            Attacks = [new("pgd", [0.5, 0.25])],
            Clipped = new([0.75, 0.5], [new("pgd", [0.75, 0.5])]),
            Warnings = ["Beware."],
        };
        Assert.Equal(
            """{"robustAccuracy":{"budgets":[0.1,0.2],"value":[0.5,0.25],"attacks":[{"name":"pgd","accuracy":[0.5,0.25]}],"clipped":{"value":[0.75,0.5],"attacks":[{"name":"pgd","accuracy":[0.75,0.5]}]},"warnings":["Beware."]}}""",
            Written(robust));
        Assert.EndsWith("\"clipped\":null,\"warnings\":[]}}", Written(robust with { Clipped = null, Warnings = [] }), StringComparison.Ordinal);
        Assert.Contains(
            "\"certified\":{\"examined\":5,\"found\":4,\"alone\":[0,2]},\"warnings\":",
            Written(robust with { Certified = new(5, 4, [0, 2]) }),
            StringComparison.Ordinal);
        Assert.Equal("{}", Written(null));
    }

    /// <summary>A network whose rows are a part of their own length away from W0.</summary>
    private static TrainedNetwork Moved(TwoLayerNetwork initial, double part)
    {
        NaiveNetwork center = initial.ToNaive();
        var ball = new NaiveBall(center, [.. center.Weights.Select(row => part * Math.Sqrt(row.Sum(w => w * w)))]);
        return new(ball.Random(new(5), depth: 1).ToLibrary(), initial.Weights.Clone(), summary: null);
    }

    private static CertifiedCandidates Candidates(TrainedNetwork trained, LabelledInputs examples, double useful) => CertifiedCandidates.Find(
        trained, examples, [.. Enumerable.Range(0, examples.Count)], [.. Enumerable.Repeat(useful, examples.Count)], Execution);

    private static LabelledInputs RightInputs(TwoLayerNetwork network, int count)
    {
        var random = new RandomInputs(8);
        double[][] inputs = [.. Enumerable.Range(0, count).Select(_ => random.Unit(network.InputDimension))];
        return new(inputs.ToMatrix(), [.. inputs.Select(x => Math.Sign(network.ToNaive().Score(x)))]);
    }

    /// <summary>No perturbation below this length flips: |f| over the Lipschitz constant of f.</summary>
    private static double Shortest(NaiveNetwork network, double[] x, int label) =>
        label * network.Score(x) / (network.Scale * network.Weights.Sum(row => Math.Sqrt(row.Sum(w => w * w))));

    private sealed class Listener(Action<AttackProgress> told) : IProgress<AttackProgress>
    {
        public void Report(AttackProgress value) => told(value);
    }

    private static RobustAccuracy? Measure(TwoLayerNetwork network, LabelledInputs examples, ExperimentParameters parameters, bool strong, TrainedNetwork? trained = null)
    {
        Classification classification = Classification.Of(network, examples, Execution);
        List<(string Name, AttackResult Result)> attacks = [("one-step", AttackRunner.Run(new OneStepAttack(), network, classification, Execution))];
        if (strong)
        {
            attacks.Add(("boundary-walk", AttackRunner.Run(new BoundaryWalkAttack { Restarts = 4 }, network, classification, Execution)));
        }

        return RobustEvaluation.Measure(parameters, ModelClassification.Of(network, classification), attacks, trained, Execution);
    }

    private static string Written(RobustAccuracy? robust)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            RobustAccuracyJson.Write(json, robust);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static bool Survives(NaiveNetwork network, double[] x, int label, double budget)
    {
        const int Rings = 40;
        const int Directions = 720;
        for (int ring = 0; ring <= Rings; ring++)
        {
            for (int direction = 0; direction < Directions; direction++)
            {
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * direction / Directions);
                double length = budget * ring / Rings;
                if (label * network.Score([x[0] + (length * cosine), x[1] + (length * sine)]) < 0)
                {
                    return false;
                }
            }
        }

        return true;
    }

    // Inputs in the unit square, some of them with the wrong label.
    private static (NaiveNetwork Naive, LabelledInputs Examples) Scene()
    {
        using TwoLayerNetwork rounded = NaiveNetwork.Random(30, 2, seed: 21, hasBias: true).ToLibrary();
        NaiveNetwork naive = rounded.ToNaive();
        var random = new Random(6);
        double[][] inputs = [.. Enumerable.Range(0, 60).Select(_ => new double[] { (float)random.NextDouble(), (float)random.NextDouble() })];
        return (naive, new(inputs.ToMatrix(), [.. inputs.Select((x, i) => Math.Sign(naive.Score(x)) * (i % 12 == 0 ? -1 : 1))]));
    }
}
