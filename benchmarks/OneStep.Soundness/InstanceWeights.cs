using OneStep.Tests.References;

namespace OneStep.Soundness;

/// <summary>Initial weights of every kind, degenerate ones included.</summary>
internal static class InstanceWeights
{
    /// <summary>W0, [m][d] or [m][d + 1], not yet rounded to float32.</summary>
    public static double[][] Draw(InstanceShape shape, RandomInputs random)
    {
        int columns = shape.Dimension + (shape.HasBias ? 1 : 0);
        int kind = random.Integer(0, 9);
        double[][] rows = [.. Enumerable.Range(0, shape.Width).Select(_ => kind switch
        {
            // Small integers: pre-activations of exactly zero, equal kinks.
            0 or 1 => Enumerable.Range(0, columns).Select(_ => (double)random.Integer(-2, 2)).ToArray(),
            2 => OneCoordinate(columns, random),
            _ => random.Gaussian(columns),
        })];
        bool degenerate = kind is 3 or 4 or 5;
        for (int s = 0; s < rows.Length; s++)
        {
            double scale = shape.WeightScale * (degenerate && random.Chance(0.2) ? random.LogBetween(1e-4, 1e4) : 1);
            int other = random.Integer(0, s);
            rows[s] = !degenerate || random.Chance(0.5) ? [.. rows[s].Select(w => scale * w)]
                : random.Chance(0.3) ? new double[columns]
                : random.Chance(0.5) ? (double[])rows[other].Clone()
                : [.. rows[other].Select(w => -w)];
        }

        // Pairs of equal weights, and a function that is zero everywhere where their signs are opposite.
        for (int s = 1; kind == 6 && s < rows.Length; s += 2)
        {
            rows[s] = (double[])rows[s - 1].Clone();
        }

        return rows;
    }

    /// <summary>a, [m]: random, alternating or all the same.</summary>
    public static double[] Signs(InstanceShape shape, RandomInputs random)
    {
        int kind = random.Integer(0, 9);
        return [.. Enumerable.Range(0, shape.Width).Select(s => kind switch
        {
            0 => 1.0,
            1 => -1.0,
            2 or 3 => s % 2 == 0 ? 1.0 : -1.0,
            _ => random.Sign(),
        })];
    }

    private static double[] OneCoordinate(int columns, RandomInputs random)
    {
        double[] row = new double[columns];
        row[random.Integer(0, columns - 1)] = random.Gaussian(1)[0];
        return row;
    }
}
