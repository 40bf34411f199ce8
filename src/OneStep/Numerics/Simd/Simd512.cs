using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OneStep.Numerics.Simd;

/// <summary>AVX-512: 32 registers of 512 bits.</summary>
internal readonly unsafe struct Float512 : IFloatSimd<Vector512<float>>
{
    public static int Count => 16;

    public static int MaximumRows => 12;

    public static Vector512<float> Zero => Vector512<float>.Zero;

    private static Vector512<uint> LaneBits => Vector512.Create(1u, 2u, 4u, 8u, 16u, 32u, 64u, 128u, 256u, 512u, 1024u, 2048u, 4096u, 8192u, 16384u, 32768u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> vector, float* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) =>
        Vector512.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> PositivePart(Vector512<float> vector) =>
        Vector512.GreaterThan(vector, Zero) & vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint PositiveBits(Vector512<float> vector) =>
        (uint)Vector512.ExtractMostSignificantBits(Vector512.GreaterThan(vector, Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> KeepBits(Vector512<float> vector, uint bits) =>
        Vector512.Equals(Vector512.Create(bits) & LaneBits, LaneBits).AsSingle() & vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> ChooseByBits(uint bits, Vector512<float> chosen, Vector512<float> otherwise) =>
        Vector512.ConditionalSelect(Vector512.Equals(Vector512.Create(bits) & LaneBits, LaneBits).AsSingle(), chosen, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SelectByBit(uint* words, int bit, float value)
    {
        Vector512<uint> wanted = Vector512.Create(1u << bit);
        return Vector512.Equals(Vector512.Load(words) & wanted, wanted).AsSingle() & Vector512.Create(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> StartSlope(Vector512<float> p, Vector512<float> q) =>
        (Vector512.GreaterThan(p, Zero) | (Vector512.Equals(p, Zero) & Vector512.GreaterThan(q, Zero))) & q;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint KinkBits(Vector512<float> p, Vector512<float> q, Vector512<float> horizon)
    {
        Vector512<float> opposed = (Vector512.GreaterThan(p, Zero) & Vector512.LessThan(q, Zero))
            | (Vector512.LessThan(p, Zero) & Vector512.GreaterThan(q, Zero));
        Vector512<float> near = Vector512.LessThanOrEqual(Vector512.Abs(p), Vector512.Abs(q) * horizon);
        return (uint)Vector512.ExtractMostSignificantBits(opposed & near);
    }
}

/// <inheritdoc cref="Float512"/>
internal readonly unsafe struct Double512 : ISimd<Vector512<double>, double>, ILoads<Vector512<double>, float>
{
    public static int Count => 8;

    public static int MaximumRows => 12;

    public static Vector512<double> Zero => Vector512<double>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(double* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Load(float* source) => Avx512F.ConvertToVector512Double(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<double> vector, double* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Broadcast(double value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> left, Vector512<double> right, Vector512<double> addend) =>
        Vector512.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Multiply(Vector512<double> left, Vector512<double> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> PositivePart(Vector512<double> vector) =>
        Vector512.GreaterThan(vector, Zero) & vector;
}
