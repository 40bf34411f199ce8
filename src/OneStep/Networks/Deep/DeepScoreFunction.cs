using OneStep.Networks.Deep.Passes;
using OneStep.Numerics;

namespace OneStep.Networks.Deep;

/// <summary>
/// A scalar of a deep network's outputs, z_o − max_j z_j over some competitors j or z_o alone, as a score function: exact
/// along rays, since it is piecewise linear (docs/mathematics.md §15).
/// </summary>
public abstract class DeepScoreFunction : IScoreFunction
{
    /// <summary>Checks the output and asks for its competitors.</summary>
    private protected DeepScoreFunction(DeepNetwork network, int output, Func<int, int, int[]> competitors)
    {
        ArgumentNullException.ThrowIfNull(network);
        InvalidParameterException.Require(output >= 0 && output < network.Outputs, nameof(output), output, $"an output from 0 to {network.Outputs - 1}");
        Network = network;
        Margin = new(output, competitors(network.Outputs, output));
    }

    /// <summary>The network. Its weights may not change as long as a workspace lives.</summary>
    public DeepNetwork Network { get; }

    /// <summary>o.</summary>
    public int Output => Margin.Output;

    /// <inheritdoc/>
    public int InputDimension => Network.InputDimension;

    /// <summary>The scalar.</summary>
    internal OutputMargin Margin { get; }

    /// <inheritdoc/>
    public ScoreWorkspace CreateWorkspace(int threads) => new Workspace(this, threads);

    /// <inheritdoc/>
    public void ScoresAndGradients(
        Matrix<float> inputs, Span<double> scores, Matrix<float>? gradients, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RequireShape(inputs.Columns, inputs.Rows, scores.Length);
        if (gradients is not null && (gradients.Rows != inputs.Rows || gradients.Columns != inputs.Columns))
        {
            throw new ArgumentException("Gradients need the shape of the inputs.", nameof(gradients));
        }

        Workspace own = Own(workspace);
        double[] values = new double[inputs.Rows];
        own.CountPasses(inputs.Rows, gradients is null ? 0 : inputs.Rows);
        own.Gradients.Run(inputs, values, gradients, own.Threads, own.Progress, cancellation);
        values.CopyTo(scores);
    }

    /// <inheritdoc/>
    public void ScoresInDouble(Matrix<double> inputs, Span<BoundedScore> scores, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        RequireShape(inputs.Columns, inputs.Rows, scores.Length);
        Workspace own = Own(workspace);
        BoundedScore[] values = new BoundedScore[inputs.Rows];
        own.CountPasses(inputs.Rows, 0);
        own.Doubles.Run(inputs, values, own.Threads, own.Progress, cancellation);
        values.CopyTo(scores);
    }

    /// <inheritdoc/>
    public void FirstSignChanges(RayBatch rays, Span<RayCrossing> crossings, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rays);
        RequireShape(rays.Origins.Columns, rays.Count, crossings.Length);
        rays.RequireOneValuePerRay();
        Workspace own = Own(workspace);
        long before = own.Rays.ForwardPasses;
        own.Rays.FirstSignChanges(rays, own.Threads, own.Progress, cancellation).CopyTo(crossings);
        own.CountPasses(own.Rays.ForwardPasses - before, 0);
    }

    private Workspace Own(ScoreWorkspace workspace)
    {
        if (workspace is not Workspace own || own.Function != this)
        {
            throw new ArgumentException("The workspace belongs to another score function.", nameof(workspace));
        }

        ObjectDisposedException.ThrowIf(own.IsDisposed, own);
        return own;
    }

    private void RequireShape(int dimension, int count, int results)
    {
        if (dimension != InputDimension)
        {
            throw new ArgumentException($"The network takes inputs of dimension {InputDimension}, not {dimension}.", nameof(dimension));
        }

        if (count != results)
        {
            throw new ArgumentException($"There are {count} inputs, but room for {results} results.", nameof(results));
        }
    }

    /// <summary>The passes with their buffers.</summary>
    private sealed class Workspace : ScoreWorkspace
    {
        private readonly OutputProducts _outputs;

        public Workspace(DeepScoreFunction function, int threads)
            : base(threads)
        {
            Function = function;
            _outputs = new(function.Network);
            Gradients = new(function.Network, function.Margin, _outputs, threads);
            Doubles = new(function.Network, function.Margin, threads);
            Rays = new(function.Network, function.Margin, _outputs, threads);
        }

        public DeepScoreFunction Function { get; }

        public bool IsDisposed { get; private set; }

        public DeepGradientPass Gradients { get; }

        public DeepDoublePass Doubles { get; }

        public DeepRays Rays { get; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            Gradients.Dispose();
            Doubles.Dispose();
            Rays.Dispose();
            _outputs.Dispose();
        }
    }
}
