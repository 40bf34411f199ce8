using OneStep.Data;
using OneStep.Numerics;

namespace OneStep.TangentKernel;

/// <summary>How a separation margin is estimated.</summary>
public sealed record SeparationMarginOptions
{
    /// <summary>m, how many weights z ~ N(0, I) stand for their distribution, from 1 to 100000. Default 1000.</summary>
    public int Samples { get; init; } = 1000;

    /// <summary>The seed of the weights: they are the initial hidden weights of the network of width m with this seed.</summary>
    public ulong Seed { get; init; }

    /// <summary>The estimate ends when the two bounds differ by at most this part of the upper one; from 10⁻⁶ to 1. Default
    /// 10⁻³.</summary>
    public double RelativeGap { get; init; } = 1e-3;

    /// <summary>The most Newton steps, from 1 to 1000. Default 200.</summary>
    public int Steps { get; init; } = 200;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(Samples is >= 1 and <= 100_000, "samples", Samples, "an integer from 1 to 100000");
        InvalidParameterException.Require(RelativeGap is >= 1e-6 and <= 1, "relative-gap", RelativeGap, "a number from 1E-06 to 1");
        InvalidParameterException.Require(Steps is >= 1 and <= 1000, "steps", Steps, "an integer from 1 to 1000");
    }
}

/// <summary>The margin between two bounds, each with its witness: both hold, to rounding, whether or not the gap was reached.</summary>
/// <param name="Lower">What an explicit v̄ attains.</param>
/// <param name="Upper">What no v̄ can pass, by the weights of the examples.</param>
/// <param name="Weights">The weights q of the examples, [n], positive with sum 1: those near the margin carry them.</param>
/// <param name="Steps">Newton steps taken.</param>
public sealed record SeparationMarginEstimate(double Lower, double Upper, double[] Weights, int Steps)
{
    /// <summary>(Upper − Lower)/Upper; 0 where both are zero.</summary>
    public double RelativeGap => Upper > 0 ? (Upper - Lower) / Upper : 0;
}

/// <summary>
/// The margin γ with which the first layer's tangent features separate the examples [JT19, assumption 2.1]: the largest γ such
/// that some v̄ with ‖v̄(z)‖ ≤ 1 has y_i E_z ⟨v̄(z), x_i⟩ 1[z · x_i > 0] ≥ γ for every example, with m sampled z in the place of
/// their distribution (docs/mathematics.md §18). In units of ‖x‖; at most ½ on average for unit inputs.
/// </summary>
public static class SeparationMargin
{
    // The barrier's weight aims at this part of the present gap.
    private const double GapShare = 0.15;

    // Steps stay inside the simplex by this part of the way to its boundary.
    private const double BoundaryShare = 0.95;
    private const double SufficientDecrease = 1e-4;
    private const int MostHalvings = 40;

    // Norms are rounded off at zero by this part of the wanted gap: what it costs the lower bound.
    private const double SmoothingShare = 0.05;

    // A margin below this part of the largest input is none.
    private const double NoMargin = 1e-7;

    /// <summary>Estimates the margin. Takes about 8 n (5 m + 4 n) bytes and 3 m n² multiplications a step, of which there are a few
    /// dozen.</summary>
    /// <param name="examples">The n examples, with labels −1 and +1.</param>
    /// <param name="options">m, the seed and the gap.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    public static SeparationMarginEstimate Estimate(LabelledInputs examples, SeparationMarginOptions options, KernelExecution execution)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        ArgumentOutOfRangeException.ThrowIfLessThan(examples.Count, 1, nameof(examples));
        options.Validate();
        LabelledInputs.RequireTwoClasses(examples);
        int mostSamples = Array.MaxLength / examples.Count;
        InvalidParameterException.Require(options.Samples <= mostSamples, "samples", options.Samples, $"at most {mostSamples} for {examples.Count} examples");
        var problem = new MarginProblem(examples, options.Samples, options.Seed, execution);
        int n = examples.Count;
        double[] q = new double[n];
        Array.Fill(q, 1.0 / n);
        problem.Evaluate(q, smoothing: 0);
        (double lower, double upper) = (problem.Lower, problem.Upper);
        double[] best = [.. q];
        double barrier = double.PositiveInfinity;
        int step = 0;
        for (; step < options.Steps && upper - lower > options.RelativeGap * upper && upper > NoMargin * problem.LargestNorm; step++)
        {
            execution.Progress?.Report(new(step, (upper - lower) / upper));
            double smoothing = SmoothingShare * options.RelativeGap * upper;
            problem.Evaluate(q, smoothing);
            barrier = Math.Min(barrier, GapShare * Math.Max(problem.Upper - problem.Lower, options.RelativeGap * upper) / n);
            if (!TryMove(problem, q, barrier, smoothing))
            {
                break;
            }

            lower = Math.Max(lower, problem.Lower);
            if (problem.Upper < upper)
            {
                upper = problem.Upper;
                q.CopyTo(best, 0);
            }
        }

