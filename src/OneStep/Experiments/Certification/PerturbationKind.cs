namespace OneStep.Experiments.Certification;

/// <summary>What a perturbation is made to flip, and how much is known of the network: the more networks it must flip and the less is
/// known, the longer it is.</summary>
public enum PerturbationKind
{
    /// <summary>The single gradient step on the trained network, which is known.</summary>
    OneStep,

    /// <summary>The shortest found for the trained network: the single step, or the walk along its boundary from there.</summary>
    Best,

    /// <summary>One that flips all networks of the ball with the trained network's score at the input.</summary>
    OneQuery,

    /// <summary>One that flips all networks of the ball, from W0 alone.</summary>
    BallWide,

    /// <summary>The same in one direction for all inputs of a label.</summary>
    Universal,

    /// <summary>The trained network's step along its own gradient, of a size η with which the own step of every network of the ball flips that
    /// network (docs/mathematics.md §6). Looked for only where it is asked for.</summary>
    OwnStep,
}
