using OneStep.Data;
using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>The network that was attacked, whatever it was attacked with: what was asked for, and what became of it.</summary>
public abstract record NetworkResult
{
    /// <summary>What was asked for.</summary>
    public required ExperimentParameters Parameters { get; init; }

    /// <summary>Names the data: see <see cref="ClassificationTask.DatasetFingerprint"/>.</summary>
    public required string DatasetFingerprint { get; init; }

    /// <summary>How training went; null where there was none in this run (<c>Untrained</c>, or the network was loaded).</summary>
    public TrainingSummary? Training { get; init; }

    /// <summary>The largest distance of a row from its initial value, for loaded networks as well; null for deep networks,
    /// which have no lazy ball.</summary>
    public required double? Deviation { get; init; }

    /// <summary>Part of all attacked inputs, flipped or not, that the network classifies correctly, 0 to 1.</summary>
    public required double CleanAccuracy { get; init; }
}
