using OneStep.Numerics;

namespace OneStep.Networks;

/// <summary>
/// A scalar function f of the input whose sign is the predicted label: a two-layer network, a deep one, a kernel
/// predictor, the margin between two outputs. Everything is batched: one row of a matrix is one input. Attacks and
/// certificates are written against this contract alone.
/// </summary>
public interface IScoreFunction
{
    /// <summary>The input dimension d.</summary>
    int InputDimension { get; }

    /// <summary>Makes the buffers that calls reuse. A workspace serves one call at a time.</summary>
    /// <param name="threads">How many threads a call may use; results do not depend on it.</param>
    ScoreWorkspace CreateWorkspace(int threads);

    /// <summary>Computes f(x) and, where asked for, ∇f(x) of every input, in the working precision.</summary>
    /// <param name="inputs">The inputs x, [n, d].</param>
    /// <param name="scores">Receives f(x), [n].</param>
    /// <param name="gradients">Receives ∇f(x), [n, d]; null to compute scores alone.</param>
    /// <param name="workspace">Buffers from <see cref="CreateWorkspace"/>.</param>
    /// <param name="cancellation">Ends the call early with an <see cref="OperationCanceledException"/>.</param>
    void ScoresAndGradients(
        Matrix<float> inputs, Span<double> scores, Matrix<float>? gradients, ScoreWorkspace workspace, CancellationToken cancellation);

    /// <summary>
    /// Finds, for every ray x + t u, the first t > 0 behind which the sign of f is the opposite of its sign at x:
    /// inf{t > 0 : sign(f(x)) f(x + t u) &lt; 0} (docs/mathematics.md §3). Exact where f is piecewise linear.
    /// Touching zero is no change.
    /// </summary>
    /// <param name="rays">The rays; their number is n.</param>
    /// <param name="crossings">Receives the crossing of each ray, [n]; <see cref="RayCrossing.None"/> where there is none
    /// up to the ray's limit.</param>
    /// <param name="workspace">Buffers from <see cref="CreateWorkspace"/>.</param>
    /// <param name="cancellation">Ends the call early with an <see cref="OperationCanceledException"/>.</param>
    void FirstSignChanges(RayBatch rays, Span<RayCrossing> crossings, ScoreWorkspace workspace, CancellationToken cancellation);

    /// <summary>Computes f in float64 with a bound on its own rounding error, for verification (docs/mathematics.md §13).</summary>
    /// <param name="inputs">The inputs, [n, d].</param>
    /// <param name="scores">Receives f(x) and the bound on the error of each, [n].</param>
    /// <param name="workspace">Buffers from <see cref="CreateWorkspace"/>.</param>
    /// <param name="cancellation">Ends the call early with an <see cref="OperationCanceledException"/>.</param>
    void ScoresInDouble(Matrix<double> inputs, Span<BoundedScore> scores, ScoreWorkspace workspace, CancellationToken cancellation);
}

/// <summary>Buffers that a score function reuses from call to call.</summary>
public abstract class ScoreWorkspace : IDisposable
{
    private readonly PassCounter _own = new();
    private readonly List<PassCounter> _listeners = [];

    /// <summary>Remembers whose workspace it is, and how many threads a call may use.</summary>
    /// <param name="function">The function that makes it.</param>
    /// <param name="threads">At least 1.</param>
    protected ScoreWorkspace(IScoreFunction function, int threads)
    {
        ArgumentNullException.ThrowIfNull(function);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Function = function;
        Threads = threads;
    }

    /// <summary>The function that made it, which alone may use it.</summary>
    public IScoreFunction Function { get; }

    /// <summary>Whether the buffers were given back.</summary>
    public bool IsDisposed { get; private set; }

    /// <summary>How many threads a call may use.</summary>
    public int Threads { get; }

    /// <summary>Inputs × passes forward that the calls on this workspace took so far: 1 for a score, 1 for a score with its
    /// gradient, 2 for the products of a ray.</summary>
    public long ForwardPasses => _own.Counts.Forward;

    /// <summary>Inputs × passes backward: 1 for a gradient.</summary>
    public long BackwardPasses => _own.Counts.Backward;

    /// <summary>
    /// Told, from the calling thread, which part of a pass is done, 0 to 1, where passes are long: networks that draw their
    /// weights anew. A call may take several passes, so that it starts again.
    /// </summary>
    public IProgress<double>? Progress { get; set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        IsDisposed = true;
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Counts what a call takes; implementations of <see cref="IScoreFunction"/> call it.</summary>
    /// <param name="forward">Inputs × passes forward.</param>
    /// <param name="backward">Inputs × passes backward.</param>
    public void CountPasses(long forward, long backward)
    {
        _own.Add(forward, backward);
        foreach (PassCounter listener in _listeners)
        {
            listener.Add(forward, backward);
        }
    }

    /// <summary>Counts the passes from now on in another place as well.</summary>
    internal void CountIn(PassCounter counter) => _listeners.Add(counter);

    /// <summary>Gives the buffers back.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>A score computed in float64 and a bound on its distance from the exact value.</summary>
/// <param name="Value">The computed f(x).</param>
/// <param name="ErrorBound">E ≥ |computed − exact|.</param>
public readonly record struct BoundedScore(double Value, double ErrorBound)
{
    /// <summary>+1 or −1 where the sign of the exact score is certain, 0 where rounding could change it.</summary>
    public int CertainSign => Value > ErrorBound ? 1 : Value < -ErrorBound ? -1 : 0;
}

/// <summary>Where a ray first leaves the region of its label.</summary>
/// <param name="Length">t, in units of the direction's length; +∞ where no sign change exists up to the limit.</param>
/// <param name="Slope">∂f/∂t of the linear piece on which the crossing lies; 0 where there is none.</param>
public readonly record struct RayCrossing(double Length, double Slope)
{
    /// <summary>No sign change up to the limit.</summary>
    public static RayCrossing None { get; } = new(double.PositiveInfinity, 0);

    /// <summary>Whether a sign change was found.</summary>
    public bool Exists => double.IsFinite(Length);
}
