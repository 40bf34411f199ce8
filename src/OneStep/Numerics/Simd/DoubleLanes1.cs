using System.Runtime.CompilerServices;

namespace OneStep.Numerics.Simd;

/// <summary>One lane: a plain number.</summary>
internal readonly unsafe struct DoubleLanes1 : IDoubleLanes<double>
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Broadcast(double value) => value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double BroadcastBits(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double LoadBits(ulong* source) => BitConverter.UInt64BitsToDouble(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingle(double vector, float* destination) => *destination = (float)vector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Add(double left, double right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Subtract(double left, double right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Multiply(double left, double right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Divide(double left, double right) => left / right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyAdd(double left, double right, double addend) => Math.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SquareRoot(double vector) => Math.Sqrt(vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Round(double vector) => Math.Round(vector, MidpointRounding.ToEven);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SelectLess(double left, double right, double yes, double no) => left < right ? yes : no;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SelectOdd(double bits, double yes, double no) => (Bits(bits) & 1) != 0 ? yes : no;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double And(double left, double right) => BroadcastBits(Bits(left) & Bits(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Or(double left, double right) => BroadcastBits(Bits(left) | Bits(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Xor(double left, double right) => BroadcastBits(Bits(left) ^ Bits(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ShiftLeft(double bits, int count) => BroadcastBits(Bits(bits) << count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ShiftRight(double bits, int count) => BroadcastBits(Bits(bits) >> count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double AddBits(double left, double right) => BroadcastBits(Bits(left) + Bits(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double MultiplyWords(double left, double right) => BroadcastBits((ulong)(uint)Bits(left) * (uint)Bits(right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);
}
