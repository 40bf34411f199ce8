using System.Text.Json.Serialization;
using OneStep.Attacks;
using OneStep.Data;
using OneStep.Numerics;
using OneStep.Statistics;

namespace OneStep.Experiments;

/// <summary>The numbers of one experiment. Summaries are over the flipped examples.</summary>
public sealed record ExperimentResult : NetworkResult
{
    /// <summary>How the attacked inputs fall into kinds.</summary>
    public required ExampleCounts Examples { get; init; }

    /// <summary>‖δ‖.</summary>
    public required Summary PerturbationNorm { get; init; }

    /// <summary>‖δ‖/‖x‖.</summary>
    public required Summary RelativePerturbationNorm { get; init; }

    /// <summary>‖∇f(x)‖.</summary>
    public required Summary GradientNorm { get; init; }

    /// <summary>|η| = ‖δ‖/‖∇f(x)‖.</summary>
    public required Summary StepSize { get; init; }

    /// <summary>y f(x).</summary>
    public required Summary Margin { get; init; }

    /// <summary>How many flips the float64 re-evaluation confirmed.</summary>
    public required int Verified { get; init; }

    /// <summary>The mean-field prediction at each flipped example's own margin, summarised; null for unnormalised inputs
    /// and networks with biases, of which the theory does not speak.</summary>
    public PredictionSummary? Prediction { get; init; }

    /// <summary>The size in the attack's own norm, and its cost; null for a single step that was stored by a version that did not
    /// keep them.</summary>
    public MethodSummary? Method { get; init; }

    /// <summary>How much longer the single step is than the best perturbation found; null unless stronger attacks ran.</summary>
    public StrongSummary? Strong { get; init; }

    /// <summary>Accuracy under attack; null where no budget was asked for.</summary>
    public RobustAccuracy? RobustAccuracy { get; init; }

    /// <summary>How few coordinates move all outputs; null unless that was asked for.</summary>
    public OutputMoves? OutputMoves { get; init; }

    /// <summary>Wall times.</summary>
    public required StageSeconds Seconds { get; init; }

    /// <summary>One row an attacked input.</summary>
    public required IReadOnlyList<AttackedExample> Rows { get; init; }

    /// <summary>The score along the ray of a few inputs, for figures.</summary>
    public required IReadOnlyList<RayProfile> Rays { get; init; }
}

/// <summary>How the attacked inputs fall into kinds; the kinds add up to the total.</summary>
public sealed record ExampleCounts(int Total, int Misclassified, int Flipped, int NotFlipped, int NoLabel, int NoDirection)
{
    /// <summary>How many could be attacked: classified correctly.</summary>
    public int Attackable => Total - Misclassified - NoLabel;

    /// <summary>The flipped part of those that could be attacked; null where there are none.</summary>
    public double? FlippedShare => Attackable == 0 ? null : (double)Flipped / Attackable;
}

/// <summary>Mean-field predictions (docs/mathematics.md §4), each summarised over the flipped examples.</summary>
public sealed record PredictionSummary(Summary PerturbationNorm, Summary GradientNorm, Summary StepSize);

/// <summary>What an attack found in its own norm, and what it cost.</summary>
/// <param name="Norm">The norm in which it makes perturbations small.</param>
/// <param name="Size">The size of δ in that norm over the flipped examples.</param>
/// <param name="ForwardPasses">Passes forward per input that can be attacked.</param>
/// <param name="BackwardPasses">Passes backward per input that can be attacked.</param>
public sealed record MethodSummary(NormKind Norm, Summary Size, double ForwardPasses, double BackwardPasses)
{
    /// <summary>How long the paths were, and how many steps they had, over the flipped examples; null for attacks that follow none.</summary>
    public PathSummary? Path { get; init; }
}

/// <summary>The paths from x to x + δ that an attack took.</summary>
/// <param name="Length">The sum of a path's ℓ2 step lengths, at least ‖δ‖.</param>
/// <param name="Steps">How many steps it had.</param>
public sealed record PathSummary(Summary Length, Summary Steps);

/// <summary>The single step beside the best of all attacks.</summary>
/// <param name="OneStepOverBest">‖δ of the single step‖ / ‖smallest δ found‖ over the flipped examples; never below 1.</param>
/// <param name="Attacks">The attacks that ran, with their configuration.</param>
/// <param name="BestPerturbationNorm">‖smallest δ found‖.</param>
public sealed record StrongSummary(RatioSummary OneStepOverBest, IReadOnlyList<string> Attacks, Summary BestPerturbationNorm);

/// <summary>A ratio over examples; null where there is none.</summary>
public sealed record RatioSummary(double? Median, double? Max);

/// <summary>Wall times in seconds; Strong is null unless stronger attacks ran, Robust unless accuracy under attack was measured,
/// and OutputMoves unless all outputs were moved.</summary>
public sealed record StageSeconds(double Train, double Attack, double Verify, double? Strong, double? Robust = null, double? OutputMoves = null);

/// <summary>The score along the ray x − t y ∇f/‖∇f‖ of one input.</summary>
/// <param name="Index">The position among the attacked inputs.</param>
/// <param name="FlipLength">t* = ‖δ‖.</param>
/// <param name="Lengths">The lengths t at which the score was evaluated, from 0 to beyond the flip.</param>
/// <param name="Scores">sign(f(x)) f(x + t u), so that every curve starts above zero.</param>
/// <param name="Prediction">The mean-field curve at the same lengths; null where the theory does not speak.</param>
public sealed record RayProfile(
    int Index, double FlipLength, IReadOnlyList<double> Lengths, IReadOnlyList<double> Scores, IReadOnlyList<double>? Prediction);

/// <summary>A finished experiment: its numbers, and the arrays behind them.</summary>
/// <param name="Result">The numbers.</param>
/// <param name="Model">The attacked network.</param>
/// <param name="Attacked">The attacked inputs and labels.</param>
/// <param name="Perturbations">δ of the attack, [n, d]; zero rows where there is none.</param>
public sealed record ExperimentRun(
    ExperimentResult Result, [property: JsonIgnore] TrainedModel Model, LabelledInputs Attacked, Matrix<float> Perturbations);
