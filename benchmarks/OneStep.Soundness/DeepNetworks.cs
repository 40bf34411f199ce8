using OneStep.Tests.References;

namespace OneStep.Soundness;

/// <summary>Small deep networks of every kind, degenerate ones included.</summary>
internal static class DeepNetworks
{
    /// <summary>Up to three hidden layers and four outputs; small integers, rows of zeros, copies, and layers of other scales among them.</summary>
    public static NaiveDeepNetwork Draw(RandomInputs random)
    {
        bool isSmall = random.Chance(0.5);
        int[] hidden = [.. Enumerable.Range(0, random.Integer(0, 3)).Select(_ => random.Integer(1, isSmall ? 5 : 24))];
        int[] widths = [random.Integer(1, isSmall ? 3 : 12), .. hidden, random.Chance(0.5) ? 1 : random.Integer(2, 4)];
        int seed = random.Integer(0, int.MaxValue - 1);
        bool hasBias = random.Chance(0.5);
        NaiveDeepNetwork network = random.Chance(0.3) ? NaiveDeepNetwork.Integer(widths, hasBias, seed) : NaiveDeepNetwork.Random(widths, hasBias, seed);
        bool isDegenerate = random.Chance(0.3);
        bool isScaled = random.Chance(0.2);
        foreach (double[][] layer in network.Layers)
        {
            for (int s = 0; isDegenerate && s < layer.Length; s++)
            {
                // A row of zeros, a copy of another or its negative.
                double[] other = layer[random.Integer(0, s)];
                double factor = random.Integer(-1, 1);
                layer[s] = random.Chance(0.6) ? layer[s] : [.. other.Select(w => factor * w)];
            }

            double scale = isScaled ? random.LogBetween(1e-4, 1e4) : 1;
            foreach (double[] row in layer)
            {
                for (int k = 0; k < row.Length; k++)
                {
                    row[k] *= scale;
                }
            }
        }

        return network;
    }

    /// <summary>An input: on the sphere, of integers, a coordinate, zero.</summary>
    public static double[] Input(int dimension, RandomInputs random) => random.Integer(0, 9) switch
    {
        0 => new double[dimension],
        1 => [.. Enumerable.Range(0, dimension).Select(_ => (double)random.Integer(-1, 1))],
        2 => [.. Enumerable.Range(0, dimension).Select(k => k == 0 ? 1.0 : 0)],
        3 => [.. random.Unit(dimension).Select(v => random.LogBetween(1e-4, 1e4) * v)],
        _ => random.Unit(dimension),
    };
}
