using System.Runtime.Intrinsics;
using OneStep.Numerics;

namespace OneStep.Networks.Deep;

/// <content>Gradients in the input, from the outputs or a hidden neuron backwards through the pattern.</content>
public sealed partial class LinearRegion
{
    // ∂/∂h of every layer, before its ReLU.
    private readonly double[][] _signals;
    private readonly int[] _identity;
    private readonly Vector512<double>[] _sums;

    /// <summary>The gradient of c · outputs in the input.</summary>
    /// <param name="outputWeights">c, [K].</param>
    /// <param name="gradient">Receives the gradient, [d].</param>
    public void Gradient(ReadOnlySpan<double> outputWeights, Span<double> gradient) =>
        Gradient(outputWeights, _identity.AsSpan(0, Network.InputDimension), gradient);

    /// <summary>The gradient of c · outputs in some coordinates of the input.</summary>
    /// <param name="outputWeights">c, [K].</param>
    /// <param name="coordinates">Which coordinates.</param>
    /// <param name="gradient">Receives the gradient, as many as coordinates.</param>
    public void Gradient(ReadOnlySpan<double> outputWeights, ReadOnlySpan<int> coordinates, Span<double> gradient)
    {
        double[] last = _signals[^1];
        Array.Clear(last);
        outputWeights.CopyTo(last);
        Backwards(Network.Layers.Count - 1, coordinates, gradient);
    }

    /// <summary>The Jacobian of the outputs in some coordinates of the input.</summary>
    /// <param name="coordinates">Which coordinates.</param>
    /// <param name="jacobian">Receives one row an output, as many columns as coordinates.</param>
    public void Jacobian(ReadOnlySpan<int> coordinates, Matrix<double> jacobian)
    {
        ArgumentNullException.ThrowIfNull(jacobian);
        for (int output = 0; output < Network.Outputs; output++)
        {
            double[] last = _signals[^1];
            Array.Clear(last);
            last[output] = 1;
            Backwards(Network.Layers.Count - 1, coordinates, jacobian.Row(output));
        }
    }

    /// <summary>The gradient of a hidden neuron's pre-activation in some coordinates: the normal of its boundary.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="coordinates">Which coordinates; all d where empty.</param>
    /// <param name="normal">Receives the gradient, as many as coordinates.</param>
    public void Normal(HiddenNeuron neuron, ReadOnlySpan<int> coordinates, Span<double> normal)
    {
        double[] own = _signals[neuron.Layer];
        Array.Clear(own);
        own[neuron.Neuron] = 1;
        Backwards(neuron.Layer, coordinates.IsEmpty ? _identity.AsSpan(0, Network.InputDimension) : coordinates, normal);
    }

    /// <summary>The derivative of the last <see cref="Gradient(ReadOnlySpan{double}, Span{double})"/>'s function in what a
    /// hidden neuron puts out.</summary>
    public double Sensitivity(HiddenNeuron neuron) => _signals[neuron.Layer][neuron.Neuron];

    /// <summary>From ∂/∂z of a layer, in its signals, down to the input.</summary>
    private void Backwards(int layer, ReadOnlySpan<int> coordinates, Span<double> gradient)
    {
        ReadOnlySpan<double> signal = _signals[layer];
        for (int l = layer; l > 0; l--)
        {
            int width = Network.Layers[l - 1].Rows;
            double[] below = _signals[l - 1];
            LayerInDouble.MultiplyTransposed(Network.Layers[l], signal, _identity.AsSpan(0, width), _sums, below);

            // The signals stay as ∂/∂h; what goes on is ∂/∂z.
            double[] through = _hidden[l - 1];
            for (int s = 0; s < width; s++)
            {
                through[s] = below[s] * _activities[l - 1][s];
            }

            through.AsSpan(width).Clear();
            signal = through;
        }

        LayerInDouble.MultiplyTransposed(Network.Layers[0], signal, coordinates, _sums, gradient);
    }
}
