using OneStep.Numerics;

namespace OneStep.Networks.Activations;

/// <content>The network as a score function.</content>
public sealed partial class ActivatedTwoLayerNetwork : IScoreFunction
{
    // Wx and Wu: what following a ray costs, in passes forward.
    private const long ProductsOfRay = 2;

    /// <inheritdoc/>
    public void ScoresAndGradients(
        Matrix<float> inputs, Span<double> scores, Matrix<float>? gradients, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        Workspace own = ScoreCall.Begin<Workspace>(this, inputs, scores.Length, gradients, workspace);
        double[] found = new double[inputs.Rows];
        WorkGrid.Run(inputs.Rows, own.Threads, cancellation, (row, worker) =>
            found[row] = own.Of(worker).ScoreAndGradient(inputs.Row(row), gradients is null ? [] : gradients.Row(row)));
        found.CopyTo(scores);
    }

    /// <inheritdoc/>
    public void ScoresInDouble(Matrix<double> inputs, Span<BoundedScore> scores, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        Workspace own = ScoreCall.Begin<Workspace>(this, inputs, scores.Length, workspace);
        double normSum = _layers.SumRowNorms(own.Threads, cancellation);
        BoundedScore[] found = new BoundedScore[inputs.Rows];
        WorkGrid.Run(inputs.Rows, own.Threads, cancellation, (row, worker) =>
            found[row] = own.Of(worker).BoundedScoreOf(inputs.Row(row), normSum));
        found.CopyTo(scores);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// f is not piecewise linear: it is sampled along the ray, and "first" means the first change that the samples show. From t to
    /// the next sample is at most max(ℓ, t)/8, with ℓ the smaller of the expected length and of the one along which
    /// pre-activations change by 1 in the mean square. Where f falls towards zero at one sample and away from it at the next, the
    /// extremum between them is looked at too. A pair of changes nearer to each other than that can be missed. The change returned
    /// is found to 2⁻⁴⁸ of its length. Where every neuron that changes is on its line at infinity, the slope of f there decides
    /// whether another change exists.
    /// </remarks>
    public void FirstSignChanges(RayBatch rays, Span<RayCrossing> crossings, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        Workspace own = ScoreCall.Begin<Workspace>(this, rays, crossings.Length, workspace);
        own.CountPasses(ProductsOfRay * rays.Count, 0);
        RayCrossing[] found = new RayCrossing[rays.Count];
        WorkGrid.Run(rays.Count, own.Threads, cancellation, (ray, worker) => found[ray] = own.Of(worker).FirstSignChange(
            rays.Origins.Row(ray), rays.Directions.Row(ray), rays.LimitOf(ray), rays.ExpectedLengths?[ray] ?? double.NaN));
        found.CopyTo(crossings);
    }
}
