using FsCheck;
using FsCheck.Fluent;
using OneStep.Numerics.Rays;
using OneStep.Tests.References;

namespace OneStep.Tests.Numerics.Rays;

/// <summary>Random rays against exact integer arithmetic and against the sorted search in float64.</summary>
public class PiecewiseLinearRayPropertyTests
{
    // Few times and small weights: equal kinks, zero weights, touches of zero and rests on it are common.
    private static Gen<IntegerRay> Rays(int fewestKinks, int mostKinks, int lastTime, int steepest) =>
        from value in Gen.Choose(1, 40)
        from slope in Gen.Choose(-steepest, steepest)
        from count in Gen.Choose(fewestKinks, mostKinks)
        from times in Gen.ArrayOf(Gen.Choose(1, lastTime), count)
        from weights in Gen.ArrayOf(Gen.Choose(-4, 4), count)
        from horizon in Gen.Choose(0, 2 * lastTime)
        select new IntegerRay(value, slope, [.. times.Zip(weights)], horizon == 0 || horizon > lastTime + 5 ? null : horizon);

    [Fact]
    public void Few_kinks_give_the_crossing_of_exact_arithmetic() =>
        Prop.ForAll(Rays(0, 12, lastTime: 20, steepest: 6).ToArbitrary(), AgreesWithIntegers)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(1, 3));

    [Fact]
    public void Many_kinks_on_few_times_give_the_crossing_of_exact_arithmetic() =>
        Prop.ForAll(Rays(49, 300, lastTime: 25, steepest: 20).ToArbitrary(), AgreesWithIntegers)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(5, 7));

    [Fact]
    public void Many_kinks_on_many_times_give_the_crossing_of_exact_arithmetic() =>
        Prop.ForAll(Rays(49, 400, lastTime: 5000, steepest: 1).ToArbitrary(), AgreesWithIntegers)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000).WithReplay(9, 11));

    [Fact]
    public void Neurons_with_exact_kinks_give_the_crossing_of_the_sorted_search()
    {
        Gen<(int P, int Q, int Sign)> neuron =
            from p in Gen.Choose(-12, 12)
            from q in Gen.Elements(-4, -2, -1, 0, 1, 2, 4)
            from sign in Gen.Elements(-1, 1)
            select (p, q, sign);
        Gen<((int P, int Q, int Sign)[] Neurons, int Limit)> cases =
            from count in Gen.Choose(1, 200)
            from neurons in Gen.ArrayOf(neuron, count)
            from limit in Gen.Choose(0, 16)
            select (neurons, limit);
        Prop.ForAll(cases.ToArbitrary(), AgreesWithSortedSearch).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(13, 15));
    }

    private static bool AgreesWithIntegers(IntegerRay ray)
    {
        (double Time, double Slope)? expected = ray.FirstSignChange();
        return Same(expected, Solve(ray.Value, ray.Slope, ray.ToKinks(behindHorizon: false), ray.HorizonOrInfinity))
            && Same(expected, Solve(ray.Value, ray.Slope, ray.ToKinks(behindHorizon: true), ray.HorizonOrInfinity));
    }

    private static bool AgreesWithSortedSearch(((int P, int Q, int Sign)[] Neurons, int Limit) ray)
    {
        double score = ray.Neurons.Sum(n => n.Sign * Math.Max(0, n.P));
        if (score == 0)
        {
            return true;
        }

        double limit = ray.Limit == 0 ? double.PositiveInfinity : ray.Limit / 4.0;
        int y = Math.Sign(score);
        double slope = ray.Neurons.Sum(n => n.P > 0 || (n.P == 0 && n.Q > 0) ? n.Sign * n.Q : 0);
        Kink[] kinks = [.. ray.Neurons.Where(n => n.P * n.Q < 0).Select(n => new Kink(-(double)n.P / n.Q, y * n.Sign * Math.Abs(n.Q)))];
        NaiveCrossing? expected = BruteForceRay.FirstSignChange(
            [.. ray.Neurons.Select(n => (double)n.P)], [.. ray.Neurons.Select(n => (double)n.Q)], [.. ray.Neurons.Select(n => (double)n.Sign)], 1, limit);
        return Same(
            expected is { } crossing ? (crossing.Length, y * crossing.Slope) : null,
            Solve(y * score, y * slope, kinks, limit));
    }

    private static (double Time, double Slope)? Solve(double value, double slope, Kink[] kinks, double horizon) =>
        PiecewiseLinearRay.TryFindSignChange(value, slope, kinks, horizon, out (double, double) crossing) ? crossing : null;

    // Whether there is a crossing, and the slope, exactly; its time to the rounding of one division.
    private static bool Same((double Time, double Slope)? expected, (double Time, double Slope)? actual) =>
        expected.HasValue == actual.HasValue
        && (expected is not { } e || actual is not { } a || (e.Slope == a.Slope && Math.Abs(e.Time - a.Time) <= 1e-15 * e.Time));
}
