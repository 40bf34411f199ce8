using OneStep.Numerics;

namespace OneStep.Networks.Deep;

/// <summary>A hidden neuron.</summary>
/// <param name="Layer">Its layer, from 0.</param>
/// <param name="Neuron">Its place in the layer, from 0.</param>
public readonly record struct HiddenNeuron(int Layer, int Neuron);

/// <summary>Where a straight line leaves a linear region.</summary>
/// <param name="Length">t, in lengths of the direction, at least 0.</param>
/// <param name="Neuron">The neuron whose pre-activation becomes zero there.</param>
public readonly record struct RegionBoundary(double Length, HiddenNeuron Neuron);

/// <summary>
/// A point and the linear region of a network around it, in float64 (docs/mathematics.md §17). The region is its activation
/// pattern: inside it, every pre-activation and output is an affine function of the input. The pattern is kept, not read off
/// the pre-activations: going into the next region changes the bit of the neuron that is zero at the boundary, and rounding
/// of that zero does not matter. One walk at a time uses it; it allocates nothing after it is made.
/// </summary>
public sealed partial class LinearRegion
{
    private readonly double[] _position;
    private readonly double[][] _preActivations;
    private readonly double[][] _derivatives;

    // 1 active, 0 inactive, in between for a neuron that stays at zero.
    private readonly double[][] _activities;

    // Scratch of one layer: what the next one takes in, and where that is not zero.
    private readonly double[][] _hidden;
    private readonly double[] _inputs;
    private readonly int[] _support;

    /// <summary>Makes room for the regions of a network, at the input 0.</summary>
    public LinearRegion(DeepNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        _position = new double[network.InputDimension];
        _inputs = new double[network.InputDimension + 1];
        double[][] Vectors() => [.. network.Layers.Select(layer => new double[LayerInDouble.LengthFor(layer)])];
        (_preActivations, _derivatives, _activities, _hidden, _signals) = (Vectors(), Vectors(), Vectors(), Vectors(), Vectors());
        _support = new int[network.Layers.Max(layer => layer.Columns)];
        _identity = [.. Enumerable.Range(0, _support.Length)];
        _sums = new System.Runtime.Intrinsics.Vector512<double>[_support.Length];
        MoveTo(_position);
    }

    /// <summary>The network.</summary>
    public DeepNetwork Network { get; }

    /// <summary>How many layers have ReLUs.</summary>
    public int HiddenLayers => Network.Layers.Count - 1;

    /// <summary>x, [d].</summary>
    public ReadOnlySpan<double> Position => _position;

    /// <summary>The outputs at x, [K].</summary>
    public ReadOnlySpan<double> Outputs => _preActivations[^1].AsSpan(0, Network.Outputs);

    /// <summary>The derivatives of the outputs along the direction last given to <see cref="Differentiate"/>, [K].</summary>
    public ReadOnlySpan<double> OutputDerivatives => _derivatives[^1].AsSpan(0, Network.Outputs);

    /// <summary>The pre-activations of a layer at x, [width].</summary>
    public ReadOnlySpan<double> PreActivations(int layer) => _preActivations[layer].AsSpan(0, Network.Layers[layer].Rows);

    /// <summary>The derivatives of a layer's pre-activations along the direction last given to <see cref="Differentiate"/>, [width].</summary>
    public ReadOnlySpan<double> Derivatives(int layer) => _derivatives[layer].AsSpan(0, Network.Layers[layer].Rows);

    /// <summary>The activation pattern of a hidden layer, [width]: 1 active, 0 inactive.</summary>
    public ReadOnlySpan<double> Activities(int layer) => _activities[layer].AsSpan(0, Network.Layers[layer].Rows);

    /// <summary>Goes to a point and takes the pattern from its pre-activations; zero counts as inactive.</summary>
    /// <param name="position">x, [d].</param>
    public void MoveTo(ReadOnlySpan<double> position)
    {
        position.CopyTo(_position);
        position.CopyTo(_inputs);
        _inputs[^1] = 1;
        ReadOnlySpan<double> taken = _inputs;
        for (int l = 0; l < Network.Layers.Count; l++)
        {
            PackedWeights layer = Network.Layers[l];
            double[] z = _preActivations[l];
            LayerInDouble.Multiply(layer, taken, _support, z);
            if (l < HiddenLayers)
            {
                for (int s = 0; s < layer.Rows; s++)
                {
                    _activities[l][s] = z[s] > 0 ? 1 : 0;
                    _hidden[l][s] = Math.Max(z[s], 0);
                }

                _hidden[l][layer.Rows] = 1;
                taken = _hidden[l];
            }
        }
    }

