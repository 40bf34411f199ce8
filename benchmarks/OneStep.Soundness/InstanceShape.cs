using OneStep.Tests.References;

namespace OneStep.Soundness;

/// <summary>Sizes and scales of an instance.</summary>
/// <param name="Dimension">d.</param>
/// <param name="Width">m.</param>
/// <param name="Count">How many inputs.</param>
/// <param name="HasBias">Whether neurons have biases.</param>
/// <param name="C0">C0 = V√m in units of the weights.</param>
/// <param name="WeightScale">The size of the weights.</param>
/// <param name="InputScale">The size of the inputs.</param>
internal sealed record InstanceShape(int Dimension, int Width, int Count, bool HasBias, double C0, double WeightScale, double InputScale)
{
    /// <summary>Draws a shape: most are small, since degenerate cases and many of them are there; some are a few hundred wide.</summary>
    public static InstanceShape Draw(RandomInputs random)
    {
        (int dimension, int width, int count, double largestC0) = random.Integer(0, 99) switch
        {
            < 30 => (random.Integer(1, 4), random.Integer(1, 6), random.Integer(1, 5), 1.0),
            < 70 => (random.Integer(1, 20), random.Integer(1, 40), random.Integer(1, 6), 1.0),
            < 88 => (random.Integer(5, 60), random.Integer(10, 150), random.Integer(1, 6), 1.0),

            // Wide beside d, and a small ball: what certificates of every network's own step need.
            < 95 => (random.Integer(10, 50), random.Integer(200, 500), random.Integer(1, 2), 0.1),
            _ => (random.Integer(50, 300), random.Integer(50, 400), random.Integer(1, 2), 0.5),
        };
        double relative = random.Integer(0, 19) switch
        {
            0 => 0,
            1 => random.LogBetween(1e-12, 1e-3),
            2 => random.Between(1, 5),
            _ => random.LogBetween(1e-3, largestC0),
        };
        return new(dimension, width, count, random.Chance(0.33), relative * Math.Sqrt(dimension), Scale(random), Scale(random));
    }

    private static double Scale(RandomInputs random) => random.Integer(0, 19) switch
    {
        0 => random.LogBetween(1e-15, 1e15),
        <= 4 => random.LogBetween(1e-6, 1e6),
        _ => 1,
    };
}
