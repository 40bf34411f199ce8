using OneStep.Numerics;

namespace OneStep.Certificates.Robustness;

/// <summary>
/// A quadratic lower bound on y f(x + δ) around a centre between x and the best known perturbation, minimised over a ball by its dual,
/// which a Cholesky factorisation proves (docs/mathematics.md §7). It comes within a few percent of the best attack on wide networks
/// near initialisation.
/// </summary>
/// <remarks>Where the centre lies and how flat the parabolas are is looked for on a grid, in lengths of the known perturbation; without
/// one, in lengths of |f|/‖∇f‖ along −y ∇f.</remarks>
public sealed record CentredQuadraticBound : TwoLayerBound
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
    public override string Name => "centred-quadratic";

    /// <inheritdoc/>
    private protected override string Describe() => FormattableString.Invariant($"{Name} (evaluations {Evaluations})");

    /// <inheritdoc/>
    private protected override Func<IInputSearch> Prepare(TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation)
    {
        InvalidParameterException.Require(Evaluations >= 1, "evaluations", Evaluations, "an integer from 1 on");
        return () => new Search(this, rows, inputs, cancellation);
    }

    private sealed class Search(CentredQuadraticBound bound, TwoLayerRows rows, RobustnessInputs inputs, CancellationToken cancellation)
        : TwoLayerSearch(rows, inputs, cancellation)
    {
        private readonly QuadraticDirection _direction = new(rows);
        private readonly QuadraticModel _model = new(rows);
        private readonly QuadraticDual _dual = new(rows.Network.InputDimension, cancellation);

        public override void Dispose()
        {
            _model.Dispose();
            _dual.Dispose();
            base.Dispose();
        }

        protected override double FindRadius(ReadOnlySpan<float> perturbation)
        {
            double[] towards = Array.ConvertAll(perturbation.ToArray(), v => (double)v);
            double length = Array.Exists(towards, v => v != 0) ? _direction.Set(towards, Cancellation) : 0;
            double reach = length > 0 ? length : double.PositiveInfinity;
            if (length == 0)
            {
                double[] gradient = Array.ConvertAll(At.Gradient(Factors, Cancellation), g => -g);
                double slope = Math.Sqrt(RowProducts.Dot(gradient, gradient));
                if (!(slope > 0))
                {
                    return 0;
                }

                _direction.Set(gradient, Cancellation);
                length = At.Value / slope;
            }

            return length > 0 && double.IsFinite(length) ? Climb(length, reach) : 0;
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
                _model.Build(At, _direction, length * place.Step / MostSteps, threshold, reach, Cancellation);
            }
        }

        private static bool IsOutside((int Threshold, int Step) place) =>
            place.Threshold is < LeastThreshold or > MostThreshold || place.Step is < 0 or > MostSteps;
    }
}
