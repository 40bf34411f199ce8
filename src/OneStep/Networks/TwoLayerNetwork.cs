using OneStep.Numerics;

namespace OneStep.Networks;

/// <summary>
/// The poster's network, f(x; W) = m^{-1/2} Σ_s a_s relu(w_s · x), with fixed signs a_s and relu'(0) = 0. With biases
/// every w_s has one more coordinate, which multiplies a constant 1 that no perturbation changes.
/// </summary>
public sealed partial class TwoLayerNetwork : IDisposable
{
    /// <summary>Makes a network from its weights, which it then owns.</summary>
    /// <param name="weights">W, [m, d], or [m, d + 1] with biases, the bias last.</param>
    /// <param name="signs">a, [m], each −1 or +1.</param>
    /// <param name="hasBias">Whether the last column of W is a bias.</param>
    public TwoLayerNetwork(PackedWeights weights, sbyte[] signs, bool hasBias)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(signs);
        if (signs.Length != weights.Rows || Array.Exists(signs, a => a is not (1 or -1)))
        {
            throw new ArgumentException("There must be one sign, -1 or +1, for every row of the weights.", nameof(signs));
        }

        if (hasBias)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(weights.Columns, 2, nameof(weights));
        }

        Weights = weights;
        Signs = signs;
        HasBias = hasBias;
        SignLanes = PadSigns(signs, weights.PanelCount);
    }

    /// <summary>W, [m, d] or, with biases, [m, d + 1].</summary>
    public PackedWeights Weights { get; }

    /// <summary>a, [m], each −1 or +1.</summary>
    public IReadOnlyList<sbyte> Signs { get; }

    /// <summary>Whether the last column of W is a bias.</summary>
    public bool HasBias { get; }

    /// <summary>The width m.</summary>
    public int Width => Weights.Rows;

    /// <summary>The input dimension d.</summary>
    public int InputDimension => Weights.Columns - (HasBias ? 1 : 0);

    /// <summary>m^{-1/2}.</summary>
    internal double OutputScale => 1 / Math.Sqrt(Width);

    /// <summary>a as floats, one a lane, 0 in the lanes behind the last neuron.</summary>
    internal NativeBuffer<float> SignLanes { get; }

    /// <summary>A copy with weights of its own.</summary>
    public TwoLayerNetwork Clone() => new(Weights.Clone(), [.. Signs], HasBias);

    /// <inheritdoc/>
    public void Dispose()
    {
        Weights.Dispose();
        SignLanes.Dispose();
    }

    private static unsafe NativeBuffer<float> PadSigns(sbyte[] signs, int panels)
    {
        var lanes = new NativeBuffer<float>((nint)panels * PackedWeights.Lanes);
        for (int s = 0; s < signs.Length; s++)
        {
            lanes.Pointer[s] = signs[s];
        }

        return lanes;
    }
}
