using OneStep.Networks.Deep.Passes;
using OneStep.Numerics;

namespace OneStep.Networks.Deep;

/// <content>Outputs, first kinks, and the norms that error bounds are made of.</content>
public sealed partial class DeepNetwork
{
    private LayerNorms? _norms;

    /// <summary>Computes the outputs of a batch; the hidden layers in the working precision.</summary>
    /// <param name="inputs">The inputs x, [n, d].</param>
    /// <param name="threads">How many threads may be used; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the call early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The outputs z_L(x), [n, K].</returns>
    public Matrix<double> OutputsOf(Matrix<float> inputs, int threads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        RequireDimension(inputs.Columns);
        var outputs = new Matrix<double>(inputs.Rows, Outputs);
        using var last = new OutputProducts(this);
        var workers = new ForwardBlocks[threads];
        try
        {
            InputGroups.Run(inputs.Rows, ForwardBlocks.GroupSizeFor(inputs.Rows, threads), threads, progress: null, cancellation, (first, count, worker) =>
            {
                ForwardBlocks own = workers[worker] ??= new(this, last);
                own.Run(inputs, first, count);
                own.CopyOutputs(count, outputs, first);
            });
        }
        finally
        {
            foreach (ForwardBlocks? worker in workers)
            {
                worker?.Dispose();
            }
        }

        return outputs;
    }

    /// <summary>Finds, for every ray x + t u, the smallest t > 0 at which a pre-activation changes sign: how far the ray stays in
    /// the linear region that it starts in (docs/mathematics.md §15).</summary>
    /// <param name="rays">The rays; limits and expected lengths do not matter.</param>
    /// <param name="threads">How many threads may be used; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the call early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>t of each ray; +∞ where it never leaves the region.</returns>
    public double[] FirstKinks(RayBatch rays, int threads, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rays);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        RequireDimension(rays.Origins.Columns);
        double[] kinks = new double[rays.Count];
        using var last = new OutputProducts(this);
        var workers = new RayLines[threads];
        try
        {
            InputGroups.Run(rays.Count, LayerProducts.Inputs, threads, progress: null, cancellation, (first, count, worker) =>
            {
                RayLines own = workers[worker] ??= new(this, last);
                Span<double> zeros = stackalloc double[LayerProducts.Inputs];
                zeros.Clear();
                own.Begin(rays, first, count);
                own.Follow(zeros);
                own.FirstKinks.AsSpan(0, count).CopyTo(kinks.AsSpan(first));
            });
        }
        finally
        {
            foreach (RayLines? worker in workers)
            {
                worker?.Dispose();
            }
        }

        return kinks;
    }

    /// <summary>The multiply-adds of a layer's product with one input.</summary>
    internal static long MultiplyAddsOf(PackedWeights layer) => (long)layer.Rows * layer.Columns;

    /// <summary>The norms of the layers as they are now; computed again only where a weight has changed.</summary>
    internal LayerNorms Norms()
    {
        LayerNorms? norms = _norms;
        if (norms is null || norms.Fingerprint != LayerNorms.FingerprintOf(this))
        {
            norms = new(this);
            _norms = norms;
        }

        return norms;
    }

    private void RequireDimension(int dimension)
    {
        if (dimension != InputDimension)
        {
            throw new ArgumentException($"The network takes inputs of dimension {InputDimension}, not {dimension}.", nameof(dimension));
        }
    }
}
