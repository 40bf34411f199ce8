using OneStep.Data;
using OneStep.Experiments;
using OneStep.Training;

namespace OneStep.Reports.Sections;

/// <summary>The task and the network in words.</summary>
internal static class TaskText
{
    /// <summary>The classes behind a label: "digit 0", or "digits 0, 2".</summary>
    public static string Class(ClassSplit digits, int label)
    {
        IReadOnlyList<int> side = digits.ClassesOf(label);
        return (side.Count == 1 ? "digit " : "digits ") + string.Join(", ", side);
    }

    /// <summary>The classes behind a prediction, which may be none.</summary>
    public static string Class(ClassSplit digits, int? label) => label is int given ? Class(digits, given) : "no label";

    /// <summary>The attack as the subject of a sentence.</summary>
    public static string Attack(MethodOptions method) => method.IsOneStep ? "one gradient step"
        : method.Budget is double budget ? $"{method.Name} within {NormText.Symbol(method.Norm ?? ExperimentMethods.NormOf(method.Name))} ≤ {NumberText.Exact(budget)}"
        : method.Name;

    /// <summary>The network in one sentence.</summary>
    /// <param name="parameters">What was asked for.</param>
    /// <param name="training">What training did; null where there was none in this run.</param>
    /// <param name="deviation">The largest deviation from the initial weights; null where it is not known.</param>
    public static string Network(ExperimentParameters parameters, TrainingSummary? training, double? deviation)
    {
        string origin = parameters.Untrained ? "as initialised, without training"
            : training is not null ? (parameters.IsDeep ? "all layers of which were trained" : $"trained in the lazy ball of C₀ = {NumberText.Exact(parameters.C0)}")
            : parameters.IsDeep ? "loaded from a file"
            : $"loaded from a file, {NumberText.Significant(deviation)} away from its initial weights";
        string network = parameters.IsDeep ? $"a ReLU network with {(parameters.Hidden.Count == 1 ? "one hidden layer" : "hidden layers")} of {string.Join(", ", parameters.Hidden.Select(width => NumberText.Count(width)))} neurons"
            : $"a two-layer ReLU network of width m = {NumberText.Count(parameters.Width)}";
        return $"The network tells {Classes(parameters.Digits)}; it is {network} on inputs of dimension d = {NumberText.Count(parameters.Dimension)}, {origin}.";
    }

    private static string Classes(ClassSplit digits) => digits.IsBinary ? $"{Class(digits, -1)} from {Class(digits, 1)}"
        : string.Join(", ", Enumerable.Range(0, digits.Count - 1).Select(label => Class(digits, label))) + $" and {Class(digits, digits.Count - 1)} apart";

}
