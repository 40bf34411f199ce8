using OneStep.Networks.Deep;

namespace OneStep.Attacks.GradientFlow;

/// <summary>
/// The path of the gradient flow dx/dt = −y ∇f(x) of a ReLU network, y = sign f(x₀), piece by piece: straight inside a linear
/// region, through a boundary or along it (docs/mathematics.md §17).
/// </summary>
internal sealed class ExactFlowPath
{
    // Pieces of no length that may follow each other: more than meet in a corner, and the path does not get on.
    private const int MostInACorner = 256;

    // δ goes beyond the boundary by so many units of float32's last place, doubled while the stored δ does not flip.
    private const double StoredUlp = 1.0 / (1 << 23);
    private const int Enlargements = 7;

    // The part of |f(x)| that the other sign must have to count as certain here; the verifier decides.
    private const double CertainPart = 1e-9;

    private readonly LinearRegion _region;
    private readonly SlidingSet _sliding;
    private readonly OutputMargin _margin;
    private readonly double[] _weights;
    private readonly double[] _start;
    private readonly double[] _velocity;
    private readonly int _mostPieces;

    // y, and the competitor whose output counts in the present piece.
    private int _sign;
    private int _competitor;

    /// <summary>Makes room for the paths of a score.</summary>
    /// <param name="network">The network.</param>
    /// <param name="margin">The score, a scalar of the outputs.</param>
    /// <param name="mostPieces">The most pieces of a path.</param>
    public ExactFlowPath(DeepNetwork network, OutputMargin margin, int mostPieces)
    {
        _region = new(network);
        _sliding = new(_region);
        _margin = margin;
        _weights = new double[network.Outputs];
        _start = new double[network.InputDimension];
        _velocity = new double[network.InputDimension];
        _mostPieces = mostPieces;
    }

    /// <summary>The pieces of the last path.</summary>
    public int Pieces { get; private set; }

    /// <summary>The length of the last path.</summary>
    public double Length { get; private set; }

    /// <summary>The most neurons on whose boundaries the last path slid at once.</summary>
    public int MostSliding { get; private set; }

    /// <summary>Called at the end of every piece with the point and the score there; null for nobody.</summary>
    public Action<double[], double>? Visited { get; init; }

    /// <summary>Follows the flow until the score is zero.</summary>
    /// <param name="input">x, [d].</param>
    /// <param name="perturbation">Receives δ as stored, a little beyond the boundary, [d].</param>
    /// <param name="cancellation">Ends the call early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Whether the stored δ flips the sign: not where the path ends in a minimum or has too many pieces.</returns>
    public bool TryFollow(ReadOnlySpan<float> input, Span<float> perturbation, CancellationToken cancellation)
    {
        for (int k = 0; k < input.Length; k++)
        {
            _start[k] = input[k];
        }

        _region.MoveTo(_start);
        _sliding.Clear();
        (Pieces, Length, MostSliding) = (0, 0, 0);
        (double score, _competitor) = _margin.Of(_region.Outputs);
        _sign = Math.Sign(score);
        SetWeights();
        return score != 0 && TryReachBoundary(cancellation) && TryStore(input, Math.Abs(score), perturbation);
    }

    private bool TryReachBoundary(CancellationToken cancellation)
    {
        for (int inCorner = 0; Pieces < _mostPieces && inCorner <= MostInACorner;)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!_sliding.TrySetGradient(_weights, _velocity))
            {
                return false;
            }

            MostSliding = Math.Max(MostSliding, _sliding.Count);
            foreach (ref double k in _velocity.AsSpan())
            {
                k = -k;
            }

            _region.Differentiate(_velocity);
            double slope = Dot(_weights, _region.OutputDerivatives);
            if (!(slope < 0))
            {
                return false;
            }

            double left = Math.Max(Dot(_weights, _region.Outputs), 0) / -slope;
            RegionBoundary? boundary = _region.FirstBoundary();
            (double tie, int competitor) = FirstTie();
            double next = Math.Min(boundary?.Length ?? double.PositiveInfinity, tie);
            double length = Math.Min(left, next);
            _region.Advance(_velocity, length);
            Length += length * Math.Sqrt(Dot(_velocity, _velocity));
            Pieces += length > 0 ? 1 : 0;
            inCorner = length > 0 ? 0 : inCorner + 1;
            Visited?.Invoke(_region.Position.ToArray(), Dot(_weights, _region.Outputs));
            if (left <= next)
            {
                return true;
            }

            if (tie <= next)
            {
                _competitor = competitor;
                SetWeights();
            }
            else
            {
                Meet(boundary!.Value.Neuron);
            }
        }

        return false;
    }

    /// <summary>Where another competitor gets as large as the one that counts: there the score bends downwards, and the flow
    /// goes through.</summary>
    private (double Length, int Competitor) FirstTie()
    {
        (double Length, int Competitor) first = (double.PositiveInfinity, OutputMargin.None);
        foreach (int j in _margin.Competitors)
        {
            double approach = j == _competitor ? 0 : _region.OutputDerivatives[j] - _region.OutputDerivatives[_competitor];
            double length = Math.Max(_region.Outputs[_competitor] - _region.Outputs[j], 0) / approach;
            if (approach > 0 && length < first.Length)
            {
                first = (length, j);
            }
        }

        return first;
    }

    private void SetWeights()
    {
        Array.Clear(_weights);
        _weights[_margin.Output] = _sign;
        if (_competitor != OutputMargin.None)
        {
            _weights[_competitor] = -_sign;
        }
    }

    /// <summary>At a boundary: where the score bends upwards across it the flow may stay on it, elsewhere it goes through.</summary>
    private void Meet(HiddenNeuron neuron)
    {
        // The sensitivities must be those of the present pattern: normals have overwritten them.
        _region.Gradient(_weights, _velocity);
        if (_region.Sensitivity(neuron) > 0)
        {
            _region.SetActivity(neuron, _region.Activity(neuron));
            _sliding.Add(neuron);
        }
        else
        {
            _region.Cross(neuron);
        }
    }

    private bool TryStore(ReadOnlySpan<float> input, double score, Span<float> perturbation)
    {
        double[] end = _region.Position.ToArray();
        double speed = Math.Sqrt(Dot(_velocity, _velocity));
        double norm = 0;
        for (int k = 0; k < end.Length; k++)
        {
            end[k] -= _start[k];
            norm += end[k] * end[k];
        }

        for (int round = 0; round < Enlargements; round++)
        {
            double beyond = Math.Sqrt(norm) * StoredUlp * (1 << round) / speed;
            for (int k = 0; k < end.Length; k++)
            {
                perturbation[k] = (float)(end[k] + (beyond * _velocity[k]));
            }

            Numerics.Vectors.Sum(input, perturbation, _start);
            _region.MoveTo(_start);
            if (_sign * _margin.Of(_region.Outputs).Value < -CertainPart * score)
            {
                return true;
            }
        }

        return false;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
