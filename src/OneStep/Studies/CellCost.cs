using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>
/// How much work a cell is, estimated from its parameters alone: what shards are balanced by and the time left is guessed
/// from. No number depends on it.
/// </summary>
/// <param name="dataset">The images; only how many there are of each class matters.</param>
public sealed class CellCost(ImageDataset dataset)
{
    // Multiply-adds count twice. An attacked image is four products of float32 and two of float64, which
    // take twice as long; the boundary walk looks at a few dozen points on top.
    private const double FlopsAnAttackedWeight = 16;
    private const double FlopsAStronglyAttackedWeight = 400;

    // Of moving all outputs, an output: hundreds of linear regions, with and without bounds.
    private const double FlopsAMovedWeight = 2000;

    // Of projected gradient steps; the minimum-norm attacks take a few times as many.
    private const double PublishedSteps = 25;

    // Preparing images, drawing weights and starting up weigh most in the smallest cells.
    private const double SmallestFlops = 2e8;

    // What one processor of today does in these kernels, as a round number.
    private const double FlopsASecond = 2e10;

    private readonly Dictionary<ClassSplit, (int Train, int Test)> _counts = [];
    private readonly Lock _lock = new();

    /// <summary>Floating-point operations of a cell of any kind.</summary>
    public double Flops(StudyCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.Experiment.Flops(this);
    }

    /// <summary>Floating-point operations of an attack.</summary>
    public double Flops(ExperimentParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        (int train, int test) = Count(parameters.Digits);
        double weights = parameters.WeightCount;
        double attacked = Math.Min(test, parameters.Limit ?? test);
        double robust = (double)parameters.EvaluatedBudgets.Count * parameters.RobustSteps * (parameters.RobustClip ? 2 : 1) * TrainingCost.FlopsAGradient;
        double attack = attacked * (FlopsAnAttackedWeight + FlopsOf(parameters.Method) + (parameters.Strong ? FlopsAStronglyAttackedWeight : 0) + robust + MovesOf(parameters));
        double examples = Math.Min(train, parameters.TrainLimit ?? train);
        double training = examples * TrainingCost.FlopsAWeight(parameters);

        // Every epoch is watched twice, before and after its projection.
        double watched = training > 0 && parameters.Adversarial is { IsOn: true, Patience: not null }
            ? TrainingCost.Passes(parameters) * attacked * 2 * (TrainingCost.InnerGradients(parameters) + 1) * TrainingCost.FlopsAGradient
            : 0;
        return SmallestFlops + (weights * (attack + training + watched));
    }

    // What a method takes beyond the single step, as a round number of gradients an image.
    private static double FlopsOf(MethodOptions method) => TrainingCost.FlopsAGradient * method.Name switch
    {
        "one-step" or "fgsm" => 0,
        "deepfool" => 5,
        "pgd" when method.Budget is not null => method.Steps ?? PublishedSteps,
        "pgd" => 10 * (method.Steps ?? PublishedSteps),
        _ => method.Steps ?? (4 * PublishedSteps),
    };

    private static double MovesOf(ExperimentParameters parameters) => parameters is { OutputMoves: true, IsDeep: true } ? FlopsAMovedWeight * parameters.LayerWidths[^1] : 0;

    /// <summary>Seconds on one processor; on a given machine wrong by a factor that is the same for all cells.</summary>
    public double Seconds(ExperimentParameters parameters) => Flops(parameters) / FlopsASecond;

    /// <summary>The same for a cell of any kind.</summary>
    public double Seconds(StudyCell cell) => Flops(cell) / FlopsASecond;

    private (int Train, int Test) Count(ClassSplit split)
    {
        lock (_lock)
        {
            if (!_counts.TryGetValue(split, out (int, int) counts))
            {
                counts = (dataset.Train.Labels.Count(label => split.GroupOf(label) >= 0), dataset.Test.Labels.Count(label => split.GroupOf(label) >= 0));
                _counts.Add(split, counts);
            }

            return counts;
        }
    }
}
