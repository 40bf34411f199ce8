using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Certificates.Vulnerability;
using OneStep.Data;
using OneStep.Networks;

namespace OneStep.Experiments.Certification;

/// <summary>Looks for the perturbations of every kind, at the same inputs.</summary>
/// <param name="parameters">The network and the task.</param>
/// <param name="longestRelativeNorm">‖δ‖/‖x‖ beyond which no certificate counts, positive.</param>
/// <param name="inputs">The inputs, their labels, and what the network says.</param>
/// <param name="ball">The networks that certificates speak of.</param>
/// <param name="execution">Threads, progress, cancellation.</param>
internal sealed class PerturbationSearch(
    ExperimentParameters parameters, double longestRelativeNorm, ModelClassification inputs, NetworkBall ball, ExperimentExecution execution)
{
    private readonly LabelledInputs _examples = inputs.Inputs;

    /// <summary>The single step on the network.</summary>
    public FoundPerturbations OneStep() => Attack(PerturbationKind.OneStep, "one-step", "one step");

    /// <summary>The shortest found for the network.</summary>
    /// <param name="oneStep">What <see cref="OneStep"/> found.</param>
    public FoundPerturbations Best(FoundPerturbations oneStep) => Attack(PerturbationKind.Best, "boundary-walk", "best").OrShorter(oneStep);

    /// <summary>Against all networks of the ball.</summary>
    /// <param name="certificates">The same with what <see cref="OneQuery"/> begins with.</param>
    public FoundPerturbations BallWide(out VulnerabilityCertificates certificates) => Certify(
        PerturbationKind.BallWide,
        "ball-wide",
        stage => new BallWideCertificates { LongestRelativeNorm = longestRelativeNorm }.Find(ball, _examples.Inputs, _examples.Labels, stage),
        out certificates);

    /// <summary>The same in one direction for all inputs of a label.</summary>
    public FoundPerturbations Universal() => Certify(
        PerturbationKind.Universal,
        "universal",
        stage => new UniversalDirection { LongestRelativeNorm = longestRelativeNorm }.Find(ball, _examples.Inputs, _examples.Labels, stage),
        out _);

    /// <summary>Against all networks of the ball with the network's scores.</summary>
    /// <param name="scores">f(x; W) of every input.</param>
    /// <param name="ballWide">What <see cref="BallWide"/> found.</param>
    public FoundPerturbations OneQuery(BoundedScore[] scores, VulnerabilityCertificates ballWide) => Certify(
        PerturbationKind.OneQuery,
        "one query",
        stage => new OneQueryCertificates { LongestRelativeNorm = longestRelativeNorm }.Find(ball, _examples.Inputs, _examples.Labels, scores, ballWide, stage),
        out _);

    /// <summary>Against all networks of the ball, each along its own gradient.</summary>
    /// <param name="network">The network whose steps are kept.</param>
    public FoundPerturbations OwnStep(TwoLayerNetwork network) =>
        OwnSteps.Find(ball, network, _examples, longestRelativeNorm, Stage(execution, "own step"));

    /// <summary>How a stage runs.</summary>
    public static AttackExecution Stage(ExperimentExecution execution, string name) => AttackRelay.Execution(execution, ExperimentStage.Attack, name);

    private FoundPerturbations Attack(PerturbationKind kind, string method, string stage)
    {
        long start = Stopwatch.GetTimestamp();
        AttackResult result = Experiment.RunMethod(parameters with { Method = new() { Name = method } }, inputs, Stage(execution, stage));
        return FoundPerturbations.Of(kind, result, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private FoundPerturbations Certify(
        PerturbationKind kind, string stage, Func<AttackExecution, VulnerabilityCertificates> find, out VulnerabilityCertificates certificates)
    {
        long start = Stopwatch.GetTimestamp();
        certificates = find(Stage(execution, stage));
        return FoundPerturbations.Of(kind, certificates, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