    /// <summary>Computes how fast all pre-activations and outputs change along a direction, inside the region.</summary>
    /// <param name="direction">u, [d].</param>
    public void Differentiate(ReadOnlySpan<double> direction)
    {
        direction.CopyTo(_inputs);
        _inputs[^1] = 0;
        ReadOnlySpan<double> taken = _inputs;
        for (int l = 0; l < Network.Layers.Count; l++)
        {
            PackedWeights layer = Network.Layers[l];
            double[] slopes = _derivatives[l];
            LayerInDouble.Multiply(layer, taken, _support, slopes);
            if (l < HiddenLayers)
            {
                for (int s = 0; s < layer.Rows; s++)
                {
                    _hidden[l][s] = _activities[l][s] * slopes[s];
                }

                _hidden[l][layer.Rows] = 0;
                taken = _hidden[l];
            }
        }
    }

    /// <summary>The first boundary of the region along the direction last given to <see cref="Differentiate"/>: the smallest
    /// t ≥ 0 at which a neuron would get a sign that its bit does not have; null where there is none. Neurons that are neither
    /// active nor inactive have no boundary.</summary>
    public RegionBoundary? FirstBoundary()
    {
        double first = double.PositiveInfinity;
        HiddenNeuron neuron = default;
        for (int l = 0; l < HiddenLayers; l++)
        {
            ReadOnlySpan<double> z = PreActivations(l);
            ReadOnlySpan<double> slopes = Derivatives(l);
            ReadOnlySpan<double> activities = Activities(l);
            for (int s = 0; s < z.Length; s++)
            {
                // Towards the boundary: downwards where active, upwards where not.
                double side = activities[s] == 1 ? 1 : activities[s] == 0 ? -1 : 0;
                double approach = -side * slopes[s];
                if (approach > 0 && side * z[s] < first * approach)
                {
                    // Rounding may have put it a little beyond; then the boundary is here.
                    first = Math.Max(side * z[s] / approach, 0);
                    neuron = new(l, s);
                }
            }
        }

        return double.IsFinite(first) ? new(first, neuron) : null;
    }

    /// <summary>Goes along the direction last given to <see cref="Differentiate"/>, inside the region.</summary>
    /// <param name="direction">That direction u, [d].</param>
    /// <param name="length">t: x becomes x + t u.</param>
    public void Advance(ReadOnlySpan<double> direction, double length)
    {
        AddScaled(direction, length, _position);
        for (int l = 0; l < Network.Layers.Count; l++)
        {
            AddScaled(_derivatives[l], length, _preActivations[l]);
        }
    }

    /// <summary>Goes into the region on the other side of a neuron's boundary.</summary>
    public void Cross(HiddenNeuron neuron) => SetActivity(neuron, 1 - Activity(neuron));

    /// <summary>The activity of a neuron: 1 active, 0 inactive.</summary>
    public double Activity(HiddenNeuron neuron) => Activities(neuron.Layer)[neuron.Neuron];

    /// <summary>Overrides the pattern at a neuron whose pre-activation is zero.</summary>
    /// <param name="neuron">The neuron.</param>
    /// <param name="activity">1 active, 0 inactive; a number in between takes that part of its derivative, and its
    /// pre-activation is zero from then on.</param>
    public void SetActivity(HiddenNeuron neuron, double activity)
    {
        _activities[neuron.Layer][neuron.Neuron] = activity;
        _preActivations[neuron.Layer][neuron.Neuron] = 0;
    }

    private static void AddScaled(ReadOnlySpan<double> vector, double scale, Span<double> total)
    {
        for (int k = 0; k < vector.Length; k++)
        {
            total[k] += scale * vector[k];
        }
    }
}
