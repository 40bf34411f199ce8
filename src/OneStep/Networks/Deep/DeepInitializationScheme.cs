namespace OneStep.Networks.Deep;

/// <summary>How the weights and biases of a deep network are drawn; n is a layer's fan-in, the width of what it takes in.</summary>
public enum DeepInitializationScheme
{
    /// <summary>For training [HZRS15]: weights N(0, 2/n) in the hidden layers, which keeps the size of activations from layer to
    /// layer, and N(0, 1/n) in the last; biases zero.</summary>
    He,

    /// <summary>Random networks as in [BBC21]: weights N(0, 1/n) in every layer; biases, where there are any, zero.</summary>
    FanIn,

    /// <summary>N(0, 1/n) for weights and biases alike: a random network whose regions do not all meet at the origin.</summary>
    FanInWithBiases,
}
