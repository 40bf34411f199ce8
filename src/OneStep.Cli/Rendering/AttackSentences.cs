using OneStep.Cli.Verbs;
using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Cli.Rendering;

/// <summary>What happened, in sentences.</summary>
internal static class AttackSentences
{
    /// <summary>The task and the network.</summary>
    public static string Headline(ExperimentParameters p)
    {
        string classes = string.Join(" against ", p.Digits.Groups.Select(group => string.Join('+', group)));
        string bias = p.Bias ? ", biases" : string.Empty;
        string pairs = p.Initialization == InitializationKind.Antisymmetric ? ", antisymmetric" : string.Empty;
        string raw = p.Normalize ? string.Empty : ", inputs not normalized";
        string network = p.IsDeep ? $"{(p.Hidden.Count == 1 ? "one hidden layer" : "hidden layers")} of {string.Join(", ", p.Hidden)}" : $"m = {p.Width}, C0 = {p.C0:G}";
        return $"Digits {classes}: d = {p.Dimension}, {network}, seed {p.Seed}{pairs}{bias}{raw}.";
    }

    /// <summary>How the network came about.</summary>
    /// <param name="parameters">What was asked for.</param>
    /// <param name="summary">What training did; null where there was none.</param>
    /// <param name="deviation">The largest deviation from the initial weights; null where it is not known.</param>
    /// <param name="loadedFrom">The file that the network comes from; null for a new one.</param>
    public static string Training(ExperimentParameters parameters, TrainingSummary? summary, double? deviation, string? loadedFrom)
    {
        string moved = NumberText.Significant(deviation, 4);
        string radius = NumberText.Significant(parameters.Radius, 4);
        if (summary is not { } training)
        {
            return loadedFrom is null ? "The network was not trained."
                : parameters.IsDeep ? $"The network was loaded from {loadedFrom}."
                : $"The network was loaded from {loadedFrom}: largest deviation {moved}, ball radius C0/√m = {radius}.";
        }

        string against = parameters.Adversarial is { IsOn: true } adversarial
            ? $"Trained against attacks within ε = {NumberText.Significant(adversarial.Budget)} for"
            : "Trained for";
        string effort = $"{against} {NumberText.Count(training.Steps, "step")} ({NumberText.Significant(training.Epochs, 2)} epochs)";
        string fit = $"loss {NumberText.Significant(training.TrainLoss)}, training accuracy {NumberText.Percent(training.TrainAccuracy)}";
        return $"{effort}: {fit}; {(parameters.IsDeep ? $"largest deviation of a row of weights {moved}" : Ball(parameters, training, moved, radius))}.{Watched(training)}";
    }

    /// <summary>How many images the network gets right and how many of these were flipped.</summary>
    public static string Counts(ExperimentResult result)
    {
        ExampleCounts counts = result.Examples;
        int correct = counts.Flipped + counts.NotFlipped + counts.NoDirection;
        string clean = $"Clean accuracy {NumberText.Percent(result.CleanAccuracy)} on {NumberText.Count(counts.Total, "test image")}";
        if (correct == 0)
        {
            return $"{clean}: there was none to flip{Odd(counts)}.";
        }

        string attack = Attack(result.Parameters.Method);
        string flipped = counts.Flipped == correct ? $"{attack} flipped all {correct} that were classified correctly"
            : $"{attack} flipped {counts.Flipped} of {correct} that were classified correctly";
        string verified = counts.Flipped == 0 ? string.Empty
            : result.Verified == counts.Flipped ? ", every flip confirmed in float64"
            : $", {result.Verified} of the flips confirmed in float64";
        return $"{clean}: {flipped}{verified}{Odd(counts)}.";
    }

    /// <summary>What the theory column is, or why there is none; null where another attack than the single step ran, of which theory says nothing.</summary>
    public static string? Theory(ExperimentResult result) => result.Prediction is not null
        ? "Theory: mean-field prediction at each image's own margin for a random network, no free parameter."
        : result.Parameters.Method.IsOneStep ? "Theory speaks of two-layer networks of two classes without biases, and of normalized inputs."
        : null;

    /// <summary>The attack as the subject of a sentence.</summary>
    public static string Attack(MethodOptions method) => method.IsOneStep ? "one gradient step"
        : method.Budget is double budget ? $"{method.Name} within {NormText.Symbol(method.Norm ?? ExperimentMethods.NormOf(method.Name))} ≤ {budget:G}"
        : method.Name;

    /// <summary>What finding the changes took; null for the single step, which always takes the same.</summary>
    public static string? Method(ExperimentResult result)
    {
        if (result.Parameters.Method.IsOneStep || result.Method is not { } found)
        {
            return null;
        }

        return $"The attack took {NumberText.Significant(found.ForwardPasses)} passes forward and {NumberText.Significant(found.BackwardPasses)} backward per image.";
    }

