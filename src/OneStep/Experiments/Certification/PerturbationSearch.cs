using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Certificates.Vulnerability;
using OneStep.Data;
using OneStep.Networks;

namespace OneStep.Experiments.Certification;

/// <summary>Looks for perturbations that flip every network of a ball, of every kind at the same inputs.</summary>
/// <param name="longestRelativeNorm">‖δ‖/‖x‖ beyond which no certificate counts, positive.</param>
/// <param name="inputs">The inputs and their labels.</param>
/// <param name="ball">The networks that certificates speak of.</param>
/// <param name="execution">Threads, progress, cancellation.</param>
internal sealed class PerturbationSearch(
    double longestRelativeNorm, LabelledInputs inputs, NetworkBall ball, ExperimentExecution execution)
{
    /// <summary>Against all networks of the ball.</summary>
    /// <param name="certificates">The same with what <see cref="OneQuery"/> begins with.</param>
    public FoundPerturbations BallWide(out VulnerabilityCertificates certificates) => Certify(
        PerturbationKind.BallWide,
        "ball-wide",
        stage => new BallWideCertificates { LongestRelativeNorm = longestRelativeNorm }.Find(ball, inputs.Inputs, inputs.Labels, stage),
        out certificates);

    /// <summary>The same in one direction for all inputs of a label.</summary>
    public FoundPerturbations Universal() => Certify(
        PerturbationKind.Universal,
        "universal",
        stage => new UniversalDirection { LongestRelativeNorm = longestRelativeNorm }.Find(ball, inputs.Inputs, inputs.Labels, stage),
        out _);

    /// <summary>Against all networks of the ball with the network's scores.</summary>
    /// <param name="margins">y f(x; W) of every input.</param>
    /// <param name="ballWide">What <see cref="BallWide"/> found.</param>
    public FoundPerturbations OneQuery(BoundedScore[] margins, VulnerabilityCertificates ballWide)
    {
        BoundedScore[] scores = [.. margins.Select((margin, i) => margin with { Value = inputs.Labels[i] * margin.Value })];
        return Certify(
            PerturbationKind.OneQuery,
            "one query",
            stage => new OneQueryCertificates { LongestRelativeNorm = longestRelativeNorm }.Find(ball, inputs.Inputs, inputs.Labels, scores, ballWide, stage),
            out _);
    }

    /// <summary>Against all networks of the ball, each along its own gradient.</summary>
    /// <param name="network">The network whose steps are kept.</param>
    public FoundPerturbations OwnStep(TwoLayerNetwork network) =>
        OwnSteps.Find(ball, network, inputs, longestRelativeNorm, Stage(execution, "own step"));

    /// <summary>How a stage runs.</summary>
    public static AttackExecution Stage(ExperimentExecution execution, string name) => AttackRelay.Execution(execution, ExperimentStage.Attack, name);

    private FoundPerturbations Certify(
        PerturbationKind kind, string stage, Func<AttackExecution, VulnerabilityCertificates> find, out VulnerabilityCertificates certificates)
    {
        long start = Stopwatch.GetTimestamp();
        certificates = find(Stage(execution, stage));
        return FoundPerturbations.Of(kind, certificates, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
