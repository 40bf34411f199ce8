namespace OneStep.Numerics.Randomness;

/// <summary>
/// What random numbers are for. The purpose is part of the generator's counter, so streams for different purposes never
/// meet. The numbers are part of every result: never change one.
/// </summary>
public enum RandomPurpose
{
    /// <summary>The rows of W0.</summary>
    HiddenWeights = 1,

    /// <summary>The signs a.</summary>
    OutputSigns = 2,

    /// <summary>The order of examples in an epoch.</summary>
    ExampleOrder = 3,

    /// <summary>Starting points of attacks.</summary>
    AttackRestarts = 4,

    /// <summary>Random inputs, for studies without data.</summary>
    RandomInputs = 5,

    /// <summary>Starting points of projected gradient steps, when attacking.</summary>
    ProjectedGradientStarts = 6,

    /// <summary>Starting points of the inner attack of adversarial training.</summary>
    InnerAttackStarts = 7,

    /// <summary>Which seeds a bootstrap draws again.</summary>
    BootstrapResampling = 8,

    /// <summary>The seeds of the networks of an experiment over many of them.</summary>
    NetworkSeeds = 9,

    /// <summary>The weights of the first layer of a deep network; layer l, from 0, has this number plus l.</summary>
    DeepWeights = 1000,

    /// <summary>The biases of the first layer of a deep network; layer l, from 0, has this number plus l.</summary>
    DeepBiases = 1_000_000,
}
