namespace OneStep.Training.Deep;

/// <summary>Minibatch SGD on all layers of a network, with momentum and weight decay (docs/mathematics.md §16).</summary>
public sealed record DeepTrainingOptions
{
    /// <summary>The step size λ of SGD on the mean loss of a minibatch; above 0. Default 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>The part μ of its last velocity that a weight keeps, 0 or more, below 1. Default 0.9; 0 is plain SGD.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>The factor κ of the penalty ½ κ ‖W‖² on all weights, biases included; not negative. Default 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Examples a minibatch, at least 1; the last one of an epoch may be shorter. Default 64.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Passes over the training set, at least 1. Default 10.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>SGD steps between two points of the trace, at least 1. Default 10.</summary>
    public int EvaluationInterval { get; init; } = 10;

    /// <summary>Checks every range.</summary>
    /// <exception cref="InvalidParameterException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        InvalidParameterException.Require(double.IsFinite(LearningRate) && LearningRate > 0, "learning-rate", LearningRate, "a finite number above 0");
        InvalidParameterException.Require(Momentum is >= 0 and < 1, "momentum", Momentum, "a number from 0 to below 1");
        InvalidParameterException.Require(double.IsFinite(WeightDecay) && WeightDecay >= 0, "weight-decay", WeightDecay, "a finite number from 0 on");
        InvalidParameterException.Require(Batch is >= 1 and <= 1_000_000, "batch", Batch, "an integer from 1 to 1000000");
        InvalidParameterException.Require(Epochs is >= 1 and <= 1_000_000, "epochs", Epochs, "an integer from 1 to 1000000");
        InvalidParameterException.Require(EvaluationInterval >= 1, "evaluation-interval", EvaluationInterval, "an integer from 1 on");
    }
}
