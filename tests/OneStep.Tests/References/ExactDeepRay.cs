namespace OneStep.Tests.References;

/// <summary>The margin of a network along a ray in exact arithmetic, region by region.</summary>
internal static class ExactDeepRay
{
    /// <summary>inf{t > 0 : sign(f(x)) f(x + t u) &lt; 0} and the slope behind it; null where there is none, or f(x) = 0.</summary>
    public static (Rational Length, Rational Slope)? FirstSignChange(NaiveDeepNetwork network, double[] x, double[] u, int output, int[] competitors)
    {
        Rational time = 0;
        int sign = 0;
        while (true)
        {
            (Rational Value, Rational Slope)[] outputs = Follow(network, x, u, time, out Rational? kink);
            (Rational Value, Rational Slope)[] lines = competitors.Length == 0
                ? [outputs[output]]
                : [.. competitors.Select(j => (outputs[output].Value - outputs[j].Value, outputs[output].Slope - outputs[j].Slope))];
            if (sign == 0)
            {
                sign = lines.Min(line => line.Value).Sign;
                if (sign == 0)
                {
                    return null;
                }
            }

            // Where a line crosses zero inside the region, or at its beginning, the margin may change sign.
            var candidates = lines.Where(line => line.Slope.Sign != 0).Select(line => time - (line.Value / line.Slope)).Append(time)
                .Where(t => t.CompareTo(time) >= 0 && (kink is not { } end || t.CompareTo(end) < 0)).Order();
            foreach (Rational candidate in candidates)
            {
                (Rational Value, Rational Slope) least = lines
                    .Select(line => (Value: line.Value + ((candidate - time) * line.Slope), line.Slope))
                    .OrderBy(line => line.Value).ThenBy(line => line.Slope).First();
                int behind = least.Value.Sign != 0 ? least.Value.Sign : least.Slope.Sign;
                if (behind == -sign)
                {
                    return (candidate, least.Slope);
                }
            }

            if (kink is not { } next)
            {
                return null;
            }

            time = next;
        }
    }

    /// <summary>The first t > 0 at which a pre-activation changes sign; null where there is none.</summary>
    public static Rational? FirstKink(NaiveDeepNetwork network, double[] x, double[] u)
    {
        Follow(network, x, u, 0, out Rational? kink);
        return kink;
    }

    /// <summary>The outputs at x, exactly.</summary>
    public static Rational[] Outputs(NaiveDeepNetwork network, double[] x) =>
        [.. Follow(network, x, new double[x.Length], 0, out _).Select(output => output.Value)];

    /// <summary>Values and slopes of the outputs just behind t, and where the region ends.</summary>
    private static (Rational Value, Rational Slope)[] Follow(NaiveDeepNetwork network, double[] x, double[] u, Rational t, out Rational? end)
    {
        end = null;
        (Rational Value, Rational Slope)[] h = [.. x.Zip(u, (xk, uk) => (Rational.Of(xk) + (t * Rational.Of(uk)), Rational.Of(uk)))];
        for (int l = 0; l < network.Layers.Length; l++)
        {
            var z = new List<(Rational Value, Rational Slope)>();
            foreach (double[] row in network.Layers[l])
            {
                Rational value = network.HasBias ? Rational.Of(row[^1]) : 0;
                Rational slope = 0;
                for (int k = 0; k < h.Length; k++)
                {
                    Rational weight = Rational.Of(row[k]);
                    value += weight * h[k].Value;
                    slope += weight * h[k].Slope;
                }

                z.Add((value, slope));
            }

            if (l + 1 == network.Layers.Length)
            {
                return [.. z];
            }

            foreach ((Rational value, Rational slope) in z.Where(line => line.Value.Sign * line.Slope.Sign < 0))
            {
                Rational kink = t - (value / slope);
                end = end is { } earlier && earlier.CompareTo(kink) <= 0 ? earlier : kink;
            }

            h = [.. z.Select(line => line.Value.Sign > 0 || (line.Value.Sign == 0 && line.Slope.Sign > 0) ? line : ((Rational)0, (Rational)0))];
        }

        throw new InvalidOperationException("A network has a last layer.");
    }
}
