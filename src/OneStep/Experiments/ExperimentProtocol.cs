using OneStep.Training;

namespace OneStep.Experiments;

/// <summary>Bundles of parameter values; each value can be changed on its own.</summary>
public enum ExperimentProtocol
{
    /// <summary>What the text of the work describes: the defaults.</summary>
    Text,

    /// <summary>What its published code does when it trains adversarially, as far as this program has it (docs/protocol.md).</summary>
    Published,
}

/// <summary>The values of the bundles.</summary>
public static class ExperimentProtocols
{
    private const int PublishedPatience = 20;

    // Training ends when robust accuracy no longer improves; this only bounds it.
    private const int MostEpochs = 1000;

    /// <summary>The parameters of a protocol.</summary>
    public static ExperimentParameters ParametersOf(ExperimentProtocol protocol) => protocol == ExperimentProtocol.Text ? new() : new()
    {
        Bias = true,
        Training = new() { LearningRate = 0.01, Ball = BallMode.Epoch, Epochs = MostEpochs },
        Adversarial = new()
        {
            Budget = 0.2,
            Steps = 100,

            // Steps of .01 within .2.
            StepSize = 0.05,
            Clip = true,
            Rescale = true,
            Refresh = AdversarialRefresh.Epoch,
            Patience = PublishedPatience,
        },
        RobustClip = true,
    };
}
