using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// Decides what counts as adversarial: f is evaluated in float64 at x and at x + δ, δ being the float32 perturbation as
/// it is stored and no longer than its budget in float64, and both signs must be certain with the rounding error accounted for (docs/mathematics.md §3, §13).
/// </summary>
internal sealed class FlipVerifier
{
    /// <summary>What progress calls the verification.</summary>
    public const string Stage = "verify";

    // The part of the progress that the scores at x are, before those at x + δ.
    private const double ShareOfScores = 0.5;

    // Searches run in single precision: lengths are off by some units of 2^-23. A length is first enlarged by four of them,
    // which most often suffices; if the sign is still the old one, or the boundary is more than eight away, it is corrected by
    // a Newton step in float64 and then, where rounding still keeps the sign, enlarged by 1, 2 and 4: less than 10^-6 in all.
    private const double StoredUlp = 1.0 / (1 << 23);
    private const int FirstEnlargement = 4;
    private const int NearEnough = 8;
    private const int Enlargements = 3;

    // The Newton step aims at twice the error bound E behind the boundary. That lengthens δ by 2E/|f(x)|, far less than
    // 10^-6 but for scores near zero on very wide networks; where it would be more than this part, E is too much to ask.
    private const double LargestErrorShare = 1e-4;

    // By which part a δ that is otherwise taken as it is may be lengthened: what float32 is wrong by for scores next to zero.
    private const double MostLengthened = 1e-3;

    // How far beyond its budget a δ may be that consists of a float32 direction and a length; it is taken back inside.
    private const double BudgetRounding = 1e-6;

    private readonly IScoreFunction _function;
    private readonly AttackExecution _execution;

    public FlipVerifier(IScoreFunction function, AttackExecution execution)
    {
        _function = function;
        _execution = execution;
    }

    /// <summary>f at every input, in float64.</summary>
    /// <param name="inputs">[n, d].</param>
    /// <param name="candidates">How many candidates are verified afterwards; progress counts them.</param>
    public BoundedScore[] Scores(Matrix<float> inputs, int candidates)
    {
        using ScoreWorkspace workspace = _function.CreateWorkspace(_execution.Threads);
        BoundedScore[] scores = new BoundedScore[inputs.Rows];
        PassProgress? passes = PassProgress.Of(workspace, _execution, Stage, candidates, 0, ShareOfScores, inputs.Rows);
        foreach ((int first, int length) in Chunks.Of(inputs.Rows, inputs.Columns))
        {
            passes?.Enter(first, length);
            var batch = new Matrix<double>(length, inputs.Columns);
            for (int i = 0; i < length; i++)
            {
                Vectors.Sum(inputs.Row(first + i), [], batch.Row(i));
            }

            _function.ScoresInDouble(batch, scores.AsSpan(first, length), workspace, _execution.Cancellation);
        }

        return scores;
    }

