namespace OneStep.Networks.Deep;

/// <summary>
/// How far a class is ahead, f(x) = z_c(x) − max_{j ≠ c} z_j(x): positive where the network says class c. The gradient is that
/// of the largest competitor, of the one with the smallest index at ties.
/// </summary>
public sealed class ClassMargin : DeepScoreFunction
{
    /// <summary>Makes the margin of a class.</summary>
    /// <param name="network">The network, with at least two outputs; it stays its owner's.</param>
    /// <param name="output">The class c, from 0.</param>
    public ClassMargin(DeepNetwork network, int output)
        : base(network, output, static (outputs, c) =>
        {
            InvalidParameterException.Require(outputs >= 2, nameof(outputs), outputs, "at least 2 for a margin between classes");
            return [.. Enumerable.Range(0, outputs).Where(j => j != c)];
        })
    {
    }
}
