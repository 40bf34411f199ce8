using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>Names the problem that is made of images for a cell: cells with equal keys share one.</summary>
internal sealed record TaskKey(ClassSplit Digits, int Side, bool Antialias, bool Normalize)
{
    /// <summary>The problem of an experiment.</summary>
    public static TaskKey Of(ExperimentParameters parameters) => new(parameters.Digits, parameters.Side, parameters.Antialias, parameters.Normalize);
}
