using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Networks.Deep;
using OneStep.Numerics;
using OneStep.Tests.Networks.Deep;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

/// <summary>What holds for every attack that can be asked for by name: one table, every test over all of it.</summary>
public class AttackTableTests
{
    private static readonly FakeScoreFunction Linear = new(3, -1, 0.5f, 0, 2);

    /// <summary>How far above the smallest perturbation a method may end on a linear function, and whether it can be polished.</summary>
    private static readonly (string Name, NormKind Norm, double Excess, bool Polishes)[] Table =
    [
        ("one-step", NormKind.L2, 2e-6, false),
        ("fgsm", NormKind.LInfinity, 2e-6, false),
        ("pgd", NormKind.L2, 0.011, false),
        ("pgd", NormKind.LInfinity, 0.011, false),
        ("deepfool", NormKind.L2, 0.02001, true),
        ("ddn", NormKind.L2, 0.0527, true),
        ("fmn", NormKind.L2, 0.01, true),
        ("gradient-flow", NormKind.L2, 1e-5, false),
        ("boundary-walk", NormKind.L2, 2e-6, false),
        ("exact-gradient-flow", NormKind.L2, 2e-6, false),
        ("hamming", NormKind.L0, 1e-12, false),
    ];

    /// <summary>Every method with every norm.</summary>
    public static TheoryData<string, NormKind> Attacks
    {
        get
        {
            var data = new TheoryData<string, NormKind>();
            Array.ForEach(Table, row => data.Add(row.Name, row.Norm));
            return data;
        }
    }

