using OneStep.Numerics;

namespace OneStep.Networks;

/// <summary>
/// A function that counts the passes of all workspaces it made: what an attack used, without the attack knowing. Nothing else
/// about the function changes.
/// </summary>
/// <param name="function">The function whose passes are counted.</param>
public sealed class CountedFunction(IScoreFunction function) : IScoreFunction
{
    private readonly PassCounter _counter = new();

    /// <summary>The function whose passes are counted.</summary>
    public IScoreFunction Function { get; } = function ?? throw new ArgumentNullException(nameof(function));

    /// <summary>The passes so far.</summary>
    public PassCounts Passes => _counter.Counts;

    /// <inheritdoc/>
    public int InputDimension => Function.InputDimension;

    /// <inheritdoc/>
    public ScoreWorkspace CreateWorkspace(int threads)
    {
        // The function's own workspace, so that it knows it again.
        ScoreWorkspace workspace = Function.CreateWorkspace(threads);
        workspace.CountIn(_counter);
        return workspace;
    }

    /// <inheritdoc/>
    public void ScoresAndGradients(
        Matrix<float> inputs, Span<double> scores, Matrix<float>? gradients, ScoreWorkspace workspace, CancellationToken cancellation) =>
        Function.ScoresAndGradients(inputs, scores, gradients, workspace, cancellation);

    /// <inheritdoc/>
    public void FirstSignChanges(RayBatch rays, Span<RayCrossing> crossings, ScoreWorkspace workspace, CancellationToken cancellation) =>
        Function.FirstSignChanges(rays, crossings, workspace, cancellation);

    /// <inheritdoc/>
    public void ScoresInDouble(Matrix<double> inputs, Span<BoundedScore> scores, ScoreWorkspace workspace, CancellationToken cancellation) =>
        Function.ScoresInDouble(inputs, scores, workspace, cancellation);
}
