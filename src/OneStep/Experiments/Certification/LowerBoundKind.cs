namespace OneStep.Experiments.Certification;

/// <summary>A way to prove how small a perturbation of the trained network's input cannot flip it (docs/mathematics.md §7), about from the
/// cheapest on. Of two-layer networks there are all but the last, of deep networks those by intervals, lines and the product.</summary>
public enum LowerBoundKind
{
    /// <summary>The score over a Lipschitz constant of the network.</summary>
    Global,

    /// <summary>Every neuron at its worst by itself.</summary>
    Interval,

    /// <summary>Every relu between two lines.</summary>
    Linear,

    /// <summary>A Lipschitz constant around the input, from the neurons that can switch there.</summary>
    Spectral,

    /// <summary>A quadratic form below the score: by far the tightest and dearest, m d² multiplications a dozen times an input.</summary>
    Quadratic,

    /// <summary>The margin over the product of the layers' spectral norms around the input, for deep networks.</summary>
    Product,
}
