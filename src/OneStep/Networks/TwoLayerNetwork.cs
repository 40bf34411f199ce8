using OneStep.Numerics;

namespace OneStep.Networks;

/// <summary>
/// The poster's network, f(x; W) = m^{-1/2} Σ_s a_s relu(w_s · x), with fixed signs a_s and relu'(0) = 0. With biases
/// every w_s has one more coordinate, which multiplies a constant 1 that no perturbation changes.
/// </summary>
public sealed partial class TwoLayerNetwork : IDisposable
{
    private readonly PackedWeights? _weights;

    // Not a number as long as nobody has asked.
    private double _drawnNormSum = double.NaN;

    /// <summary>Makes a network from its weights, which it then owns.</summary>
    /// <param name="weights">W, [m, d], or [m, d + 1] with biases, the bias last.</param>
    /// <param name="signs">a, [m], each −1 or +1.</param>
    /// <param name="hasBias">Whether the last column of W is a bias.</param>
    public TwoLayerNetwork(PackedWeights weights, sbyte[] signs, bool hasBias)
        : this((IPanelSource)weights, signs, hasBias)
    {
    }

    /// <summary>Makes a network from weights that need not be in memory.</summary>
    internal TwoLayerNetwork(IPanelSource weights, sbyte[] signs, bool hasBias)
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

        Panels = weights;
        _weights = weights as PackedWeights;
        Signs = signs;
        HasBias = hasBias;
        SignLanes = PadSigns(signs, weights.PanelCount);
    }

    /// <summary>W, [m, d] or, with biases, [m, d + 1].</summary>
    /// <exception cref="InvalidOperationException">No memory holds them: see <see cref="HoldsWeights"/>.</exception>
    public PackedWeights Weights => _weights ?? throw new InvalidOperationException(
        "This network draws its weights anew in every pass and holds none; draw it with Initialization.Draw to have them.");

    /// <summary>Whether memory holds the weights; otherwise every pass draws them anew, and they cannot change.</summary>
    public bool HoldsWeights => _weights is not null;

    /// <summary>a, [m], each −1 or +1.</summary>
    public IReadOnlyList<sbyte> Signs { get; }

    /// <summary>Whether the last column of W is a bias.</summary>
    public bool HasBias { get; }

    /// <summary>The width m.</summary>
    public int Width => Panels.Rows;

    /// <summary>The input dimension d.</summary>
    public int InputDimension => Panels.Columns - (HasBias ? 1 : 0);

    /// <summary>Where passes read W.</summary>
    internal IPanelSource Panels { get; }

    /// <summary>m^{-1/2}.</summary>
    internal double OutputScale => 1 / Math.Sqrt(Width);

    /// <summary>a as floats, one a lane, 0 in the lanes behind the last neuron.</summary>
    internal NativeBuffer<float> SignLanes { get; }

    /// <summary>A copy with weights of its own.</summary>
    public TwoLayerNetwork Clone() => new(_weights?.Clone() ?? Panels, [.. Signs], HasBias);

    /// <inheritdoc/>
    public void Dispose()
    {
        _weights?.Dispose();
        SignLanes.Dispose();
    }

    /// <summary>Σ_s ‖w_s‖, taken once where the weights are drawn: they cannot change, and drawing them costs much.</summary>
    internal double SumRowNorms(int threads, CancellationToken cancellation)
    {
        if (HoldsWeights)
        {
            return RowNorms.Sum(Panels, threads, cancellation);
        }

        double sum = Volatile.Read(ref _drawnNormSum);
        if (double.IsNaN(sum))
        {
            sum = RowNorms.Sum(Panels, threads, cancellation);
            Volatile.Write(ref _drawnNormSum, sum);
        }

        return sum;
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
