using OneStep.Numerics;

namespace OneStep.Networks.Deep.Passes;

/// <summary>
/// f of a batch in float64 with a bound on its rounding error (docs/mathematics.md §15): forward with a coarse bound layer by
/// layer, then backward from the score, which says what the error of every layer does to it.
/// </summary>
internal sealed class DeepDoublePass : IDisposable
{
    private readonly DeepNetwork _network;
    private readonly OutputMargin _margin;
    private readonly BoundedForward[] _workers;

    public DeepDoublePass(DeepNetwork network, OutputMargin margin, int threads)
    {
        _network = network;
        _margin = margin;
        _workers = new BoundedForward[threads];
    }

    /// <summary>Runs the pass; see <see cref="IScoreFunction.ScoresInDouble"/>.</summary>
    public void Run(Matrix<double> inputs, BoundedScore[] scores, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        LayerNorms norms = _network.Norms();
        InputGroups.Run(inputs.Rows, LayerProducts.Inputs, threads, progress, cancellation, (first, count, worker) =>
        {
            BoundedForward own = _workers[worker] ??= new(_network);
            own.Run(norms, inputs, first, count);
            Score(own, norms, scores.AsSpan(first, count), cancellation);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (BoundedForward? worker in _workers)
        {
            worker?.Dispose();
        }
    }

    /// <summary>
    /// The scores and their bounds. The largest competitor needs a bound of its own; another one only where the coarse bound
    /// cannot tell that it stays behind. Most often one round does.
    /// </summary>
    private void Score(BoundedForward forward, LayerNorms norms, Span<BoundedScore> scores, CancellationToken cancellation)
    {
        double[] outputs = new double[_network.Outputs];
        int[] competitors = new int[scores.Length];
        bool[] open = new bool[scores.Length];
        bool[,] bounded = new bool[scores.Length, _network.Outputs];
        double[] errors = new double[scores.Length];
        for (int lane = 0; lane < scores.Length; lane++)
        {
            forward.CopyOutputs(lane, outputs);
            (double value, competitors[lane]) = _margin.Of(outputs);
            scores[lane] = new(value, 0);
            open[lane] = true;
        }

        while (Array.IndexOf(open, value: true) >= 0)
        {
            cancellation.ThrowIfCancellationRequested();
            forward.BoundMargins(norms, _margin.Output, competitors, errors);
            for (int lane = 0; lane < scores.Length; lane++)
            {
                if (open[lane])
                {
                    forward.CopyOutputs(lane, outputs);
                    double behind = Behind(outputs, competitors[lane], scores[lane].Value);
                    scores[lane] = scores[lane] with { ErrorBound = Math.Max(scores[lane].ErrorBound, errors[lane] - behind) };
                    if (competitors[lane] != OutputMargin.None)
                    {
                        bounded[lane, competitors[lane]] = true;
                    }

                    competitors[lane] = NextCompetitor(forward, norms, outputs, scores[lane], bounded, lane);
                    open[lane] = competitors[lane] != OutputMargin.None;
                }
            }
        }
    }

    /// <summary>A competitor that might be ahead of the largest by more than the bound says; most often there is none.</summary>
    private int NextCompetitor(BoundedForward forward, LayerNorms norms, double[] outputs, BoundedScore score, bool[,] bounded, int lane)
    {
        foreach (int j in _margin.Competitors)
        {
            double coarse = forward.CoarseBound(norms, _margin.Output, lane) + forward.CoarseBound(norms, j, lane);
            if (!bounded[lane, j] && !(coarse - Behind(outputs, j, score.Value) <= score.ErrorBound))
            {
                return j;
            }
        }

        return OutputMargin.None;
    }

    /// <summary>How far a competitor is behind the largest one.</summary>
    private double Behind(double[] outputs, int competitor, double margin) =>
        competitor == OutputMargin.None ? 0 : outputs[_margin.Output] - outputs[competitor] - margin;
}
