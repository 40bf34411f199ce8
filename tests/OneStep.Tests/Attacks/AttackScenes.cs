using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Tests.References;

namespace OneStep.Tests.Attacks;

/// <summary>Short ways to classify and attack.</summary>
internal static class AttackScenes
{
    public static readonly AttackExecution OneThread = new() { Threads = 1 };

    /// <summary>Classifies and attacks.</summary>
    public static AttackResult Attack(this IScoreFunction function, IMinimumNormAttack attack, LabelledInputs examples, AttackExecution? execution = null) =>
        AttackRunner.Run(attack, function, Classification.Of(function, examples, execution ?? OneThread), execution ?? OneThread);

    /// <summary>Attacks with the single step.</summary>
    public static AttackResult AttackOnce(this IScoreFunction function, LabelledInputs examples, AttackExecution? execution = null) =>
        function.Attack(new OneStepAttack(), examples, execution);

    /// <summary>Random unit inputs that the network classifies correctly.</summary>
    public static LabelledInputs CorrectInputs(this NaiveNetwork network, int count, int seed)
    {
        var random = new RandomInputs(seed);
        double[][] drawn = [.. Enumerable.Range(0, count).Select(_ => random.Unit(network.InputDimension))];
        double[][] inputs = drawn.ToMatrix().ToRows();
        return new(inputs.ToMatrix(), [.. inputs.Select(x => network.Score(x) < 0 ? -1 : 1)]);
    }

    /// <summary>x + t δ as stored, in float64.</summary>
    public static double[] Perturbed(this AttackResult result, LabelledInputs examples, int row, double part = 1)
    {
        double[] x = Array.ConvertAll(examples.Inputs.Row(row).ToArray(), v => (double)v);
        return NaiveNetwork.Move(x, Array.ConvertAll(result.Perturbations.Row(row).ToArray(), v => (double)v), part);
    }

    /// <summary>‖δ‖ of the examples with a verified flip.</summary>
    public static double[] Norms(this AttackResult result) =>
        [.. result.Examples.Where(e => e.Status == ExampleStatus.Flipped).Select(e => e.PerturbationNorm!.Value)];
}
