namespace OneStep.Experiments.Certification;

/// <summary>Which network the smallest flips are bracketed of.</summary>
public enum BracketedNetwork
{
    /// <summary>As drawn.</summary>
    Initialized,

    /// <summary>Trained.</summary>
    Trained,

    /// <summary>Trained against attacks within a budget.</summary>
    Adversarial,

    /// <summary>Trained from pairs of neurons that cancel, so that f = 0 at the start.</summary>
    Antisymmetric,
}
