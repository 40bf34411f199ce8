using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>How far training is expected to go, and what it takes: estimates of cost need it, and no number depends on it.</summary>
internal static class TrainingCost
{
    /// <summary>Floating-point operations of a step of SGD, a weight and an example: two products, a multiply-add counting twice.</summary>
    public const double FlopsAWeight = 4;

    // Training with `stop` ends on the boundary of the ball. On MNIST 0 against 1 at a learning rate of 1 that took 0.05,
    // 0.44, 2.3 and 8.9 passes at C0 = 2, 10, 20 and 30: proportional to C0, but for the margin, which grows with C0 and
    // makes the gradients of the logistic loss small.
    private const double PassesAUnitOfC0 = 0.02;
    private const double SlowdownC0 = 11.5;

    /// <summary>Passes over the training examples.</summary>
    public static double Passes(ExperimentParameters parameters) => parameters.Training.Ball == BallMode.Stop
        ? Math.Min(parameters.Training.Epochs, PassesAUnitOfC0 * parameters.C0 * Math.Exp(parameters.C0 / SlowdownC0) / parameters.Training.LearningRate)
        : parameters.Training.Epochs;
}
