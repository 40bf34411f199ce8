using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.TangentKernel;

/// <summary>
/// A function of a kernel's space, f(x) = Σ_i α_i K(x_i, x): what an infinitely wide network becomes that starts at f = 0 and
/// is trained (docs/mathematics.md §18). Scores, gradients and rays are computed in float64. It is homogeneous, f(c x) = c f(x)
/// for c > 0, and smooth but at its own inputs.
/// </summary>
public sealed partial class KernelPredictor : IDisposable
{
    private readonly KernelInputs _inputs;
    private readonly double[] _coefficients;

    // α_i ‖x_i‖.
    private readonly double[] _weights;

    /// <summary>Makes the function.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="inputs">x_1, …, x_n, [n, d]; they are copied. It takes 16 n d bytes.</param>
    /// <param name="coefficients">α, [n], finite.</param>
    /// <exception cref="ArgumentException">There is not one finite coefficient for every input.</exception>
    public KernelPredictor(ReluTangentKernel kernel, Matrix<float> inputs, IReadOnlyList<double> coefficients)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(coefficients);
        ArgumentOutOfRangeException.ThrowIfLessThan(inputs.Rows, 1, nameof(inputs));
        if (coefficients.Count != inputs.Rows || !coefficients.All(double.IsFinite))
        {
            throw new ArgumentException("There must be one finite coefficient for every input.", nameof(coefficients));
        }

        Kernel = kernel;
        _inputs = new KernelInputs(inputs, withCoordinates: true);
        _coefficients = [.. coefficients];
        _weights = [.. _coefficients.Zip(_inputs.Norms, (a, norm) => a * norm)];
    }

    /// <summary>The kernel.</summary>
    public ReluTangentKernel Kernel { get; }

    /// <summary>α, [n].</summary>
    public IReadOnlyList<double> Coefficients => _coefficients;

    /// <summary>The input dimension d.</summary>
    public int InputDimension => _inputs.Dimension;

    /// <inheritdoc/>
    public ScoreWorkspace CreateWorkspace(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return new Workspace(this, threads);
    }

    /// <inheritdoc/>
    public void Dispose() => _inputs.Dispose();

    /// <summary>The buffers of every worker.</summary>
    private sealed class Workspace(KernelPredictor predictor, int threads) : ScoreWorkspace(predictor, threads)
    {
        private readonly KernelPass?[] _passes = new KernelPass?[threads];

        public KernelPass Of(int worker) => _passes[worker] ??= new(predictor.Kernel, predictor._inputs, predictor._coefficients, predictor._weights);

        protected override void Dispose(bool disposing) => Array.ForEach(_passes, pass => pass?.Dispose());
    }
}
