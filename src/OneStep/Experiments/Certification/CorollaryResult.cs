using OneStep.Data;

namespace OneStep.Experiments.Certification;

/// <summary>An upper bound on the robust accuracy of every network of one lazy ball, from W0 alone (docs/mathematics.md §5, "Jointly
/// over inputs"), beside networks of that ball which resist.</summary>
public sealed record CorollaryResult
{
    /// <summary>What was asked for; nothing was trained.</summary>
    public required ExperimentParameters Parameters { get; init; }

    /// <summary>Names the data: see <see cref="ClassificationTask.DatasetFingerprint"/>.</summary>
    public required string DatasetFingerprint { get; init; }

    /// <summary>ε, the ℓ2 norm that perturbations may have.</summary>
    public required double Budget { get; init; }

    /// <summary>How many test inputs, with their true labels.</summary>
    public required int Count { get; init; }

    /// <summary>No network of the ball classifies a larger part of the inputs correctly at every point within ε, 0 to 1.</summary>
    public required double UpperBound { get; init; }

    /// <summary>The same by certificates of single inputs alone.</summary>
    public required double SingleInputUpperBound { get; init; }

    /// <summary>The same by the joint bound alone.</summary>
    public required double JointUpperBound { get; init; }

    /// <summary>Networks of the ball, made to resist; none where none were asked for.</summary>
    public required IReadOnlyList<ExplicitNetworkAccuracy> Explicit { get; init; }

    /// <summary>Wall time of the bound, in seconds.</summary>
    public required double BoundSeconds { get; init; }

    /// <summary>Wall time of the explicit networks, in seconds.</summary>
    public required double ExplicitSeconds { get; init; }

    /// <summary>The most that one of the explicit networks keeps: about what no bound can go below. Null where there are none.</summary>
    public double? Limit => Explicit.Max(network => (double?)network.Accuracy);

    /// <summary>The first explicit network that is right about more inputs than is proved possible: none, or the program is wrong.</summary>
    public ExplicitNetworkAccuracy? Contradiction => Explicit.FirstOrDefault(network => network.AccuracyAtBound > JointUpperBound);
}

/// <summary>How robust a network of the ball is.</summary>
/// <param name="Name">How it was made: <c>constant</c>, <c>balanced</c> or <c>answering</c>.</param>
/// <param name="Accuracy">The part of the inputs that it classifies correctly although projected gradient steps look within ε.</param>
/// <param name="AccuracyAtBound">The same at the perturbations of the joint bound.</param>
public sealed record ExplicitNetworkAccuracy(string Name, double Accuracy, double AccuracyAtBound);
