using System.Text;
using System.Text.Json;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Tests.References;

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
        Assert.Equal("{}", Written(null));
    }

    [Fact]
    public void A_weaker_attack_that_wins_is_told()
    {
        SmallestFlips weak = new("one-step", [.. Enumerable.Repeat(0.1, 100)]);
        SmallestFlips poor = new("pgd", [.. Enumerable.Range(0, 100).Select(i => i < 2 ? double.PositiveInfinity : 0.1)]);
        SmallestFlips fair = new("pgd", [.. Enumerable.Range(0, 100).Select(i => i < 1 ? 0.2 : 0.1)]);
        string[] warnings = [.. Warnings(poor, weak)];
        Assert.Contains("At ε = 0.15 pgd leaves 2 %, more than the weaker one-step does with 0 %", warnings[0], StringComparison.Ordinal);
        Assert.Contains("At the largest budget, ε = 0.3, pgd leaves 2 %, although one-step flips every input", warnings[1], StringComparison.Ordinal);
        Assert.Empty(Warnings(fair, weak));
    }

    [Fact]
    public void Vanishing_gradients_are_told()
    {
        SmallestFlips all = new("one-step", [0.1, double.PositiveInfinity]);
        string warning = Assert.Single(RobustWarnings.Of([all], all with { Name = "pgd" }, new([0.3]), [ExampleStatus.NotFlipped, ExampleStatus.NoDirection]));
        Assert.Contains("vanishes at 1 of 2", warning, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Warnings(SmallestFlips steps, SmallestFlips weakest) =>
        RobustWarnings.Of([weakest], steps, new([0.05, 0.15, 0.3]), [.. Enumerable.Repeat(ExampleStatus.NotFlipped, 100)]);

    private static RobustAccuracy? Measure(TwoLayerNetwork network, LabelledInputs examples, ExperimentParameters parameters, bool strong)
    {
        Classification classification = Classification.Of(network, examples, Execution);
        List<(string Name, AttackResult Result)> attacks = [("one-step", AttackRunner.Run(new OneStepAttack(), network, classification, Execution))];
        if (strong)
        {
            attacks.Add(("boundary-walk", AttackRunner.Run(new BoundaryWalkAttack { Restarts = 4 }, network, classification, Execution)));
        }

        return RobustEvaluation.Measure(parameters, network, classification, attacks, Execution);
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
