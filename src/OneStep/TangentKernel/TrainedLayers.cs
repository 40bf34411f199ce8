namespace OneStep.TangentKernel;

/// <summary>Which layers of the network are trained: the others keep their initial weights and add nothing to the kernel.</summary>
public enum TrainedLayers
{
    /// <summary>The first layer's weights alone, as on the poster.</summary>
    First,

    /// <summary>Every layer's weights, the output's included.</summary>
    All,
}
