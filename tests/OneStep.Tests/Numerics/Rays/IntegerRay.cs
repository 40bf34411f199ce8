using System.Numerics;
using OneStep.Numerics.Rays;

namespace OneStep.Tests.Numerics.Rays;

/// <summary>
/// A piecewise linear function whose kinks, slopes and values are integers, so that float64 holds every value at a kink
/// exactly, and its first sign change by evaluating it at every kink from scratch.
/// </summary>
internal sealed record IntegerRay(int Value, int Slope, (int Time, int Weight)[] Kinks, int? Horizon)
{
    public double HorizonOrInfinity => Horizon ?? double.PositiveInfinity;

    /// <summary>What the library is given: the kinks up to the horizon and, if asked for, those behind it.</summary>
    public Kink[] ToKinks(bool behindHorizon) =>
        [.. Kinks.Where(kink => behindHorizon || kink.Time <= HorizonOrInfinity).Select(kink => new Kink(kink.Time, kink.Weight))];

    /// <summary>inf{t > 0 : h(t) &lt; 0} below the horizon, the slope there; null where there is none.</summary>
    public (double Time, double Slope)? FirstSignChange()
    {
        int left = 0;
        foreach (int right in Kinks.Select(kink => kink.Time).Distinct().Order())
        {
            if (At(right) < 0)
            {
                // h(left) ≥ 0 > h(right): left + h(left)/−slope, the slope being an integer between two kinks.
                return Before(left, (At(right) - At(left)) / (right - left));
            }

            left = right;
        }

        BigInteger last = Slope + Kinks.Sum(kink => kink.Weight);
        return last < 0 ? Before(left, last) : null;
    }

    private (double Time, double Slope)? Before(int left, BigInteger slope)
    {
        BigInteger numerator = (left * -slope) + At(left);
        return Horizon is int horizon && numerator >= horizon * -slope
            ? null
            : ((double)numerator / (double)-slope, (double)slope);
    }

    private BigInteger At(int time) =>
        Value + ((BigInteger)Slope * time) + Kinks.Aggregate(BigInteger.Zero, (sum, kink) => sum + (BigInteger.Max(0, time - kink.Time) * kink.Weight));
}