        // v̄ = 0 attains zero.
        var estimate = new SeparationMarginEstimate(Math.Max(lower, 0), upper, best, step);
        execution.Progress?.Report(new(step, estimate.RelativeGap));
        return estimate;
    }

    /// <summary>A Newton step on D(q) − barrier Σ log q_i over the simplex, halved until it gains; leaves the problem evaluated at
    /// the new q.</summary>
    private static bool TryMove(MarginProblem problem, double[] q, double barrier, double smoothing)
    {
        double[] direction = Direction(problem, q, barrier, out double slope);
        double objective = Objective(problem, q, barrier);
        double part = 1;
        foreach (double relative in direction)
        {
            part = relative < 0 ? Math.Min(part, BoundaryShare / -relative) : part;
        }

        double[] start = [.. q];
        for (int halving = 0; halving < MostHalvings; halving++, part /= 2)
        {
            double sum = 0;
            for (int i = 0; i < q.Length; i++)
            {
                q[i] = start[i] * (1 + (part * direction[i]));
                sum += q[i];
            }

            // What rounding has added to the sum of the weights.
            for (int i = 0; i < q.Length; i++)
            {
                q[i] /= sum;
            }

            problem.Evaluate(q, smoothing);
            if (Objective(problem, q, barrier) <= objective + (SufficientDecrease * part * slope))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The Newton direction p in relative changes, q_i (1 + p_i), with Σ q_i p_i = 0.</summary>
    private static double[] Direction(MarginProblem problem, double[] q, double barrier, out double slope)
    {
        int n = q.Length;
        Matrix<double> matrix = problem.Hessian();
        double[] gradient = new double[n];
        double trace = 0;
        for (int i = 0; i < n; i++)
        {
            Span<double> row = matrix.Row(i);
            for (int j = 0; j <= i; j++)
            {
                row[j] *= q[i] * q[j];
            }

            trace += row[i];
            gradient[i] = (q[i] * problem.Payoffs[i]) - barrier;
        }

        // Rounding may leave the Hessian a little short of semidefinite; a larger diagonal only shortens the step.
        double extra = 0;
        CholeskyFactor? factor = null;
        while (factor is null)
        {
            var copy = new Matrix<double>(n, n, [.. matrix.Data]);
            for (int i = 0; i < n; i++)
            {
                copy[i, i] += barrier + extra;
            }

            factor = CholeskyFactor.TryFactor(copy, problem.Execution.Threads, problem.Execution.Cancellation);
            extra = Math.Max(10 * extra, 1e-14 * trace);
        }

        double[] direction = [.. gradient.Select(g => -g)];
        factor.Solve(direction);
        double[] along = [.. q];
        factor.Solve(along);
        double shift = RowProducts.Dot(q, direction) / RowProducts.Dot(q, along);
        slope = 0;
        for (int i = 0; i < n; i++)
        {
            direction[i] -= shift * along[i];
            slope += gradient[i] * direction[i];
        }

        return direction;
    }

    private static double Objective(MarginProblem problem, double[] q, double barrier)
    {
        double logarithms = 0;
        foreach (double weight in q)
        {
            logarithms += Numerics.Elementary.ElementaryFunctions.Log(weight);
        }

        return problem.SmoothedUpper - (barrier * logarithms);
    }
}