    [Fact]
    public void The_table_has_every_method_with_every_norm()
    {
        string[] table = [.. Table.Select(row => $"{row.Name} {row.Norm}")];
        Assert.Equal(AttackMethods.All.SelectMany(method => method.Norms.Select(norm => $"{method.Name} {norm}")), table);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void On_a_linear_function_the_answer_is_the_distance_to_the_hyperplane(string name, NormKind norm)
    {
        LabelledInputs examples = LinearInputs();
        (_, _, double excess, bool polishes) = RowOf(name, norm);
        foreach (bool polish in polishes ? (bool[])[false, true] : [false])
        {
            AttackResult result = LinearFor(name).Attack(Make(name, norm, polish), examples);
            Assert.Equal(norm, result.Norm);
            foreach (AttackedExample example in result.Examples)
            {
                double distance = norm == NormKind.L0 ? 1 : Math.Abs(example.Score) / (norm == NormKind.L2 ? Math.Sqrt(14.25) : 6.5);
                Assert.Equal(ExampleStatus.Flipped, example.Status);
                Assert.InRange(example.SizeIn(norm)!.Value / distance, 1, 1 + (polish ? 2e-6 : excess));
                Assert.Equal(0, result.Perturbations[example.Index, 3]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Every_flip_that_counts_is_one_in_float64(string name, NormKind norm)
    {
        (NaiveNetwork naive, TwoLayerNetwork network, LabelledInputs examples) = Scene(60, 12);
        using (network)
        {
            AttackResult result = network.Attack(Make(name, norm), examples);
            foreach (AttackedExample example in result.Examples.Where(e => e.Status == ExampleStatus.Flipped))
            {
                Assert.Equal(-Math.Sign(example.Score), Math.Sign(naive.Score(result.Perturbed(examples, example.Index))));
                Assert.Equal(norm.Of(result.Perturbations.Row(example.Index)), example.SizeIn(norm)!.Value);
            }

            Assert.InRange(result.Examples.Count(e => e.Status == ExampleStatus.Flipped), 20, examples.Count);
            Assert.DoesNotContain(result.Examples, e => e.Status == ExampleStatus.Unverified);
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Results_have_the_same_bits_for_every_number_of_threads(string name, NormKind norm)
    {
        // Wide inputs, so that the work between passes is shared out as well.
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(40, 1700);
        using (network)
        {
            AttackResult one = network.Attack(Make(name, norm), examples);
            AttackResult three = network.Attack(Make(name, norm), examples, new() { Threads = 3 });
            Assert.Equal(one.Perturbations.Data, three.Perturbations.Data);
            Assert.Equal(one.Examples, three.Examples);
            Assert.Equal(one.Passes, three.Passes);
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void An_input_is_attacked_alone_as_in_company(string name, NormKind norm)
    {
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(60, 12);
        using (network)
        {
            IMinimumNormAttack attack = Make(name, norm);
            AttackResult together = network.Attack(attack, examples);
            for (int i = 0; i < 3; i++)
            {
                AttackResult alone = network.Attack(attack, new(examples.Inputs.RowRange(i, 1), [examples.Labels[i]]));
                Assert.Equal(together.Perturbations.Row(i).ToArray(), alone.Perturbations.Row(0).ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void A_cancelled_attack_ends(string name, NormKind norm)
    {
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(20, 12);
        using (network)
        {
            Classification classification = Classification.Of(network, examples, AttackScenes.OneThread);
            var cancelled = new AttackExecution { Threads = 1, Cancellation = new(canceled: true) };
            Assert.ThrowsAny<OperationCanceledException>(() => AttackRunner.Run(Make(name, norm), network, classification, cancelled));
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Progress_ends_with_every_input_finished_and_costs_are_counted(string name, NormKind norm)
    {
        (_, TwoLayerNetwork network, LabelledInputs examples) = Scene(20, 12);
        using (network)
        {
            var told = new List<AttackProgress>();
            AttackExecution execution = new() { Threads = 1, Progress = new SynchronousProgress<AttackProgress>(told.Add) };
            IMinimumNormAttack attack = Make(name, norm);
            AttackResult result = network.Attack(attack, examples, execution);
            int[] finished = [.. told.Where(t => t.Stage == attack.Name).Select(t => t.Finished)];
            Assert.Equal(examples.Count, finished[^1]);
            Assert.Equal(finished.Order(), finished);
            Assert.True(result.Passes.Forward > examples.Count);
            Assert.True(result.Passes.Backward >= examples.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void With_nothing_to_attack_nothing_is_done(string name, NormKind norm)
    {
        LabelledInputs examples = LinearInputs();
        AttackResult result = LinearFor(name).Attack(Make(name, norm), examples with { Labels = [.. examples.Labels.Select(y => -y)] });
        Assert.All(result.Examples, example => Assert.Equal(ExampleStatus.Misclassified, example.Status));
        Assert.Equal(default, result.Passes);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Where_no_sign_changes_nothing_is_found(string name, NormKind norm)
    {
        // f = relu(x1) + relu(x2) is nowhere negative, and falls to a plateau of zero without gradient.
        using TwoLayerNetwork network = new NaiveNetwork([[1, 0], [0, 1]], [1, 1]).ToLibrary();
        AttackResult result = network.Attack(Make(name, norm), new(new(2, 2, [1, 2, 3, -1]), [1, 1]));
        Assert.All(result.Examples, example => Assert.Equal(ExampleStatus.NotFlipped, example.Status));
    }

    private static (string Name, NormKind Norm, double Excess, bool Polishes) RowOf(string name, NormKind norm) =>
        Table.Single(row => row.Name == name && row.Norm == norm);

    private static IMinimumNormAttack Make(string name, NormKind norm) => Make(name, norm, RowOf(name, norm).Polishes);

    private static IMinimumNormAttack Make(string name, NormKind norm, bool polish) =>
        AttackMethods.Named(name).Create(new() { Norm = norm, Polish = polish });

    // The exact flow reads the network itself, of which a single layer is the linear function.
    private static IScoreFunction LinearFor(string name) =>
        name == "exact-gradient-flow" ? new DeepScore(RegionScenes.Of([[3, -1, 0.5, 0, 2]])) : Linear;

    private static LabelledInputs LinearInputs()
    {
        var random = new Random(1);
        var inputs = new Matrix<float>(30, 5, [.. Enumerable.Range(0, 150).Select(_ => random.NextSingle() - 0.5f)]);
        return new(inputs, [.. Enumerable.Range(0, 30).Select(i => Math.Sign(Linear.TrueScore(Array.ConvertAll(inputs.Row(i).ToArray(), v => (double)v))))]);
    }

    private static (NaiveNetwork Naive, TwoLayerNetwork Network, LabelledInputs Examples) Scene(int width, int dimension)
    {
        TwoLayerNetwork network = NaiveNetwork.Random(width, dimension, seed: 4).ToLibrary();
        NaiveNetwork naive = network.ToNaive();
        return (naive, network, naive.CorrectInputs(dimension > 100 ? 45 : 40, seed: 5));
    }
}
