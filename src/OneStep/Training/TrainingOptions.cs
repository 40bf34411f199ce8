namespace OneStep.Training;

/// <summary>How training respects the lazy ball (docs/mathematics.md §2).</summary>
public enum BallMode
{
    /// <summary>The step that would leave the ball is shortened so that it ends on the boundary; training ends there.</summary>
    Stop,

    /// <summary>Rows outside the ball are projected back after every step.</summary>
    Project,

    /// <summary>Rows outside the ball are projected back at the end of every epoch.</summary>
    Epoch,

    /// <summary>Nothing holds the weights: plain SGD, whose deviation is a result.</summary>
    None,
}

/// <summary>Minibatch SGD on the hidden weights.</summary>
public sealed record TrainingOptions
{
    /// <summary>The step size of SGD on the mean loss of a minibatch; positive. Default 1.</summary>
    public double LearningRate { get; init; } = 1;

    /// <summary>Examples a minibatch, at least 1; the last one of an epoch may be shorter. Default 64.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>How the lazy ball is respected. Default <see cref="BallMode.Stop"/>.</summary>
    public BallMode Ball { get; init; } = BallMode.Stop;

    /// <summary>The most passes over the training set, at least 1.</summary>
    public int Epochs { get; init; } = 20;

    /// <summary>SGD steps between two points of the trace, at least 1. Default 10.</summary>
    public int EvaluationInterval { get; init; } = 10;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(double.IsFinite(LearningRate) && LearningRate > 0, "learning-rate", LearningRate, "a finite number above 0");
        InvalidParameterException.Require(Batch is >= 1 and <= 1_000_000, "batch", Batch, "an integer from 1 to 1000000");
        InvalidParameterException.Require(Epochs is >= 1 and <= 1_000_000, "epochs", Epochs, "an integer from 1 to 1000000");
        InvalidParameterException.Require(EvaluationInterval >= 1, "evaluation-interval", EvaluationInterval, "an integer from 1 on");
    }
}

/// <summary>One point of a training curve.</summary>
/// <param name="Step">SGD steps taken.</param>
/// <param name="Epoch">Passes over the training set, with fraction.</param>
/// <param name="Loss">Mean loss over the minibatches since the point before; at step 0 of the first minibatch.</param>
/// <param name="Accuracy">Part of those minibatches' examples that were classified correctly when they were visited, 0 to 1.</param>
/// <param name="Deviation">The largest distance of a row from its initial value, max ‖w_s − w_{s,0}‖.</param>
public sealed record TrainingPoint(int Step, double Epoch, double Loss, double Accuracy, double Deviation);

/// <summary>Accuracy under the inner attack at the end of an epoch.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="BeforeProjection">Of the network as SGD left it, which may lie outside the ball, 0 to 1.</param>
/// <param name="AfterProjection">Of the network in the ball.</param>
public sealed record RobustPoint(int Epoch, double BeforeProjection, double AfterProjection);

/// <summary>What a training run did.</summary>
/// <param name="Steps">SGD steps taken.</param>
/// <param name="Epochs">Passes over the training set, with fraction.</param>
/// <param name="Deviation">The largest distance of a row from its initial value at the end.</param>
/// <param name="C0Measured">That distance times √m.</param>
/// <param name="ReachedBall">Whether a row reached the boundary of the ball.</param>
/// <param name="TrainLoss">Mean logistic loss over the whole training set at the end.</param>
/// <param name="TrainAccuracy">Part of the training set classified correctly at the end, 0 to 1.</param>
/// <param name="Trace">The training curve.</param>
public sealed record TrainingSummary(
    int Steps,
    double Epochs,
    double Deviation,
    double C0Measured,
    bool ReachedBall,
    double TrainLoss,
    double TrainAccuracy,
    IReadOnlyList<TrainingPoint> Trace)
{
    /// <summary>Accuracy under the inner attack, an entry an epoch; empty unless it was watched.</summary>
    public IReadOnlyList<RobustPoint> RobustTrace { get; init; } = [];
}
