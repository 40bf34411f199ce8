using OneStep.Networks.Activations;

namespace OneStep.Experiments.RandomNetworks;

/// <summary>The activation of a random two-layer network's neurons.</summary>
public enum HiddenActivation
{
    /// <summary>max(0, z).</summary>
    Relu,

    /// <summary>tanh z.</summary>
    Tanh,

    /// <summary>log(1 + eᶻ).</summary>
    Softplus,
}

/// <summary>What activations stand for.</summary>
internal static class HiddenActivations
{
    /// <summary>σ; null for relu, which has networks of its own.</summary>
    public static Activation? Smooth(this HiddenActivation activation) => activation switch
    {
        HiddenActivation.Tanh => Activation.Tanh,
        HiddenActivation.Softplus => Activation.Softplus,
        _ => null,
    };
}
