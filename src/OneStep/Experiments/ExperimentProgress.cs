namespace OneStep.Experiments;

/// <summary>What an experiment is doing.</summary>
public enum ExperimentStage
{
    /// <summary>Reading and resizing the data.</summary>
    Data,

    /// <summary>Drawing W0.</summary>
    Initialize,

    /// <summary>SGD.</summary>
    Train,

    /// <summary>The single gradient step.</summary>
    Attack,

    /// <summary>The float64 re-evaluation.</summary>
    Verify,

    /// <summary>The stronger attacks.</summary>
    StrongAttack,

    /// <summary>The attacks within a budget.</summary>
    RobustAccuracy,

    /// <summary>Random networks, one after the other or side by side.</summary>
    Networks,
}

/// <summary>How far an experiment is.</summary>
/// <param name="Stage">What is being done.</param>
/// <param name="Finished">Units of this stage finished: SGD steps, networks, or inputs.</param>
/// <param name="Total">Units of this stage in all, an upper bound where it may end early.</param>
public sealed record ExperimentProgress(ExperimentStage Stage, int Finished, int Total)
{
    /// <summary>The attack, where several run one after the other.</summary>
    public string? Method { get; init; }

    /// <summary>While training: the loss of the last minibatch.</summary>
    public double? Loss { get; init; }

    /// <summary>While training: the largest distance of a row from its initial value, at the last point of the trace.</summary>
    public double? Deviation { get; init; }

    /// <summary>While training: the radius V of the ball.</summary>
    public double? Radius { get; init; }
}
