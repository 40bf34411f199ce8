using System.Diagnostics;
using OneStep.Attacks;
using OneStep.Certificates.Vulnerability;
using OneStep.Data;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Experiments.Certification;

/// <summary>
/// The poster's own statement at a finite size (docs/mathematics.md §6, [WUMA22]): every network W of the ball falls to one step along
/// its own gradient, −η y ∇f(x; W), all with the same η. A step differs from network to network: what is kept is that of one.
/// </summary>
internal static class OwnSteps
{
    /// <summary>Looks for an η for every input.</summary>
    /// <param name="ball">The networks.</param>
    /// <param name="network">The one whose steps are kept; a network of the ball.</param>
    /// <param name="inputs">x and y.</param>
    /// <param name="longestRelativeNorm">η ‖∇f‖/‖x‖ beyond which nothing counts.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    public static FoundPerturbations Find(NetworkBall ball, TwoLayerNetwork network, LabelledInputs inputs, double longestRelativeNorm, AttackExecution execution)
    {
        long start = Stopwatch.GetTimestamp();
        var certifier = new StepCertifier(ball.Center, ball.Ball) { Threads = execution.Threads, LongestRelativeLength = longestRelativeNorm };
        double?[] norms = new double?[inputs.Count];
        CertificateOutcome[] outcomes = new CertificateOutcome[inputs.Count];
        Matrix<float> perturbations = Gradients(network, inputs, execution);
        for (int i = 0; i < inputs.Count; i++)
        {
            execution.Progress?.Report(new("own step", i, inputs.Count));
            StepCertificate? certificate = certifier.TryCertify(inputs.Inputs.Row(i), inputs.Labels[i], execution.Cancellation);
            Span<float> step = perturbations.Row(i);
            outcomes[i] = certificate is null ? CertificateOutcome.NotFound : CertificateOutcome.Certified;
            for (int k = 0; k < step.Length; k++)
            {
                step[k] = (float)(-(certificate?.StepSize ?? 0) * inputs.Labels[i] * step[k]);
            }

            norms[i] = certificate is null ? null : Vectors.Norm(step);
        }

        return new(PerturbationKind.OwnStep, norms, outcomes, perturbations, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static Matrix<float> Gradients(TwoLayerNetwork network, LabelledInputs inputs, AttackExecution execution)
    {
        var gradients = new Matrix<float>(inputs.Count, inputs.Inputs.Columns);
        using ScoreWorkspace workspace = network.CreateWorkspace(execution.Threads);
        foreach ((int first, int length) in Chunks.Of(inputs.Count, inputs.Inputs.Columns))
        {
            var chunk = new Matrix<float>(length, inputs.Inputs.Columns);
            network.ScoresAndGradients(inputs.Inputs.RowRange(first, length), new double[length], chunk, workspace, execution.Cancellation);
            for (int i = 0; i < length; i++)
            {
                chunk.Row(i).CopyTo(gradients.Row(first + i));
            }
        }

        return gradients;
    }
}
