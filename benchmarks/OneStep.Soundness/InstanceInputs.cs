using OneStep.Tests.References;

namespace OneStep.Soundness;

/// <summary>Inputs of every kind: on the sphere, of integers, along a row of W0 or a coordinate, the same twice, zero.</summary>
internal static class InstanceInputs
{
    /// <summary>x, [n][d], not yet rounded to float32.</summary>
    public static double[][] Draw(InstanceShape shape, double[][] weights, RandomInputs random)
    {
        double[][] inputs = new double[shape.Count][];
        for (int i = 0; i < inputs.Length; i++)
        {
            double[] input = random.Integer(0, 19) switch
            {
                0 => new double[shape.Dimension],
                1 or 2 => [.. Enumerable.Range(0, shape.Dimension).Select(_ => (double)random.Integer(-1, 1))],
                3 => [.. weights[random.Integer(0, weights.Length - 1)].Take(shape.Dimension).Select(w => w / shape.WeightScale)],
                4 => [.. Enumerable.Range(0, shape.Dimension).Select(k => k == i % shape.Dimension ? 1.0 : 0)],
                5 when i > 0 => [.. inputs[i - 1].Select(x => x / shape.InputScale)],
                _ => random.Unit(shape.Dimension),
            };
            inputs[i] = [.. input.Select(x => shape.InputScale * x)];
        }

        return inputs;
    }
}
