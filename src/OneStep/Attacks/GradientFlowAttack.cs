using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// Gradient flow in small steps [DS21]: from x along dx/dt = −sign(f(x₀)) ∇f(x), in Euler steps of one length, until the sign of f
/// changes; the last step ends exactly on the boundary (docs/mathematics.md §14). Steps and path length are reported beside δ.
/// </summary>
public sealed record GradientFlowAttack : IMinimumNormAttack
{
    // How much beyond the last step the boundary may be found: the rounding of points and scores to single precision.
    private const double Slack = 1.01;

    /// <summary>The length of a step as a part of the first-order length |f(x₀)|/‖∇f(x₀)‖, above 0, at most 1. Default 1/50.</summary>
    public double StepLength { get; init; } = 0.02;

    /// <summary>Steps at most, at least 1. Default 1000: twenty first-order lengths.</summary>
    public int MaximumSteps { get; init; } = 1000;

    /// <inheritdoc/>
    public string Name => "gradient-flow";

    /// <inheritdoc/>
    public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        InvalidParameterException.Require(StepLength is > 0 and <= 1, "step-length", StepLength, "a number above 0, at most 1");
        InvalidParameterException.Require(MaximumSteps >= 1, "maximum-steps", MaximumSteps, "an integer from 1 on");
        int count = inputs.Inputs.Rows;
        var directions = new Matrix<float>(count, inputs.Inputs.Columns);
        RayCrossing[] crossings = new RayCrossing[count];
        Array.Fill(crossings, RayCrossing.None);
        SearchPath?[] paths = new SearchPath?[count];
        using ScoreWorkspace workspace = inputs.Function.CreateWorkspace(execution.Threads);
        foreach ((int first, int length) in Chunks.Of(count, inputs.Inputs.Columns))
        {
            var batch = new AttackBatch(inputs, first, length, workspace, execution.Cancellation);
            new Flow(this, batch, inputs.Inputs.Columns).Run((row, direction, crossing, path) =>
            {
                direction.CopyTo(directions.Row(first + row));
                crossings[first + row] = crossing;
                paths[first + row] = path;
            });
            execution.Progress?.Report(new(Name, first + length, count));
        }

        return new(directions, crossings) { Paths = paths };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} (step length {StepLength}, at most {MaximumSteps} steps)";

    private delegate void Arrival(int row, ReadOnlySpan<float> direction, RayCrossing crossing, SearchPath path);

    /// <summary>The flow of one chunk of inputs.</summary>
    private sealed class Flow
    {
        private readonly GradientFlowAttack _attack;
        private readonly AttackBatch _batch;
        private readonly double[] _lengths;

        // Where the last step began and where it went, one row an input of the chunk.
        private readonly Matrix<float> _starts;
        private readonly Matrix<float> _directions;

        public Flow(GradientFlowAttack attack, AttackBatch batch, int dimension)
        {
            _attack = attack;
            _batch = batch;
            _lengths = [.. Enumerable.Range(0, batch.Length).Select(i => attack.StepLength * Math.Abs(batch.Scores[i]) / Vectors.Norm(batch.Gradients.Row(i)))];
            _starts = new(batch.Length, dimension);
            _directions = new(batch.Length, dimension);
        }

        public void Run(Arrival arrive)
        {
            for (int step = 1; step <= _attack.MaximumSteps && _batch.Count > 0; step++)
            {
                _batch.ForEach(Step);
                _batch.RemoveFinished();
                _batch.Evaluate(gradients: step < _attack.MaximumSteps);
                EndOnBoundary(step, arrive);
                _batch.RemoveFinished();
            }
        }

        private void Step(int position, int row)
        {
            Span<float> direction = _directions.Row(row);
            if (Vectors.SetUnit(_batch.Gradients.Row(position), -_batch.SignOf(row), direction) == 0)
            {
                // The flow rests here.
                _batch.Finish(position);
                return;
            }

            _batch.Points.Row(position).CopyTo(_starts.Row(row));
            Vectors.AddScaled(direction, (float)_lengths[row], _batch.Perturbations.Row(row));
            _batch.SetPoint(position);
        }

        /// <summary>Follows the last step of those whose sign has changed to the boundary itself.</summary>
        private void EndOnBoundary(int step, Arrival arrive)
        {
            int[] crossed = [.. Enumerable.Range(0, _batch.Count).Where(position => _batch.MarginAt(position) < 0)];
            if (crossed.Length == 0)
            {
                return;
            }

            int[] rows = Array.ConvertAll(crossed, _batch.RowAt);
            double[] lengths = Array.ConvertAll(rows, row => _lengths[row]);
            var rays = new RayBatch(_starts.SelectRows(rows), _directions.SelectRows(rows))
            {
                Limits = Array.ConvertAll(lengths, length => length * Slack),
                ExpectedLengths = lengths,
            };
            RayCrossing[] crossings = new RayCrossing[rows.Length];
            _batch.Follow(rays, crossings);
            for (int i = 0; i < rows.Length; i++)
            {
                double last = crossings[i].Exists ? crossings[i].Length : lengths[i];
                var path = new SearchPath(step, ((step - 1) * lengths[i]) + last);
                RayCrossing crossing = SetPerturbation(rows[i], last, crossings[i].Slope);
                arrive(rows[i], _batch.Perturbations.Row(rows[i]), crossing, path);
                _batch.Finish(crossed[i]);
            }
        }

        /// <summary>Sets δ to the unit vector from x to the end of the path.</summary>
        /// <returns>Its length, and how f changes along it.</returns>
        private RayCrossing SetPerturbation(int row, double last, double slope)
        {
            Span<float> perturbation = _batch.Perturbations.Row(row);
            ReadOnlySpan<float> input = _batch.Input(row);
            ReadOnlySpan<float> start = _starts.Row(row);
            ReadOnlySpan<float> direction = _directions.Row(row);
            for (int k = 0; k < perturbation.Length; k++)
            {
                perturbation[k] = (float)((double)start[k] - input[k] + (last * direction[k]));
            }

            // ∇f on the last piece is nearly parallel to the last step, so that the slope along δ is that part of it.
            double norm = Vectors.SetUnit(perturbation, 1, perturbation);
            return new(norm, slope * Math.Max(Vectors.Dot(perturbation, direction), 0));
        }
    }
}
