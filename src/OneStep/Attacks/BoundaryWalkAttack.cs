using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Attacks;

/// <summary>
/// A strong minimum-norm ℓ2 attack: sequential linearisation with exact rays, then a walk along the decision boundary,
/// from the single step and from random restarts (docs/mathematics.md §10). Every perturbation it keeps ends exactly on
/// the boundary, so it is never longer than the single step it starts from.
/// </summary>
public sealed record BoundaryWalkAttack : IMinimumNormAttack
{
    // A walk whose step has shrunk to this part of a full linearisation has arrived.
    private const double SmallestStep = 1.0 / 64;

    // A gain below this part of the length is no gain.
    private const double Gain = 1e-6;

    /// <summary>Boundary points visited from every start, at least 1. Default 48: hardly any walk is still under way then.</summary>
    public int Steps { get; init; } = 48;

    /// <summary>Random starts beside the single step, at least 0. Default 0: on wide networks they hardly ever find anything shorter.</summary>
    public int Restarts { get; init; }

    /// <summary>How far a random start lies from x, in lengths of the best perturbation so far. Default 1.</summary>
    public double RestartRadius { get; init; } = 1;

    /// <summary>The seed of the random starts.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public string Name => "boundary-walk";

    /// <inheritdoc/>
    public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        int count = inputs.Inputs.Rows;
        var directions = new Matrix<float>(count, inputs.Inputs.Columns);
        RayCrossing[] crossings = new RayCrossing[count];
        using ScoreWorkspace workspace = inputs.Function.CreateWorkspace(execution.Threads);
        foreach ((int first, int length) in Chunks.Of(count, inputs.Inputs.Columns))
        {
            var chunk = new Walk(this, inputs, first, length, workspace, execution.Cancellation);
            chunk.Run();
            chunk.Best.Directions.Data.CopyTo(directions.Data, first * directions.Columns);
            chunk.Best.Crossings.CopyTo(crossings, first);
            execution.Progress?.Report(new(Name, first + length, count));
        }

