using OneStep.Networks;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// Makes a minimum-norm attack of one with a budget: for every input the budget is doubled from the first-order length on until the
/// attack flips the prediction, or halved until it does not, and then bisected (docs/mathematics.md §14).
/// </summary>
/// <param name="Attack">The attack with a budget, in ℓ2 or ℓ∞.</param>
public sealed record BudgetSearch(IFixedBudgetAttack Attack) : IMinimumNormAttack
{
    // Doubling from anywhere to the largest length takes fewer, and so does bisecting a factor of two to a millionth.
    private const int MostRounds = 100;

    /// <summary>The search ends where the smallest budget that flips is at most this part above one that does not; above 0, at
    /// most 1. Default 0.01.</summary>
    public double RelativeTolerance { get; init; } = 0.01;

    /// <inheritdoc/>
    public string Name => Attack.Name;

    /// <inheritdoc/>
    public NormKind Norm => Attack.Norm;

    /// <inheritdoc/>
    public PerturbationCandidates Search(AttackInputs inputs, AttackExecution execution)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(execution);
        InvalidParameterException.Require(RelativeTolerance is > 0 and <= 1, "relative-tolerance", RelativeTolerance, "a number above 0, at most 1");
        InvalidParameterException.Require(Norm is NormKind.L2 or NormKind.LInfinity, "norm", Norm, "L2 or LInfinity");
        int count = inputs.Inputs.Rows;
        Bracket[] brackets = [.. Enumerable.Range(0, count).Select(i => Bracket.From(FirstBudget(inputs, i)))];
        var directions = new Matrix<float>(count, inputs.Inputs.Columns);
        RayCrossing[] crossings = new RayCrossing[count];
        Array.Fill(crossings, RayCrossing.None);
        for (int round = 0; round < MostRounds; round++)
        {
            int[] open = [.. Enumerable.Range(0, count).Where(i => brackets[i].IsOpen(RelativeTolerance))];
            execution.Progress?.Report(new(Name, count - open.Length, count));
            if (open.Length == 0)
            {
                break;
            }

            PerturbationCandidates found = Attack.Search(
                Select(inputs, open), Array.ConvertAll(open, i => brackets[i].Budget), execution with { Progress = null });
            for (int k = 0; k < open.Length; k++)
            {
                double size = found.Crossings[k].Exists ? found.Crossings[k].Length * Norm.Of(found.Directions.Row(k)) : double.PositiveInfinity;
                if (size < brackets[open[k]].Smallest)
                {
                    found.Directions.Row(k).CopyTo(directions.Row(open[k]));
                    crossings[open[k]] = WithSlope(found.Crossings[k], inputs.Scores[open[k]]);
                }

                brackets[open[k]] = brackets[open[k]].After(size);
            }
        }

        return new(directions, crossings) { OnlyLengthened = true };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Attack}, smallest ε to {RelativeTolerance}";

    // Slightly more than the first-order length: with it, a score that is linear so far would end at zero within rounding.
    private double FirstBudget(AttackInputs inputs, int row) =>
        (1 + RelativeTolerance) * Math.Abs(inputs.Scores[row]) / Norm.DualOf(inputs.Gradients.Row(row));

    // Nobody's budget is broken by lengthening δ here. From x to x + δ the score falls from f(x) to about zero.
    private static RayCrossing WithSlope(RayCrossing crossing, double score) =>
        crossing.Slope == 0 ? crossing with { Slope = -score / crossing.Length } : crossing;

    private static AttackInputs Select(AttackInputs inputs, int[] rows) =>
        new(inputs.Function, inputs.Inputs.SelectRows(rows), Array.ConvertAll(rows, i => inputs.Scores[i]), inputs.Gradients.SelectRows(rows))
        {
            Positions = Array.ConvertAll(rows, i => inputs.Positions[i]),
        };

    /// <summary>What is known of one input's smallest budget.</summary>
    /// <param name="Fails">The largest budget that did not flip; 0 where none was tried.</param>
    /// <param name="Flips">The smallest budget that did, or would have: the size of the δ found; +∞ where none did.</param>
    /// <param name="Smallest">The size of the smallest δ found.</param>
    /// <param name="Budget">The budget to try next.</param>
    private readonly record struct Bracket(double Fails, double Flips, double Smallest, double Budget)
    {
        public static Bracket From(double budget) =>
            new(0, double.PositiveInfinity, double.PositiveInfinity, Math.Min(budget, ProjectedGradientAttack.Largest));

        public bool IsOpen(double tolerance) =>
            Flips > Fails * (1 + tolerance) && (double.IsFinite(Flips) || Fails < ProjectedGradientAttack.Largest) && Budget > 0;

        /// <summary>After the present budget was tried and gave a δ of that size, +∞ for none.</summary>
        public Bracket After(double size)
        {
            bool flipped = double.IsFinite(size);
            double fails = flipped ? Fails : Budget;
            double flips = flipped ? Math.Min(Budget, size) : Flips;
            double next = !double.IsFinite(flips) ? Math.Min(2 * fails, ProjectedGradientAttack.Largest)
                : fails == 0 ? flips / 2
                : Math.Sqrt(fails * flips);
            return new(fails, flips, Math.Min(size, Smallest), next);
        }
    }
}
