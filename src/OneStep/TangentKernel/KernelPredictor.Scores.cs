using OneStep.Networks;
using OneStep.Networks.Passes;
using OneStep.Numerics;

namespace OneStep.TangentKernel;

/// <content>The predictor as a score function.</content>
public sealed partial class KernelPredictor : IScoreFunction
{
    // With x and with u; every point of a ray comes from these two.
    private const int ProductsOfRay = 2;

    /// <inheritdoc/>
    public void ScoresAndGradients(
        Matrix<float> inputs, Span<double> scores, Matrix<float>? gradients, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        Workspace own = ScoreCall.Begin<Workspace>(this, inputs, scores.Length, gradients, workspace);
        Matrix<double> wide = GramMatrix.Widen(inputs);
        double[] found = new double[inputs.Rows];
        KernelInputs.ForEachTile(wide, own.Threads, cancellation, (supports, rows, worker) =>
            own.Of(worker).ScoresAndGradients(wide, supports, rows.Span, found, gradients));
        found.CopyTo(scores);
    }

    /// <inheritdoc/>
    public void ScoresInDouble(Matrix<double> inputs, Span<BoundedScore> scores, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        Workspace own = ScoreCall.Begin<Workspace>(this, inputs, scores.Length, workspace);
        BoundedScore[] found = new BoundedScore[inputs.Rows];
        KernelInputs.ForEachTile(inputs, own.Threads, cancellation, (supports, rows, worker) =>
            own.Of(worker).BoundedScores(inputs, supports, rows.Span, found));
        found.CopyTo(scores);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// f is not piecewise linear: it is sampled along the ray, and "first" means the first change that the samples show. From t
    /// to the next sample is at most max(ℓ, t)/8, with ℓ the expected length or, where f does not tend to zero, ‖x‖/‖u‖; and no
    /// more than what turns x + t u by π/128. Where f falls towards zero at one sample and away from it at the next, the extremum
    /// between them is looked at too. A pair of changes nearer to each other than that can be missed. The change returned is found
    /// to 2⁻⁴⁸ of its length. Where less than π/8192 is left to turn, the sign of f(u) decides whether another change exists, since
    /// f(x + t u)/t → f(u).
    /// </remarks>
    public void FirstSignChanges(RayBatch rays, Span<RayCrossing> crossings, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        Workspace own = ScoreCall.Begin<Workspace>(this, rays, crossings.Length, workspace);
        own.CountPasses(ProductsOfRay * rays.Count, 0);
        Matrix<double> origins = GramMatrix.Widen(rays.Origins);
        Matrix<double> directions = GramMatrix.Widen(rays.Directions);
        Supports directionSupports = Supports.Of(directions, own.Threads);
        RayCrossing[] found = new RayCrossing[rays.Count];
        KernelInputs.ForEachTile(origins, own.Threads, cancellation, (supports, rows, worker) =>
            own.Of(worker).FirstSignChanges(rays, origins, directions, supports, directionSupports, rows.Span, found));
        found.CopyTo(crossings);
    }
}
