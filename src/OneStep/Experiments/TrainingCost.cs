using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>How far training is expected to go, and what it takes: estimates of cost need it, and no number depends on it.</summary>
internal static class TrainingCost
{
    /// <summary>Floating-point operations of a step of SGD, a weight and an example: two products, a multiply-add counting twice.</summary>
    public const double FlopsAStep = 4;

    /// <summary>Floating-point operations of a gradient in the input, a weight and an example: two products as well.</summary>
    public const double FlopsAGradient = 4;

    // Training with `stop` ends on the boundary of the ball. On MNIST 0 against 1 at a learning rate of 1 that took 0.05,
    // 0.44, 2.3 and 8.9 passes at C0 = 2, 10, 20 and 30: proportional to C0, but for the margin, which grows with C0 and
    // makes the gradients of the logistic loss small.
    private const double PassesAUnitOfC0 = 0.02;
    private const double SlowdownC0 = 11.5;

    /// <summary>Gradients of the inner attack, an example and a pass.</summary>
    public static double InnerGradients(ExperimentParameters parameters) =>
        !parameters.Adversarial.IsOn ? 0 : parameters.Adversarial.InnerAttack == InnerAttack.Pgd ? parameters.Adversarial.Steps : 2;

    /// <summary>Floating-point operations of all training, a weight and an example.</summary>
    public static double FlopsAWeight(ExperimentParameters parameters) =>
        parameters.Untrained ? 0 : Passes(parameters) * (FlopsAStep + (InnerGradients(parameters) * FlopsAGradient));

    /// <summary>Passes over the training examples.</summary>
    public static double Passes(ExperimentParameters parameters) => parameters.Training.Ball == BallMode.Stop
        ? Math.Min(parameters.Training.Epochs, PassesAUnitOfC0 * parameters.C0 * Math.Exp(parameters.C0 / SlowdownC0) / parameters.Training.LearningRate)
        : parameters.Training.Epochs;
}
