namespace OneStep.Training;

/// <summary>What every run of SGD demands of its steps.</summary>
internal static class TrainingSteps
{
    /// <summary>How many steps some epochs are.</summary>
    /// <param name="epochs">Passes over the training set.</param>
    /// <param name="batches">Minibatches a pass.</param>
    /// <exception cref="InvalidParameterException">They are more than can be counted.</exception>
    public static int Count(int epochs, int batches)
    {
        InvalidParameterException.Require(
            (long)epochs * batches <= int.MaxValue, "epochs", epochs, $"at most {int.MaxValue / batches} with {batches} minibatches each");
        return epochs * batches;
    }

    /// <summary>Ends a run whose numbers are no longer finite.</summary>
    /// <param name="finite">Whether they still are.</param>
    /// <param name="step">The step, counted from 0.</param>
    /// <param name="learningRate">The learning rate, which is too large.</param>
    /// <exception cref="OneStepException">They are not.</exception>
    public static void RequireFinite(bool finite, int step, double learningRate)
    {
        if (!finite)
        {
            throw new OneStepException($"Training diverged at step {step}: numbers overflow; use a learning rate below {learningRate}.");
        }
    }
}
