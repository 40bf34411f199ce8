using OneStep.Tests.References;

namespace OneStep.Soundness;

/// <summary>Radii of the rows: all the same, or each its own, with zeros and tiny ones among them.</summary>
internal static class InstanceRadii
{
    /// <summary>V_s, [m], each a float32 number.</summary>
    public static double[] Draw(InstanceShape shape, RandomInputs random)
    {
        double radius = shape.C0 * shape.WeightScale / Math.Sqrt(shape.Width);
        int kind = random.Integer(0, 5);
        return [.. Enumerable.Range(0, shape.Width).Select(_ => (double)(float)(radius * kind switch
        {
            0 => random.Between(0, 2),
            1 => random.Chance(0.3) ? 0 : random.Between(0.5, 1),
            2 => random.LogBetween(1e-6, 1),
            _ => 1,
        }))];
    }
}
