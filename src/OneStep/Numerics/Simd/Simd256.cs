using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace OneStep.Numerics.Simd;

/// <summary>AVX2: 16 registers of 256 bits.</summary>
internal readonly unsafe struct Float256 : IFloatSimd<Vector256<float>>
{
    public static int Count => 8;

    public static int MaximumRows => 6;

    public static Vector256<float> Zero => Vector256<float>.Zero;

    private static Vector256<uint> LaneBits => Vector256.Create(1u, 2u, 4u, 8u, 16u, 32u, 64u, 128u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(float* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> vector, float* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Broadcast(float value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
        Vector256.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> PositivePart(Vector256<float> vector) =>
        Vector256.GreaterThan(vector, Zero) & vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint PositiveBits(Vector256<float> vector) =>
        (uint)Vector256.ExtractMostSignificantBits(Vector256.GreaterThan(vector, Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> KeepBits(Vector256<float> vector, uint bits) =>
        Vector256.Equals(Vector256.Create(bits) & LaneBits, LaneBits).AsSingle() & vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> ChooseByBits(uint bits, Vector256<float> chosen, Vector256<float> otherwise) =>
        Vector256.ConditionalSelect(Vector256.Equals(Vector256.Create(bits) & LaneBits, LaneBits).AsSingle(), chosen, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> SelectByBit(uint* words, int bit, float value)
    {
        Vector256<uint> wanted = Vector256.Create(1u << bit);
        return Vector256.Equals(Vector256.Load(words) & wanted, wanted).AsSingle() & Vector256.Create(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> StartSlope(Vector256<float> p, Vector256<float> q) =>
        (Vector256.GreaterThan(p, Zero) | (Vector256.Equals(p, Zero) & Vector256.GreaterThan(q, Zero))) & q;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint KinkBits(Vector256<float> p, Vector256<float> q, Vector256<float> horizon)
    {
        Vector256<float> opposed = (Vector256.GreaterThan(p, Zero) & Vector256.LessThan(q, Zero))
            | (Vector256.LessThan(p, Zero) & Vector256.GreaterThan(q, Zero));
        Vector256<float> near = Vector256.LessThanOrEqual(Vector256.Abs(p), Vector256.Abs(q) * horizon);
        return (uint)Vector256.ExtractMostSignificantBits(opposed & near);
    }
}

/// <inheritdoc cref="Float256"/>
internal readonly unsafe struct Double256 : ISimd<Vector256<double>, double>, ILoads<Vector256<double>, float>
{
    public static int Count => 4;

    public static int MaximumRows => 6;

    public static Vector256<double> Zero => Vector256<double>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(double* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(float* source) => Avx.ConvertToVector256Double(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<double> vector, double* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Broadcast(double value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> left, Vector256<double> right, Vector256<double> addend) =>
        Vector256.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Multiply(Vector256<double> left, Vector256<double> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> PositivePart(Vector256<double> vector) =>
        Vector256.GreaterThan(vector, Zero) & vector;
}
