using OneStep.Data;
using OneStep.Experiments;

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

    /// <summary>What a score predicts.</summary>
    public static string Prediction(ClassSplit digits, double score) => score == 0 ? "no label" : Class(digits, Math.Sign(score));

    /// <summary>The network in one sentence.</summary>
    public static string Network(ExperimentResult result)
    {
        ExperimentParameters parameters = result.Parameters;
        string origin = parameters.Untrained
            ? "as initialised, without training"
            : result.Training is null
                ? $"loaded from a file, {NumberText.Significant(result.Deviation)} away from its initial weights"
                : $"trained in the lazy ball of C₀ = {NumberText.Exact(parameters.C0)}";
        return $"The network tells {Class(parameters.Digits, -1)} from {Class(parameters.Digits, 1)}; it is a two-layer ReLU network of width "
            + $"m = {NumberText.Count(parameters.Width)} on inputs of dimension d = {NumberText.Count(parameters.Dimension)}, {origin}.";
    }
}
