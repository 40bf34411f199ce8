using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using OneStep.Numerics;

namespace OneStep.Benchmarks;

/// <summary>The other axis of the roofline: how fast one thread reads, and reads and writes back, memory that fits the caches
/// and memory that does not.</summary>
public static unsafe class MemoryTable
{
    private const int Repeats = 15;
    private const double BytesARepeat = 100e6;

    // The second-level cache; the weights of 10 000 and of 100 000 neurons at d = 784.
    private static readonly int[] Kibibytes = [1024, 30_625, 306_250];

    /// <summary>Prints a row a size, as Markdown: the fastest of some repeats.</summary>
    public static void Print()
    {
        Console.WriteLine("| memory | read | read and written back |");
        Console.WriteLine("|---|---|---|");
        foreach (int size in Kibibytes)
        {
            using var memory = new NativeBuffer<float>((nint)size * 256);
            memory.Clear();
            double read = Fastest(memory, m => Read(m.Pointer, m.Length));
            double written = Fastest(memory, m => WriteBack(m.Pointer, m.Length));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {size / 1024.0:f0} MiB | {read:f0} GB/s | {written:f0} GB/s |"));
        }
    }

    private static double Fastest(NativeBuffer<float> memory, Action<NativeBuffer<float>> pass)
    {
        double bytes = memory.Length * (double)sizeof(float);
        int passes = Math.Max(1, (int)(BytesARepeat / bytes));
        double best = 0;
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int i = 0; i < passes; i++)
            {
                pass(memory);
            }

            best = Math.Max(best, passes * bytes / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e9);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Read(float* memory, nint count)
    {
        Vector512<float> first = Vector512<float>.Zero, second = Vector512<float>.Zero;
        for (nint i = 0; i < count; i += 32)
        {
            first += Vector512.Load(memory + i);
            second += Vector512.Load(memory + i + 16);
        }

        GC.KeepAlive(Vector512.Sum(first + second));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WriteBack(float* memory, nint count)
    {
        Vector512<float> one = Vector512<float>.One;
        for (nint i = 0; i < count; i += 32)
        {
            (Vector512.Load(memory + i) + one).Store(memory + i);
            (Vector512.Load(memory + i + 16) + one).Store(memory + i + 16);
        }
    }
}
