using OneStep.Attacks;
using OneStep.Certificates.Vulnerability;
using OneStep.Data;
using OneStep.Experiments.Certification;
using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>
/// Candidates of an attack that no gradient of the network went into: δ that provably flip every network whose rows are no farther from
/// W0 than this one's, row by row (docs/mathematics.md §5). Like every candidate they count once f(x + δ) was evaluated in float64.
/// </summary>
internal sealed class CertifiedCandidates
{
    // The walk behind a straight ray shortens it by some tens of percent at most: a ray that is longer than this many times what
    // would be of use is left as it is.
    private const double WorthWalking = 1.5;

    private readonly LabelledInputs _inputs;
    private readonly int[] _rows;
    private readonly Matrix<float> _perturbations;

    private CertifiedCandidates(LabelledInputs inputs, int[] rows, Matrix<float> perturbations, SmallestFlips flips)
    {
        _inputs = inputs;
        _rows = rows;
        _perturbations = perturbations;
        Flips = flips;
    }

    /// <summary>How many inputs were looked at.</summary>
    public int Examined => _rows.Length;

    /// <summary>What they flip.</summary>
    public SmallestFlips Flips { get; }

    /// <summary>Those of them that leave x + δ in [0, 1] as they are; none is changed to do so.</summary>
    public SmallestFlips InBox
    {
        get
        {
            double[] norms = [.. Flips.Norms];
            for (int k = 0; k < _rows.Length; k++)
            {
                ReadOnlySpan<float> input = _inputs.Inputs.Row(_rows[k]);
                ReadOnlySpan<float> perturbation = _perturbations.Row(k);
                bool isInside = true;
                for (int i = 0; i < input.Length; i++)
                {
                    isInside &= (double)input[i] + perturbation[i] is >= 0 and <= 1;
                }

                norms[_rows[k]] = isInside ? norms[_rows[k]] : double.PositiveInfinity;
            }

            return Flips with { Norms = norms };
        }
    }

    /// <summary>Looks for them: along straight rays, and where these come near to what is of use by a walk from there.</summary>
    /// <param name="trained">The network, whose W0 memory holds.</param>
    /// <param name="inputs">The inputs and true labels.</param>
    /// <param name="rows">Which of them count: inputs that the network is right about.</param>
    /// <param name="useful">The largest ‖δ‖ that would be of use to each of these, [rows].</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    public static CertifiedCandidates Find(TrainedNetwork trained, LabelledInputs inputs, int[] rows, double[] useful, AttackExecution execution)
    {
        using TwoLayerNetwork center = trained.CopyOfInitial();
        using NetworkBall ball = NetworkBall.Holding(center, trained.Network.Weights, execution.Threads);
        var examples = new LabelledInputs(inputs.Inputs.SelectRows(rows), [.. rows.Select(row => inputs.Labels[row])]);
        FoundPerturbations found = Search(ball, new() { Linearizations = 0 }, examples, execution);
        int[] near = [.. Enumerable.Range(0, rows.Length).Where(k => found.Norms[k] <= WorthWalking * useful[k])];
        if (near.Length > 0)
        {
            var some = new LabelledInputs(examples.Inputs.SelectRows(near), [.. near.Select(k => examples.Labels[k])]);
            FoundPerturbations walked = Search(ball, new(), some, execution);
            for (int k = 0; k < near.Length; k++)
            {
                if (walked.Norms[k] < found.Norms[near[k]])
                {
                    found.Norms[near[k]] = walked.Norms[k];
                    walked.Perturbations.Row(k).CopyTo(found.Perturbations.Row(near[k]));
                }
            }
        }

        BoundedScore?[] margins = CertificateCheck.Margins(trained.Network, examples, found, execution);
        double[] norms = new double[inputs.Count];
        Array.Fill(norms, double.PositiveInfinity);
        for (int k = 0; k < rows.Length; k++)
        {
            norms[rows[k]] = margins[k]?.CertainSign == -1 ? found.Norms[k]!.Value : double.PositiveInfinity;
        }

        return new(inputs, rows, found.Perturbations, new("certified", norms));
    }

    private static FoundPerturbations Search(NetworkBall ball, BallWideCertificates search, LabelledInputs examples, AttackExecution execution) => FoundPerturbations.Of(
        PerturbationKind.BallWide,
        (search with { LongestRelativeNorm = double.PositiveInfinity }).Find(ball, examples.Inputs, examples.Labels, execution),
        seconds: 0);

    /// <summary>How many inputs these flip within each budget and other attacks do not.</summary>
    /// <param name="others">The smallest flips of all others.</param>
    /// <param name="budgets">ε, ascending.</param>
    public CertifiedFlips Beside(SmallestFlips others, BudgetList budgets) => new(
        Examined,
        Flips.Lengths.Count,
        [.. budgets.Select(budget => Flips.Norms.Zip(others.Norms).Count(norms => norms.First <= budget && norms.Second > budget))]);
}
