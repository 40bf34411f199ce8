using OneStep.Networks;
using OneStep.Numerics;
using OneStep.Numerics.Randomness;

namespace OneStep.Attacks;

/// <summary>
/// Projected gradient descent on y f within a ball [MMSTV18]: normalised steps −y ∇f/‖∇f‖, in ℓ∞ −y sign ∇f, each followed by
/// the projection to the budget (docs/mathematics.md §2, §14). The iterate with the smallest y f is kept.
/// </summary>
public sealed record ProjectedGradientAttack : IFixedBudgetAttack
{
    /// <summary>The largest length, and the largest step as a multiple of a budget: far beyond any input, and small enough that float32
    /// holds what they make together.</summary>
    public const double Largest = 1_000_000;

    /// <summary>The norm of the budget, ℓ2 or ℓ∞. Default ℓ2.</summary>
    public NormKind Norm { get; init; }

    /// <summary>Gradient steps k from every start, at least 1. Default 20.</summary>
    public int Steps { get; init; } = 20;

    /// <summary>The length of a step as a multiple of ε, above 0, at most 1000000; null, the default, for 2.5/k.</summary>
    public double? StepSize { get; init; }

    /// <summary>Whether the first start is random in the ball instead of x itself. Default false.</summary>
    public bool RandomStart { get; init; }

    /// <summary>Further starts, random in the ball, at least 0. Default 0.</summary>
    public int Restarts { get; init; }

    /// <summary>Whether x + δ must stay in [0, 1] in every coordinate. Default false.</summary>
    public bool Clip { get; init; }

    /// <summary>The seed of the random starts.</summary>
    public ulong Seed { get; init; }

    /// <inheritdoc/>
    public string Name => "pgd";

    /// <inheritdoc/>
    public PerturbationCandidates Search(AttackInputs inputs, IReadOnlyList<double> budgets, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(budgets);
        ArgumentNullException.ThrowIfNull(execution);
        InvalidParameterException.Require(Norm is NormKind.L2 or NormKind.LInfinity, "norm", Norm, "L2 or LInfinity");
        InvalidParameterException.Require(Steps >= 1, "steps", Steps, "an integer from 1 on");
        InvalidParameterException.Require(Restarts >= 0, "restarts", Restarts, "an integer from 0 on");
        InvalidParameterException.Require(
            StepSize is null or (> 0 and <= Largest), "step-size", StepSize, "a number above 0, at most 1000000");
        RequireBudgets(budgets);
        int count = inputs.Inputs.Rows;
        var perturbations = new Matrix<float>(count, inputs.Inputs.Columns);
        RayCrossing[] crossings = new RayCrossing[count];
        Array.Fill(crossings, RayCrossing.None);
        using ScoreWorkspace workspace = inputs.Function.CreateWorkspace(execution.Threads);
        ProjectedGradientSteps? steps = null;
        foreach ((int first, int length) in Chunks.Of(count, inputs.Inputs.Columns))
        {
            if (steps?.Scores.Length != length)
            {
                steps = new(length, inputs.Inputs.Columns, execution.Threads);
            }

            var chunk = new Chunk(this, inputs, first, steps, [.. budgets.Skip(first).Take(length).Select(budget => new PerturbationRegion(budget, Clip, Norm))], workspace, execution.Cancellation);
            chunk.Run();
            for (int i = 0; i < length; i++)
            {
                if (chunk.SmallestMargins[i] < 0)
                {
                    // δ stands in the direction as it is: its length is not the verifier's to change.
                    chunk.Best.Row(i).CopyTo(perturbations.Row(first + i));
                    crossings[first + i] = new(1, 0);
                }
            }

            execution.Progress?.Report(new(Name, first + length, count));
        }

        return new(perturbations, crossings);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{Name} ({(Norm == NormKind.LInfinity ? "ℓ∞, " : string.Empty)}steps {Steps}, step size {RelativeStepSize} ε, {(RandomStart ? "random" : "plain")} start, restarts {Restarts}")
        + (Clip ? ", clipped" : string.Empty)
        + (RandomStart || Restarts > 0 ? FormattableString.Invariant($", seed {Seed})") : ")");

    private double RelativeStepSize => StepSize ?? DefaultStepSize(Steps);

    /// <summary>2.5/k: enough to go from anywhere in the ball to its boundary, and along it.</summary>
    internal static double DefaultStepSize(int steps) => 2.5 / steps;

    /// <summary>Throws unless float32 can hold what the budgets make.</summary>
    internal static void RequireBudgets(IReadOnlyList<double> budgets)
    {
        foreach (double budget in budgets)
        {
            InvalidParameterException.Require(budget is >= 0 and <= Largest, "budget", budget, "a number from 0 to 1000000");
        }
    }

    /// <summary>Throws unless an option is a length that float32 can hold.</summary>
    internal static void RequireLength(string parameter, double value) =>
        InvalidParameterException.Require(value is > 0 and <= Largest, parameter, value, "a number above 0, at most 1000000");

    /// <summary>The attack on one chunk of inputs.</summary>
    private sealed class Chunk(
        ProjectedGradientAttack attack,
        AttackInputs inputs,
        int first,
        ProjectedGradientSteps steps,
        PerturbationRegion[] regions,
        ScoreWorkspace workspace,
        CancellationToken cancellation)
    {
        private readonly Matrix<float> _inputs = inputs.Inputs.RowRange(first, steps.Scores.Length);
        private readonly int[] _labels = [.. inputs.Scores.AsSpan(first, steps.Scores.Length).ToArray().Select(Math.Sign)];

        private readonly int[] _rows = [.. inputs.Positions.Skip(first).Take(steps.Scores.Length)];

        /// <summary>The best δ of every input so far.</summary>
        public Matrix<float> Best { get; } = new(steps.Scores.Length, inputs.Inputs.Columns);

        /// <summary>y f there.</summary>
        public double[] SmallestMargins { get; } = [.. Enumerable.Repeat(double.PositiveInfinity, steps.Scores.Length)];

        public void Run()
        {
            for (int start = 0; start <= attack.Restarts; start++)
            {
                if (start > 0 || attack.RandomStart)
                {
                    steps.StartInBall(_inputs, regions, new(attack.Seed, RandomPurpose.ProjectedGradientStarts), _rows, (long)start << 32);
                }
                else
                {
                    steps.StartAtInputs(_inputs);
                }

                for (int step = 0; step <= attack.Steps; step++)
                {
                    bool last = step == attack.Steps;
                    if (step == 0 && start == 0 && !attack.RandomStart)
                    {
                        steps.SetEvaluated(inputs.Scores.AsSpan(first, _rows.Length), inputs.Gradients.RowRange(first, _rows.Length));
                    }
                    else
                    {
                        steps.Evaluate(inputs.Function, !last, workspace, cancellation);
                    }

                    KeepBest();
                    if (!last)
                    {
                        steps.Step(_inputs, _labels, regions, attack.RelativeStepSize, cancellation);
                    }
                }
            }
        }

        private void KeepBest()
        {
            for (int i = 0; i < SmallestMargins.Length; i++)
            {
                double margin = _labels[i] * steps.Scores[i];
                if (margin < SmallestMargins[i])
                {
                    SmallestMargins[i] = margin;
                    steps.Perturbations.Row(i).CopyTo(Best.Row(i));
                }
            }
        }
    }
}
