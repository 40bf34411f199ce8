using OneStep.Networks.Passes;
using OneStep.Numerics;
using OneStep.Numerics.Rays;

namespace OneStep.Networks;

/// <content>The network as a score function: exact along rays, since it is piecewise linear.</content>
public sealed partial class TwoLayerNetwork : IScoreFunction
{
    // The first horizon along a ray, in expected lengths, and the second. Most rays end before the first.
    private const double FirstHorizon = 1.5;
    private const double SecondHorizon = 6;

    // Wx and Wu: what following a ray costs, in passes forward.
    private const long ProductsOfRay = 2;

    /// <inheritdoc/>
    public ScoreWorkspace CreateWorkspace(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return new Workspace(this, threads);
    }

    /// <inheritdoc/>
    public void ScoresAndGradients(
        Matrix<float> inputs, Span<double> scores, Matrix<float>? gradients, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        Workspace own = ScoreCall.Begin<Workspace>(this, inputs, scores.Length, gradients, workspace);
        own.Gradients.Run(inputs, scores, gradients, own.Threads, own.Progress, cancellation);
    }

    /// <inheritdoc/>
    public void ScoresInDouble(Matrix<double> inputs, Span<BoundedScore> scores, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        Workspace own = ScoreCall.Begin<Workspace>(this, inputs, scores.Length, workspace);
        own.Doubles.Run(inputs, scores, own.Threads, own.Progress, cancellation);
    }

    /// <inheritdoc/>
    public void FirstSignChanges(RayBatch rays, Span<RayCrossing> crossings, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        Workspace own = ScoreCall.Begin<Workspace>(this, rays, crossings.Length, workspace);
        double[] expected = rays.ExpectedLengths ?? ExpectLengths(rays, own, cancellation);
        RayCrossing[] found = new RayCrossing[rays.Count];
        bool[] open = new bool[rays.Count];
        Array.Fill(open, true);
        Array.Fill(found, RayCrossing.None);
        foreach (double reach in (ReadOnlySpan<double>)[FirstHorizon, SecondHorizon, double.PositiveInfinity])
        {
            // The last round goes to the limit whatever was expected: a useless guess costs time, never a crossing.
            bool last = double.IsPositiveInfinity(reach);
            int[] selected = [.. Enumerable.Range(0, rays.Count).Where(ray => open[ray] && (last || (expected[ray] > 0 && double.IsFinite(expected[ray]))))];
            double[] horizons = [.. selected.Select(ray => last ? rays.LimitOf(ray) : Math.Min(rays.LimitOf(ray), reach * expected[ray]))];
            own.CountPasses(ProductsOfRay * selected.Length, 0);
            own.Rays.Run(rays, selected, horizons, manyKinks: reach > FirstHorizon, own.Threads, own.Progress, cancellation, (position, score, slope, kinks) =>
            {
                int ray = selected[position];
                double sign = double.IsNaN(score) ? 0 : Math.Sign(score);
                if (sign == 0)
                {
                    open[ray] = false;
                    return;
                }

                // Turned so that the ray starts above zero.
                if (sign < 0)
                {
                    foreach (ref Kink kink in kinks.Items)
                    {
                        kink = kink with { Weight = -kink.Weight };
                    }
                }

                double horizon = horizons[position];
                if (PiecewiseLinearRay.TryFindSignChange(sign * score, sign * slope, kinks.Items, horizon, out (double Time, double Slope) crossing))
                {
                    found[ray] = new(crossing.Time, sign * crossing.Slope);
                    open[ray] = false;
                }
                else if (horizon >= rays.LimitOf(ray))
                {
                    open[ray] = false;
                }
            });
        }

        found.CopyTo(crossings);
    }

    /// <summary>Where the linearised network would cross zero; +∞ where it does not.</summary>
    private static double[] ExpectLengths(RayBatch rays, Workspace own, CancellationToken cancellation)
    {
        double[] expected = new double[rays.Count];
        double[] nowhere = new double[rays.Count];
        Array.Fill(nowhere, -1);
        own.CountPasses(ProductsOfRay * rays.Count, 0);
        own.Rays.Run(rays, [.. Enumerable.Range(0, rays.Count)], nowhere, manyKinks: false, own.Threads, own.Progress, cancellation, (ray, score, slope, _) =>
        {
            double length = -score / slope;
            expected[ray] = length > 0 ? length : double.PositiveInfinity;
        });
        return expected;
    }

    /// <summary>The passes with their buffers.</summary>
    private sealed class Workspace(TwoLayerNetwork network, int threads) : ScoreWorkspace(network, threads)
    {
        public GradientPass Gradients { get; } = new(network, threads);

        public RayPass Rays { get; } = new(network, threads);

        public DoublePass Doubles { get; } = new(network, threads);

        protected override void Dispose(bool disposing)
        {
            Gradients.Dispose();
            Rays.Dispose();
            Doubles.Dispose();
        }
    }
}