    /// <summary>How far from the best the single step is.</summary>
    public static string Strong(StrongSummary strong) =>
        $"One step is {NumberText.Significant(strong.OneStepOverBest.Median)} times (median; at most {NumberText.Significant(strong.OneStepOverBest.Max)}) as long as the best perturbation found by {string.Join(", ", strong.Attacks)}.";

    /// <summary>What the table of robust accuracy shows.</summary>
    public static string RobustAccuracy(ExperimentParameters parameters, RobustAccuracy robust)
    {
        string clipped = robust.Clipped is null ? string.Empty : "; clipped: attacks that keep pixels in [0, 1]";
        return $"Accuracy under attack: the part of all images that no attack flips with ‖δ‖ ≤ ε, every flip confirmed in float64; pgd takes {NumberText.Count(parameters.RobustSteps, "step")}{clipped}.{Certified(robust)}";
    }

    private static string Certified(RobustAccuracy robust) => robust.Certified is { } certified && certified.Alone.Max() is > 0 and var most
        ? $" Up to {NumberText.Count(most, "image")} at a budget fell only to a perturbation that flips all networks with this one's distances from W0."
        : string.Empty;

    /// <summary>How few pixels move all outputs.</summary>
    public static string OutputMoves(OutputMoves moves)
    {
        string what = moves.Outputs == 1 ? "The output turned into its opposite" : $"All {moves.Outputs} outputs moved, the largest exchanged with the next class's";
        return $"{what}: {Reached(moves.Free)}; with pixels kept in [0, 1]: {Reached(moves.Bounded)}.";
    }

    private static string Reached(OutputMoveSummary walks) => $"{walks.Reached} of {NumberText.Count(walks.Attempted, "image")}"
        + (walks.Reached == 0 ? string.Empty : $" by changing {NumberText.Significant(walks.Coordinates.Mean)} pixels on average, median {NumberText.Significant(walks.Coordinates.Median)}");

    /// <summary>Where the time went.</summary>
    public static string Seconds(ExperimentResult result)
    {
        StageSeconds seconds = result.Seconds;
        string training = result.Training is null ? string.Empty : $"training {NumberText.Seconds(seconds.Train)}, ";
        string strong = seconds.Strong is double value ? $", stronger attacks {NumberText.Seconds(value)}" : string.Empty;
        string robust = seconds.Robust is double within ? $", attacks within budgets {NumberText.Seconds(within)}" : string.Empty;
        string moves = seconds.OutputMoves is double moving ? $", moving outputs {NumberText.Seconds(moving)}" : string.Empty;
        return $"Time: {training}attack {NumberText.Seconds(seconds.Attack)}, verification {NumberText.Seconds(seconds.Verify)}{strong}{robust}{moves}.";
    }

    /// <summary>Where the full results lie, or how to get them.</summary>
    public static IEnumerable<string> Results(AttackRequest request)
    {
        if (request.SavePath is { } save)
        {
            yield return $"Network and perturbations: {save}";
        }

        if (request.ReportPath is { } report)
        {
            yield return $"Report: {report}";
        }

        string[] more =
        [
            .. request.ReportPath is null ? ["--report FILE.html for figures and images"] : Array.Empty<string>(),
            .. request.SavePath is null ? ["--save FILE to keep network and perturbations"] : Array.Empty<string>(),
            "--json for every number",
        ];
        yield return $"Add {string.Join(", ", more)}.";
    }

    private static string Watched(TrainingSummary training) => training.RobustTrace is [.., RobustPoint last]
        ? $" Accuracy under the inner attack in the last epoch: {NumberText.Percent(last.BeforeProjection)} before its projection, {NumberText.Percent(last.AfterProjection)} after it."
        : string.Empty;

    private static string Ball(ExperimentParameters parameters, TrainingSummary training, string deviation, string radius) =>
        parameters.Training.Ball == BallMode.None
            ? $"nothing held it in the lazy ball, largest deviation {deviation}, radius C0/√m = {radius}"
            : training.ReachedBall
            ? $"reached the boundary of the lazy ball, largest deviation {deviation}, radius C0/√m = {radius}"
            : $"did not reach the boundary of the lazy ball in {NumberText.Count((int)Math.Ceiling(training.Epochs), "epoch")}, largest deviation {deviation}, radius C0/√m = {radius}";

    private static string Odd(ExampleCounts counts)
    {
        List<string> parts = [];
        Add(counts.Misclassified, "misclassified to begin with");
        Add(counts.NoLabel, "without a label, f(x) = 0");
        Add(counts.NoDirection, "without a gradient");
        return parts.Count == 0 ? string.Empty : $" ({string.Join(", ", parts)})";

        void Add(int number, string what)
        {
            if (number > 0)
            {
                parts.Add($"{number} {what}");
            }
        }
    }
}
