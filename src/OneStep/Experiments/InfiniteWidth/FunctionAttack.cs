using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Networks;

namespace OneStep.Experiments.InfiniteWidth;

/// <summary>The single exact step on a score function, verified.</summary>
/// <param name="Classification">What the function says of the inputs, with its gradients.</param>
/// <param name="Result">What the step does to them.</param>
/// <param name="Seconds">Wall time of the search, the classification included.</param>
internal sealed record FunctionAttack(Classification Classification, AttackResult Result, double Seconds)
{
    /// <summary>One row an input.</summary>
    public IReadOnlyList<AttackedExample> Rows => Result.Examples;

    /// <summary>Attacks every input that can be attacked.</summary>
    public static FunctionAttack Of(IScoreFunction function, LabelledInputs inputs, AttackExecution execution)
    {
        long start = Stopwatch.GetTimestamp();
        Classification classification = Classification.Of(function, inputs, execution);
        double classify = Stopwatch.GetElapsedTime(start).TotalSeconds;
        AttackResult result = AttackRunner.Run(new OneStepAttack(), function, classification, execution);
        return new(classification, result, classify + result.AttackSeconds);
    }
}
