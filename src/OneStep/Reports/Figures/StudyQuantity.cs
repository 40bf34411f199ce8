using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Studies;

namespace OneStep.Reports.Figures;

/// <summary>A measured number of a cell, as figures and tables show it.</summary>
/// <param name="Name">A name fit for a file.</param>
/// <param name="Symbol">Its symbol.</param>
/// <param name="Title">What an axis is called.</param>
/// <param name="Measured">The number in a cell; null where it has none.</param>
/// <param name="Predicted">What the mean-field theory says of the same cell; null where it says nothing.</param>
internal sealed record StudyQuantity(string Name, string Symbol, string Title, Func<CellResult, double?> Measured, Func<CellResult, double?> Predicted)
{
    /// <summary>Whether the number is a part of a whole, from 0 to 1.</summary>
    public bool IsShare { get; private init; }

    /// <summary>Whether it is known to be the same in all cells, so that it is no figure's.</summary>
    public bool IsConstant { get; init; }

    /// <summary>‖δ‖/‖x‖. The theory speaks of inputs of unit norm only, for which it is ‖δ‖.</summary>
    public static readonly StudyQuantity RelativePerturbation = new(
        "relative-perturbation",
        "‖δ‖/‖x‖",
        "size ‖δ‖/‖x‖ of the flip",
        cell => cell.Result.RelativePerturbationNorm.Mean,
        cell => PredictionOf(cell)?.PerturbationNorm.Mean);

    /// <summary>The median of ‖δ‖/‖x‖, which few images with long steps do not move.</summary>
    public static readonly StudyQuantity MedianPerturbation = new(
        "median-perturbation",
        "‖δ‖/‖x‖ (median)",
        "median size ‖δ‖/‖x‖ of the flip",
        cell => cell.Result.RelativePerturbationNorm.Median,
        cell => PredictionOf(cell)?.PerturbationNorm.Median);

    /// <summary>‖∇f‖.</summary>
    public static readonly StudyQuantity GradientNorm = new(
        "gradient-norm", "‖∇f‖", "gradient norm ‖∇f(x)‖", cell => cell.Result.GradientNorm.Mean, cell => PredictionOf(cell)?.GradientNorm.Mean);

    /// <summary>η.</summary>
    public static readonly StudyQuantity StepSize = new(
        "step-size", "η", "step size η = ‖δ‖/‖∇f‖", cell => cell.Result.StepSize.Mean, cell => PredictionOf(cell)?.StepSize.Mean);

    /// <summary>max ‖w − w₀‖.</summary>
    public static readonly StudyQuantity Deviation = new(
        "deviation", "max ‖w − w₀‖", "largest deviation max ‖w − w₀‖", cell => cell.Result.Deviation, _ => null);

    /// <summary>The accuracy before the attack.</summary>
    public static readonly StudyQuantity CleanAccuracy = new(
        "clean-accuracy", "clean accuracy", "accuracy before the attack", cell => cell.Result.CleanAccuracy, _ => null) { IsShare = true };

    /// <summary>The accuracy under all attacks, at the budget of the network's own training.</summary>
    public static readonly StudyQuantity RobustAccuracy = new(
        "robust-accuracy", "robust accuracy", "accuracy under attack", cell => cell.RobustAccuracy, _ => null) { IsShare = true };

    /// <summary>y f(x).</summary>
    public static readonly StudyQuantity Margin = new("margin", "y f(x)", "margin y f(x)", cell => cell.Result.Margin.Mean, _ => null);

    /// <summary>The size of the change in the attack's own norm; the single step has none beside ‖δ‖.</summary>
    public static readonly StudyQuantity AttackSize = new(
        "attack-size", "size", "median size of the change in the attack's norm", cell => cell.Parameters.Method.IsOneStep ? null : cell.Result.Method?.Size.Median, _ => null);

    /// <summary>Passes forward and backward for an image; old cells of the single step did not keep them.</summary>
    public static readonly StudyQuantity Passes = new(
        "passes", "passes", "passes forward and backward per image", cell => cell.Result.Method is { } method ? method.ForwardPasses + method.BackwardPasses : null, _ => null);

    /// <summary>How many pixels change until all outputs have prescribed values, as median over the images: single walks take very
    /// many.</summary>
    public static readonly StudyQuantity OutputMoves = new(
        "output-moves", "pixels for all outputs", "median number of pixels that move all outputs", cell => cell.Result.OutputMoves?.Free.Coordinates.Median, _ => null);

    /// <summary>The same with pixels kept in [0, 1].</summary>
    public static readonly StudyQuantity BoundedOutputMoves = new(
        "bounded-output-moves", "pixels for all outputs, bounded", "median number of pixels that move all outputs within their range", cell => cell.Result.OutputMoves?.Bounded.Coordinates.Median, _ => null);

    /// <summary>Everything that an attack on trained networks measures, in the order of tables.</summary>
    public static readonly IReadOnlyList<StudyQuantity> OfAttack =
        [RelativePerturbation, GradientNorm, StepSize, Margin, Deviation, CleanAccuracy, RobustAccuracy, AttackSize, Passes, OutputMoves, BoundedOutputMoves];

    /// <summary>Everything that is measured in a study, in the order of tables.</summary>
    public static IReadOnlyList<StudyQuantity> Of(StudyResults results) => results.Plan.Definition.Kind.IsAttack ? OfAttack : MeasuredQuantities.Of(results);

    // The theory speaks of the random function of standard initialization; antisymmetric networks begin without one.
    private static PredictionSummary? PredictionOf(CellResult cell) =>
        cell.Parameters.Initialization == InitializationKind.Standard ? cell.Result.Prediction : null;

    /// <summary>The median size of the change in the attack's own norm, ℓ2 for the single step.</summary>
    public static double? OwnSize(CellResult cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Result.Method is { } method ? method.Size.Median : cell.Result.PerturbationNorm.Median;
    }
}
