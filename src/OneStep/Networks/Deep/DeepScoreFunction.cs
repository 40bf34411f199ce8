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
        Workspace own = ScoreCall.Begin<Workspace>(this, inputs, scores.Length, gradients, workspace);
        double[] values = new double[inputs.Rows];
        own.Gradients.Run(inputs, values, gradients, own.Threads, own.Progress, cancellation);
        values.CopyTo(scores);
    }

    /// <inheritdoc/>
    public void ScoresInDouble(Matrix<double> inputs, Span<BoundedScore> scores, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        Workspace own = ScoreCall.Begin<Workspace>(this, inputs, scores.Length, workspace);
        BoundedScore[] values = new BoundedScore[inputs.Rows];
        own.Doubles.Run(inputs, values, own.Threads, own.Progress, cancellation);
        values.CopyTo(scores);
    }

    /// <inheritdoc/>
    public void FirstSignChanges(RayBatch rays, Span<RayCrossing> crossings, ScoreWorkspace workspace, CancellationToken cancellation)
    {
        Workspace own = ScoreCall.Begin<Workspace>(this, rays, crossings.Length, workspace);
        long before = own.Rays.ForwardPasses;
        own.Rays.FirstSignChanges(rays, own.Threads, own.Progress, cancellation).CopyTo(crossings);
        own.CountPasses(own.Rays.ForwardPasses - before, 0);
    }

    /// <summary>The passes with their buffers.</summary>
    private sealed class Workspace : ScoreWorkspace
    {
        private readonly OutputProducts _outputs;

        public Workspace(DeepScoreFunction function, int threads)
            : base(function, threads)
        {
            _outputs = new(function.Network);
            Gradients = new(function.Network, function.Margin, _outputs, threads);
            Doubles = new(function.Network, function.Margin, threads);
            Rays = new(function.Network, function.Margin, _outputs, threads);
        }

        public DeepGradientPass Gradients { get; }

        public DeepDoublePass Doubles { get; }

        public DeepRays Rays { get; }

        protected override void Dispose(bool disposing)
        {
            Gradients.Dispose();
            Doubles.Dispose();
            Rays.Dispose();
            _outputs.Dispose();
        }
    }
}
