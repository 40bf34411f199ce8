using System.Diagnostics;
using OneStep.Attacks;

namespace OneStep.Experiments.Certification;

/// <summary>Looks for perturbations that flip one network, which is known.</summary>
/// <param name="parameters">The network and the task.</param>
/// <param name="inputs">The inputs, their labels, and what the network says.</param>
/// <param name="execution">Threads, progress, cancellation.</param>
internal sealed class AttackSearch(ExperimentParameters parameters, ModelClassification inputs, ExperimentExecution execution)
{
    /// <summary>The single step.</summary>
    public FoundPerturbations OneStep() => Attack(PerturbationKind.OneStep, "one-step", "one step");

    /// <summary>The shortest found.</summary>
    /// <param name="oneStep">What <see cref="OneStep"/> found.</param>
    public FoundPerturbations Best(FoundPerturbations oneStep) => Attack(PerturbationKind.Best, "boundary-walk", "best").OrShorter(oneStep);

    private FoundPerturbations Attack(PerturbationKind kind, string method, string stage)
    {
        long start = Stopwatch.GetTimestamp();
        AttackResult result = Experiment.RunMethod(parameters with { Method = new() { Name = method } }, inputs, PerturbationSearch.Stage(execution, stage));
        return FoundPerturbations.Of(kind, result, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
