using OneStep.Networks.Activations;
using OneStep.Tests.References;

namespace OneStep.Tests.Networks.Activations;

/// <summary>Networks with smooth activations beside their references.</summary>
internal static class ActivationScenes
{
    public static readonly TheoryData<string> Names = new("tanh", "softplus");

    public static Activation Activation(string name) => name == "tanh" ? OneStep.Networks.Activations.Activation.Tanh : OneStep.Networks.Activations.Activation.Softplus;

    public static (ActivatedTwoLayerNetwork Network, NaiveActivatedNetwork Naive) Of(string name, NaiveNetwork layers)
    {
        var network = new ActivatedTwoLayerNetwork(layers.ToLibrary(), Activation(name));
        return (network, new(Rounded(layers), name == "tanh" ? NaiveActivatedNetwork.Tanh : NaiveActivatedNetwork.Softplus));
    }

    // Rounded to float32, as the library holds them.
    private static NaiveNetwork Rounded(NaiveNetwork layers) =>
        new([.. layers.Weights.Select(row => Array.ConvertAll(row, w => (double)(float)w))], layers.Signs, layers.HasBias);
}