    /// <summary>Verifies candidates, adjusting their lengths within the accuracy of the search.</summary>
    /// <param name="inputs">x, [n, d].</param>
    /// <param name="signs">The certain sign of f(x), [n]; 0 where there is none.</param>
    /// <param name="candidates">What a search found, [n].</param>
    /// <param name="region">What an adjustment may make.</param>
    /// <param name="perturbations">Receives δ as stored, [n, d]; zero where nothing was found.</param>
    /// <returns>f(x + δ) where something was found, and whether its sign is certainly the opposite.</returns>
    public (BoundedScore Score, bool Flipped)[] Verify(
        Matrix<float> inputs, IReadOnlyList<int> signs, PerturbationCandidates candidates, PerturbationRegion region, Matrix<float> perturbations)
    {
        var verdicts = new (BoundedScore Score, bool Flipped)[inputs.Rows];
        double longest = region.LongestStep;
        bool asIs = candidates.OnlyLengthened;
        double[] lengths = [.. candidates.Crossings.Select(c => c.Slope == 0 || asIs ? c.Length : Math.Min(c.Length * (1 + (FirstEnlargement * StoredUlp)), longest))];
        int[] open = [.. Enumerable.Range(0, inputs.Rows).Where(i => candidates.Crossings[i].Exists && signs[i] != 0)];
        using ScoreWorkspace workspace = _function.CreateWorkspace(_execution.Threads);
        PassProgress? passes = PassProgress.Of(workspace, _execution, Stage, inputs.Rows, from: ShareOfScores);
        for (int round = 0; round <= Enlargements && open.Length > 0; round++)
        {
            var stillOpen = new List<int>();
            foreach ((int first, int count) in Chunks.Of(open.Length, inputs.Columns))
            {
                ReadOnlySpan<int> rows = open.AsSpan(first, count);
                passes?.Enter(inputs.Rows - (open.Length - first + stillOpen.Count), count);
                BoundedScore[] scores = Evaluate(inputs, rows, candidates.Directions, lengths, region, perturbations, workspace);
                for (int i = 0; i < count; i++)
                {
                    int row = rows[i];
                    bool flipped = scores[i].CertainSign == -signs[row];
                    verdicts[row] = (scores[i], flipped);
                    if (TryAdjust(ref lengths[row], asIs ? Math.Min(candidates.Crossings[row].Length * (1 + MostLengthened), longest) : longest, signs[row] * scores[i].Value, scores[i].ErrorBound, flipped, signs[row] * candidates.Crossings[row].Slope, asIs, round))
                    {
                        stillOpen.Add(row);
                    }
                }

                // What comes back in the next round is not finished yet.
                int waiting = open.Length - first - count + stillOpen.Count;
                passes?.Finish(inputs.Rows - waiting);
            }

            open = [.. stillOpen];
        }

        return verdicts;
    }

    /// <summary>Sets a better length, unless this one is good enough or none is better.</summary>
    private static bool TryAdjust(ref double length, double longest, double score, double error, bool flipped, double slope, bool asIs, int round)
    {
        // Without a slope the length is not the search's to change: a fixed budget.
        if (slope >= 0 || round == Enlargements)
        {
            return false;
        }

        double behind = 2 * error / -slope;
        double newton = (score / -slope) + (behind <= LargestErrorShare * length ? behind : 0);
        if (flipped && (asIs || round > 0 || -newton <= NearEnough * StoredUlp * length))
        {
            return false;
        }

        // Only the first correction may shorten; after that, only what still has the old sign comes here.
        double adjusted = Math.Min(length + (round == 0 && !asIs ? newton : Math.Max(newton, 0)) + (length * StoredUlp * (1 << round)), longest);
        bool changed = adjusted != length;
        length = adjusted;
        return changed;
    }

    private BoundedScore[] Evaluate(
        Matrix<float> inputs,
        ReadOnlySpan<int> rows,
        Matrix<float> directions,
        double[] lengths,
        PerturbationRegion region,
        Matrix<float> perturbations,
        ScoreWorkspace workspace)
    {
        var perturbed = new Matrix<double>(rows.Length, inputs.Columns);
        for (int i = 0; i < rows.Length; i++)
        {
            Span<float> perturbation = perturbations.Row(rows[i]);
            Span<float> direction = directions.Row(rows[i]);
            for (int k = 0; k < perturbation.Length; k++)
            {
                perturbation[k] = (float)(lengths[rows[i]] * direction[k]);
            }

            if (region.Norm.Of(perturbation) <= region.Budget * (1 + BudgetRounding))
            {
                region.Project(inputs.Row(rows[i]), perturbation);
            }

            Vectors.Sum(inputs.Row(rows[i]), perturbation, perturbed.Row(i));
        }

        BoundedScore[] scores = new BoundedScore[rows.Length];
        _function.ScoresInDouble(perturbed, scores, workspace, _execution.Cancellation);
        return scores;
    }
}
