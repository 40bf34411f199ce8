namespace OneStep.Networks.Deep;

/// <summary>One output of a network as a score function, or the difference of two.</summary>
public sealed class DeepScore : DeepScoreFunction
{
    /// <summary>f(x) = z_k(x), the output k.</summary>
    /// <param name="network">The network, which stays its owner's.</param>
    /// <param name="output">k, from 0.</param>
    public DeepScore(DeepNetwork network, int output = 0)
        : base(network, output, static (_, _) => [])
    {
    }

    /// <summary>f(x) = z_i(x) − z_j(x), the margin between two outputs.</summary>
    /// <param name="network">The network, which stays its owner's.</param>
    /// <param name="output">i, from 0.</param>
    /// <param name="competitor">j, another one.</param>
    public DeepScore(DeepNetwork network, int output, int competitor)
        : base(network, output, (outputs, i) =>
        {
            InvalidParameterException.Require(
                competitor >= 0 && competitor < outputs && competitor != i, nameof(competitor), competitor, $"an output from 0 to {outputs - 1} other than {i}");
            return [competitor];
        })
    {
    }
}
