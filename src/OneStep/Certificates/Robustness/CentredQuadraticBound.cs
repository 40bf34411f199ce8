using OneStep.Attacks;
using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// A quadratic lower bound on y f(x + δ) around a centre between x and the best known perturbation, minimised over a ball by its dual,
/// which a Cholesky factorisation proves (docs/mathematics.md §7). It comes within a few percent of the best attack on wide networks
/// near initialisation.
/// </summary>
/// <remarks>Where the centre lies and how flat the parabolas are is looked for on a grid, in lengths of the known perturbation; without
/// one, in lengths of |f|/‖∇f‖ along −y ∇f.</remarks>
public sealed record CentredQuadraticBound : IRobustnessBound
{
    private const int DefaultEvaluations = 12;

    // A neighbour on the grid must be better by this part.
    private const double Gain = 1e-3;

    // The grid, in lengths: θ = 2^{i/2} and t = j/8, first every other point of it.
    private const int LeastThreshold = -6;
    private const int MostThreshold = 8;
    private const int MostSteps = 8;
    private const int FirstStride = 2;

    // On wide networks the best centre is about three quarters of the way.
    private static readonly (int Threshold, int Step) Start = (0, 6);

    private static readonly (int Threshold, int Step)[] Neighbours = [(-1, 0), (0, 1), (0, -1), (1, 0)];

    /// <summary>How many points of the grid are looked at, at least 1; each costs m d² multiplications. Default 12.</summary>
    public int Evaluations { get; init; } = DefaultEvaluations;

    /// <inheritdoc/>
    public string Name => "centred-quadratic";

    /// <inheritdoc/>
    public bool Supports(IScoreFunction candidate) => TwoLayerRows.Supports(candidate);

    /// <inheritdoc/>
    /// <exception cref="InvalidParameterException">A parameter is out of its range.</exception>
    public double[] Radii(RobustnessInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        InvalidParameterException.Require(Evaluations >= 1, "evaluations", Evaluations, "an integer from 1 on");
        TwoLayerRows rows = TwoLayerRows.Of(inputs);
        return InputSearches.Run(inputs, Name, execution, () => new Search(this, rows, inputs, execution.Cancellation));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name} (evaluations {Evaluations})");

    private sealed class Search(CentredQuadraticBound bound, TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation) : IInputSearch
    {
        private readonly RowsAtInput _at = new(rows);
        private readonly QuadraticDirection _direction = new(rows);
        private readonly QuadraticModel _model = new(rows);
        private readonly QuadraticDual _dual = new(rows.Network.InputDimension, cancellation);
        private readonly double[] _factors = new double[rows.Width];

        public double Radius(int input)
        {
            int sign = inputs.Signs[input];
            _at.MoveTo(inputs.Inputs.Row(input), sign, cancellation);
            double[] towards = Array.ConvertAll(inputs.Perturbations.Row(input).ToArray(), v => (double)v);
            double length = Array.Exists(towards, v => v != 0) ? _direction.Set(towards, cancellation) : 0;
            double reach = length > 0 ? length : double.PositiveInfinity;
            if (length == 0)
            {
                double[] gradient = Array.ConvertAll(_at.Gradient(_factors, cancellation), g => -g);
                double slope = Math.Sqrt(RowProducts.Dot(gradient, gradient));
                if (!(slope > 0))
                {
                    return 0;
                }

                _direction.Set(gradient, cancellation);
                length = _at.Value / slope;
            }

            return length > 0 && double.IsFinite(length) ? Climb(length, reach) : 0;
        }

        public void Dispose()
        {
            _model.Dispose();
            _dual.Dispose();
        }

        private double Climb(double length, double reach)
        {
            var seen = new HashSet<(int Threshold, int Step)>();
            (int Threshold, int Step) at = Start;
            (int Threshold, int Step) built = Start;
            (double Radius, double Multiplier) best = Evaluate(at, length);
            for (int stride = FirstStride; stride > 0; stride /= 2)
            {
                for (bool improved = true; improved;)
                {
                    improved = false;
                    foreach ((int threshold, int step) in Neighbours)
                    {
                        (int Threshold, int Step) next = (at.Threshold + (stride * threshold), at.Step + (stride * step));
                        if (IsOutside(next) || seen.Count >= bound.Evaluations || seen.Contains(next))
                        {
                            continue;
                        }

                        (double Radius, double Multiplier) found = Evaluate(next, best.Radius > 0 ? best.Radius : length);
                        if (found.Radius > best.Radius * (1 + Gain))
                        {
                            (best, at) = (found, next);
                            improved = true;
                        }
                    }
                }
            }

            if (built != at)
            {
                Build(at);
            }

            return best.Radius > 0 ? _dual.Prove(_model, best.Multiplier, reach) : 0;

            (double Radius, double Multiplier) Evaluate((int Threshold, int Step) place, double scale)
            {
                seen.Add(place);
                Build(place);
                return _dual.Estimate(_model, scale);
            }

            void Build((int Threshold, int Step) place)
            {
                built = place;
                int octave = (place.Threshold - (place.Threshold & 1)) / 2;
                double threshold = Math.ScaleB((place.Threshold & 1) == 0 ? length : Math.Sqrt(2) * length, octave);
                _model.Build(_at, _direction, length * place.Step / MostSteps, threshold, reach, cancellation);
            }
        }

        private static bool IsOutside((int Threshold, int Step) place) =>
            place.Threshold is < LeastThreshold or > MostThreshold || place.Step is < 0 or > MostSteps;
    }
}