        return new(directions, crossings);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} (steps {Steps}, restarts {Restarts}, restart radius {RestartRadius}, seed {Seed})";

    /// <summary>The walk of one chunk of inputs.</summary>
    private sealed class Walk
    {
        private readonly BoundaryWalkAttack _attack;
        private readonly IScoreFunction _function;
        private readonly Matrix<float> _inputs;
        private readonly double[] _scores;
        private readonly int _first;
        private readonly ScoreWorkspace _workspace;
        private readonly CancellationToken _cancellation;

        public Walk(BoundaryWalkAttack attack, AttackInputs inputs, int first, int length, ScoreWorkspace workspace, CancellationToken cancellation)
        {
            _attack = attack;
            _function = inputs.Function;
            _inputs = inputs.Inputs.RowRange(first, length);
            _scores = inputs.Scores[first..(first + length)];
            _first = first;
            _workspace = workspace;
            _cancellation = cancellation;
            Best = new(new(length, _inputs.Columns), new RayCrossing[length]);
            Array.Fill(Best.Crossings, RayCrossing.None);
            Start = inputs.Gradients.RowRange(first, length);
        }

        public PerturbationCandidates Best { get; }

        private Matrix<float> Start { get; }

        public void Run()
        {
            WalkFrom(Start);
            for (int restart = 0; restart < _attack.Restarts; restart++)
            {
                WalkFrom(RandomStart(restart));
            }
        }

        /// <summary>The gradients at random points around the inputs.</summary>
        private Matrix<float> RandomStart(int restart)
        {
            var random = new RandomStream(_attack.Seed, RandomPurpose.AttackRestarts);
            var points = new Matrix<float>(_inputs.Rows, _inputs.Columns);
            for (int i = 0; i < points.Rows; i++)
            {
                Span<float> point = points.Row(i);
                random.Gaussians(((long)restart << 32) + _first + i, point);
                double length = Best.Crossings[i].Exists ? Best.Crossings[i].Length : Vectors.Norm(_inputs.Row(i));
                Vectors.SetUnit(point, _attack.RestartRadius * length, point);
                for (int k = 0; k < point.Length; k++)
                {
                    point[k] += _inputs[i, k];
                }
            }

            var gradients = new Matrix<float>(points.Rows, points.Columns);
            _function.ScoresAndGradients(points, new double[points.Rows], gradients, _workspace, _cancellation);
            return gradients;
        }

        /// <summary>Steps from boundary point to boundary point, each time turning towards the normal there.</summary>
        private void WalkFrom(Matrix<float> gradients)
        {
            int[] open = [.. Enumerable.Range(0, _inputs.Rows)];
            var directions = new Matrix<float>(_inputs.Rows, _inputs.Columns);
            double[] lengths = new double[_inputs.Rows];
            double[] steps = new double[_inputs.Rows];
            Array.Fill(lengths, double.PositiveInfinity);
            Array.Fill(steps, 1);
            Matrix<float> normals = gradients.RowRange(0, gradients.Rows);
            for (int step = 0; step <= _attack.Steps && open.Length > 0; step++)
            {
                Matrix<float> trial = Turn(open, directions, normals, steps);
                RayCrossing[] crossings = FollowRays(open, trial, lengths);
                var stillOpen = new List<int>();
                for (int i = 0; i < open.Length; i++)
                {
                    int row = open[i];
                    if (crossings[i].Length < lengths[row] * (1 - Gain))
                    {
                        lengths[row] = crossings[i].Length;
                        trial.Row(i).CopyTo(directions.Row(row));
                        steps[row] = Math.Min(1, 2 * steps[row]);
                        Keep(row, trial.Row(i), crossings[i]);
                    }
                    else
                    {
                        steps[row] /= 4;
                    }

                    if (steps[row] >= SmallestStep && double.IsFinite(lengths[row]))
                    {
                        stillOpen.Add(row);
                    }
                }

                open = [.. stillOpen];
                normals = NormalsAtBoundary(open, directions, lengths, normals);
            }
        }

        private void Keep(int row, ReadOnlySpan<float> direction, RayCrossing crossing)
        {
            if (crossing.Length < Best.Crossings[row].Length)
            {
                direction.CopyTo(Best.Directions.Row(row));
                Best.Crossings[row] = crossing;
            }
        }

        /// <summary>Directions turned from the present ones towards −sign(f) ∇f; a full step is a linearisation.</summary>
        private Matrix<float> Turn(int[] open, Matrix<float> directions, Matrix<float> normals, double[] steps)
        {
            var trial = new Matrix<float>(open.Length, _inputs.Columns);
            for (int i = 0; i < open.Length; i++)
            {
                int row = open[i];
                Span<float> turned = trial.Row(i);
                Vectors.SetUnit(normals.Row(row), -Math.Sign(_scores[row]) * steps[row], turned);
                for (int k = 0; k < turned.Length; k++)
                {
                    turned[k] += (float)((1 - steps[row]) * directions[row, k]);
                }

                Vectors.SetUnit(turned, 1, turned);
            }

            return trial;
        }

        private RayCrossing[] FollowRays(int[] open, Matrix<float> trial, double[] lengths)
        {
            // Nobody asks for crossings behind the best one so far.
            double[] limits = [.. open.Select(row => lengths[row])];
            double[] expected = [.. open.Select((row, i) => Math.Min(limits[i], ExpectedLength(row)))];
            RayCrossing[] crossings = new RayCrossing[open.Length];
            var rays = new RayBatch(_inputs.SelectRows(open), trial) { Limits = limits, ExpectedLengths = expected };
            _function.FirstSignChanges(rays, crossings, _workspace, _cancellation);
            return crossings;
        }

        private double ExpectedLength(int row) =>
            Best.Crossings[row].Exists ? Best.Crossings[row].Length : Math.Abs(_scores[row]) / Vectors.Norm(Start.Row(row));

        private Matrix<float> NormalsAtBoundary(int[] open, Matrix<float> directions, double[] lengths, Matrix<float> reuse)
        {
            var points = new Matrix<float>(open.Length, _inputs.Columns);
            for (int i = 0; i < open.Length; i++)
            {
                int row = open[i];
                for (int k = 0; k < points.Columns; k++)
                {
                    points[i, k] = (float)(_inputs[row, k] + (lengths[row] * directions[row, k]));
                }
            }

            var gradients = new Matrix<float>(open.Length, _inputs.Columns);
            _function.ScoresAndGradients(points, new double[open.Length], gradients, _workspace, _cancellation);
            for (int i = 0; i < open.Length; i++)
            {
                gradients.Row(i).CopyTo(reuse.Row(open[i]));
            }

            return reuse;
        }
    }
}
