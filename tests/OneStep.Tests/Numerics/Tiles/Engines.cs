using System.Runtime.Intrinsics;
using OneStep.Numerics;
using OneStep.Numerics.Simd;
using OneStep.Numerics.Tiles;

namespace OneStep.Tests.Numerics.Tiles;

/// <summary>One engine of every vector width; the framework emulates those that the processor lacks.</summary>
internal static class Engines
{
    public static TheoryData<int> Widths { get; } = [512, 256, 128];

    public static TileEngine Of(int bits) => bits switch
    {
        512 => new TileEngine<Float512, Vector512<float>, Double512, Vector512<double>>(512),
        256 => new TileEngine<Float256, Vector256<float>, Double256, Vector256<double>>(256),
        128 => new TileEngine<Float128, Vector128<float>, Double128, Vector128<double>>(128),
        _ => throw new ArgumentOutOfRangeException(nameof(bits)),
    };

    /// <summary>Normal random numbers, with some exact zeros of either sign.</summary>
    public static unsafe NativeBuffer<float> Floats(int count, int seed)
    {
        var random = new Random(seed);
        var buffer = new NativeBuffer<float>(count);
        for (int i = 0; i < count; i++)
        {
            buffer.Pointer[i] = random.Next(10) switch
            {
                0 => 0f,
                1 => -0f,
                _ => (float)((random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-6, 7))),
            };
        }

        return buffer;
    }

    /// <inheritdoc cref="Floats"/>
    public static unsafe NativeBuffer<double> Doubles(int count, int seed)
    {
        using NativeBuffer<float> floats = Floats(count, seed);
        var buffer = new NativeBuffer<double>(count);
        for (int i = 0; i < count; i++)
        {
            buffer.Pointer[i] = floats.Pointer[i] / 3.0;
        }

        return buffer;
    }

    public static unsafe Span<T> Span<T>(this NativeBuffer<T> buffer)
        where T : unmanaged => new(buffer.Pointer, (int)buffer.Length);
}
