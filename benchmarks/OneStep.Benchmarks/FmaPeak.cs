using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OneStep.Benchmarks;

/// <summary>
/// The machine's peak: fused multiply-adds on registers alone, as many independent chains as the kernels keep. What
/// percent of peak means is measured here, in the same process and at the same clock as the kernels.
/// </summary>
public static class FmaPeak
{
    private const long Rounds = 4_000_000;
    private const long BurstRounds = 400_000;

    /// <summary>Billions of float32 operations a second on one core (a multiply-add counts two).</summary>
    public static double SinglePrecision { get; } = Measure(RunFloat, Vector512.IsHardwareAccelerated ? 16 : 8);

    /// <summary>The same in float64: half as many lanes at the same rate.</summary>
    public static double DoublePrecision => SinglePrecision / 2;

    /// <summary>The same, measured once within about a millisecond.</summary>
    public static double Burst()
    {
        long start = Stopwatch.GetTimestamp();
        GC.KeepAlive(RunFloat(BurstRounds));
        return 2.0 * (Vector512.IsHardwareAccelerated ? 16 : 8) * 12 * BurstRounds / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9;
    }

    private static double Measure(Func<long, double> run, int lanes)
    {
        double best = 0;
        for (int repeat = 0; repeat < 7; repeat++)
        {
            long start = Stopwatch.GetTimestamp();
            GC.KeepAlive(run(Rounds));
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            best = Math.Max(best, 2.0 * lanes * 12 * Rounds / seconds / 1e9);
        }

        return best;
    }

    // Twelve chains: enough for four cycles of latency on two ports, and few enough for sixteen registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double RunFloat(long rounds)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Vector512<float> x = Vector512.Create(0.999f), y = Vector512.Create(1e-3f);
            Vector512<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
            for (long r = 0; r < rounds; r++)
            {
                a = Vector512.FusedMultiplyAdd(a, x, y);
                b = Vector512.FusedMultiplyAdd(b, x, y);
                c = Vector512.FusedMultiplyAdd(c, x, y);
                d = Vector512.FusedMultiplyAdd(d, x, y);
                e = Vector512.FusedMultiplyAdd(e, x, y);
                f = Vector512.FusedMultiplyAdd(f, x, y);
                g = Vector512.FusedMultiplyAdd(g, x, y);
                h = Vector512.FusedMultiplyAdd(h, x, y);
                i = Vector512.FusedMultiplyAdd(i, x, y);
                j = Vector512.FusedMultiplyAdd(j, x, y);
                k = Vector512.FusedMultiplyAdd(k, x, y);
                l = Vector512.FusedMultiplyAdd(l, x, y);
            }

            return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        }
        else
        {
            Vector256<float> x = Vector256.Create(0.999f), y = Vector256.Create(1e-3f);
            Vector256<float> a = y, b = y, c = y, d = y, e = y, f = y, g = y, h = y, i = y, j = y, k = y, l = y;
            for (long r = 0; r < rounds; r++)
            {
                a = Vector256.FusedMultiplyAdd(a, x, y);
                b = Vector256.FusedMultiplyAdd(b, x, y);
                c = Vector256.FusedMultiplyAdd(c, x, y);
                d = Vector256.FusedMultiplyAdd(d, x, y);
                e = Vector256.FusedMultiplyAdd(e, x, y);
                f = Vector256.FusedMultiplyAdd(f, x, y);
                g = Vector256.FusedMultiplyAdd(g, x, y);
                h = Vector256.FusedMultiplyAdd(h, x, y);
                i = Vector256.FusedMultiplyAdd(i, x, y);
                j = Vector256.FusedMultiplyAdd(j, x, y);
                k = Vector256.FusedMultiplyAdd(k, x, y);
                l = Vector256.FusedMultiplyAdd(l, x, y);
            }

            return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
        }
    }
}
