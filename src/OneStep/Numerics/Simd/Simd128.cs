using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OneStep.Numerics.Simd;

/// <summary>The portable path: 128 bits, which the runtime emulates lane by lane where a processor has none.</summary>
internal readonly unsafe struct Float128 : IFloatSimd<Vector128<float>>
{
    public static int Count => 4;

    public static int MaximumRows => 6;

    public static Vector128<float> Zero => Vector128<float>.Zero;

    private static Vector128<uint> LaneBits => Vector128.Create(1u, 2u, 4u, 8u);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> vector, float* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend) =>
        Vector128.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> left, Vector128<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> PositivePart(Vector128<float> vector) =>
        Vector128.GreaterThan(vector, Zero) & vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint PositiveBits(Vector128<float> vector) =>
        (uint)Vector128.ExtractMostSignificantBits(Vector128.GreaterThan(vector, Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> KeepBits(Vector128<float> vector, uint bits) =>
        Vector128.Equals(Vector128.Create(bits) & LaneBits, LaneBits).AsSingle() & vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> ChooseByBits(uint bits, Vector128<float> chosen, Vector128<float> otherwise) =>
        Vector128.ConditionalSelect(Vector128.Equals(Vector128.Create(bits) & LaneBits, LaneBits).AsSingle(), chosen, otherwise);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> SelectByBit(uint* words, int bit, float value)
    {
        Vector128<uint> wanted = Vector128.Create(1u << bit);
        return Vector128.Equals(Vector128.Load(words) & wanted, wanted).AsSingle() & Vector128.Create(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> StartSlope(Vector128<float> p, Vector128<float> q) =>
        (Vector128.GreaterThan(p, Zero) | (Vector128.Equals(p, Zero) & Vector128.GreaterThan(q, Zero))) & q;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint KinkBits(Vector128<float> p, Vector128<float> q, Vector128<float> horizon)
    {
        Vector128<float> opposed = (Vector128.GreaterThan(p, Zero) & Vector128.LessThan(q, Zero))
            | (Vector128.LessThan(p, Zero) & Vector128.GreaterThan(q, Zero));
        Vector128<float> near = Vector128.LessThanOrEqual(Vector128.Abs(p), Vector128.Abs(q) * horizon);
        return (uint)Vector128.ExtractMostSignificantBits(opposed & near);
    }
}

/// <inheritdoc cref="Float128"/>
internal readonly unsafe struct Double128 : ISimd<Vector128<double>, double>, ILoads<Vector128<double>, float>
{
    public static int Count => 2;

    public static int MaximumRows => 6;

    public static Vector128<double> Zero => Vector128<double>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Load(double* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Load(float* source) => Vector128.Create((double)source[0], source[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<double> vector, double* destination) => vector.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Broadcast(double value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> MultiplyAdd(Vector128<double> left, Vector128<double> right, Vector128<double> addend) =>
        Vector128.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Multiply(Vector128<double> left, Vector128<double> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> PositivePart(Vector128<double> vector) =>
        Vector128.GreaterThan(vector, Zero) & vector;
}
