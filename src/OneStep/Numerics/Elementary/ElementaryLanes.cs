using System.Runtime.CompilerServices;
using OneStep.Numerics.Simd;

namespace OneStep.Numerics.Elementary;

/// <summary>
/// The elementary functions that random numbers are made with, in the lanes of a vector: see
/// <see cref="ElementaryFunctions"/>, which runs the same text on one lane.
/// </summary>
internal static class ElementaryLanes<TLanes, TVector>
    where TLanes : struct, IDoubleLanes<TVector>
    where TVector : struct
{
    // log 2 in two parts; the first has 21 trailing zero bits, so that its product with an exponent is exact.
    private const double Ln2High = 0.6931471803691238;
    private const double Ln2Low = 1.9082149292705877e-10;
    private const double SqrtHalf = 0.70710678118654752;

    // The bits of 2^52 and of 1.5 · 2^52: the lower bits of a number of that size are an integer.
    private const ulong TwoTo52Bits = 0x4330000000000000;
    private const double TwoTo52 = 4503599627370496;
    private const double IntegerShift = 1.5 * TwoTo52;

    /// <summary>The double of an integer below 2⁵² that stands in a lane's bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ToDouble(TVector integer) =>
        TLanes.Subtract(TLanes.Or(integer, TLanes.BroadcastBits(TwoTo52Bits)), TLanes.Broadcast(TwoTo52));

    /// <inheritdoc cref="ElementaryFunctions.Log"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Log(TVector x)
    {
        // x = m 2^e with m in [√½, √2): log x = e log 2 + 2 artanh s, s = (m − 1)/(m + 1), |s| ≤ 0.172.
        TVector biased = TLanes.And(TLanes.ShiftRight(x, 52), TLanes.BroadcastBits(0x7FF));
        TVector exponent = TLanes.Subtract(ToDouble(biased), TLanes.Broadcast(1022));
        TVector mantissa = TLanes.Or(TLanes.And(x, TLanes.BroadcastBits(0x000FFFFFFFFFFFFF)), TLanes.BroadcastBits(0x3FE0000000000000));
        TVector one = TLanes.Broadcast(1);
        TVector half = TLanes.Broadcast(SqrtHalf);
        exponent = TLanes.SelectLess(mantissa, half, TLanes.Subtract(exponent, one), exponent);
        mantissa = TLanes.SelectLess(mantissa, half, TLanes.Add(mantissa, mantissa), mantissa);
        TVector s = TLanes.Divide(TLanes.Subtract(mantissa, one), TLanes.Add(mantissa, one));
        TVector z = TLanes.Multiply(s, s);

        // The series of artanh: the first term left out is below 2^-60 of the sum.
        TVector series = TLanes.Broadcast(1.0 / 23);
        series = TLanes.MultiplyAdd(series, z, TLanes.Broadcast(1.0 / 21));
        series = TLanes.MultiplyAdd(series, z, TLanes.Broadcast(1.0 / 19));
        series = TLanes.MultiplyAdd(series, z, TLanes.Broadcast(1.0 / 17));
        series = TLanes.MultiplyAdd(series, z, TLanes.Broadcast(1.0 / 15));
        series = TLanes.MultiplyAdd(series, z, TLanes.Broadcast(1.0 / 13));
        series = TLanes.MultiplyAdd(series, z, TLanes.Broadcast(1.0 / 11));
        series = TLanes.MultiplyAdd(series, z, TLanes.Broadcast(1.0 / 9));
        series = TLanes.MultiplyAdd(series, z, TLanes.Broadcast(1.0 / 7));
        series = TLanes.MultiplyAdd(series, z, TLanes.Broadcast(1.0 / 5));
        series = TLanes.MultiplyAdd(series, z, TLanes.Broadcast(1.0 / 3));
        TVector artanh = TLanes.MultiplyAdd(TLanes.Multiply(s, z), series, s);
        TVector low = TLanes.MultiplyAdd(exponent, TLanes.Broadcast(Ln2Low), TLanes.Add(artanh, artanh));
        return TLanes.MultiplyAdd(exponent, TLanes.Broadcast(Ln2High), low);
    }

    /// <inheritdoc cref="ElementaryFunctions.SinCosPi"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosPi(TVector x, out TVector sine, out TVector cosine)
    {
        // x = q/2 + r with |r| ≤ ¼, exactly; then Taylor polynomials in y = (πr)², |y| ≤ 0.617.
        TVector quadrant = TLanes.Round(TLanes.Add(x, x));
        TVector angle = TLanes.Multiply(TLanes.MultiplyAdd(TLanes.Broadcast(-0.5), quadrant, x), TLanes.Broadcast(Math.PI));
        TVector y = TLanes.Multiply(angle, angle);

        TVector s = TLanes.Broadcast(1.0 / 355687428096000);
        s = TLanes.MultiplyAdd(s, y, TLanes.Broadcast(-1.0 / 1307674368000));
        s = TLanes.MultiplyAdd(s, y, TLanes.Broadcast(1.0 / 6227020800));
        s = TLanes.MultiplyAdd(s, y, TLanes.Broadcast(-1.0 / 39916800));
        s = TLanes.MultiplyAdd(s, y, TLanes.Broadcast(1.0 / 362880));
        s = TLanes.MultiplyAdd(s, y, TLanes.Broadcast(-1.0 / 5040));
        s = TLanes.MultiplyAdd(s, y, TLanes.Broadcast(1.0 / 120));
        s = TLanes.MultiplyAdd(s, y, TLanes.Broadcast(-1.0 / 6));
        s = TLanes.MultiplyAdd(TLanes.Multiply(s, y), angle, angle);

        TVector c = TLanes.Broadcast(1.0 / 20922789888000);
        c = TLanes.MultiplyAdd(c, y, TLanes.Broadcast(-1.0 / 87178291200));
        c = TLanes.MultiplyAdd(c, y, TLanes.Broadcast(1.0 / 479001600));
        c = TLanes.MultiplyAdd(c, y, TLanes.Broadcast(-1.0 / 3628800));
        c = TLanes.MultiplyAdd(c, y, TLanes.Broadcast(1.0 / 40320));
        c = TLanes.MultiplyAdd(c, y, TLanes.Broadcast(-1.0 / 720));
        c = TLanes.MultiplyAdd(c, y, TLanes.Broadcast(1.0 / 24));
        c = TLanes.MultiplyAdd(c, y, TLanes.Broadcast(-0.5));
        c = TLanes.MultiplyAdd(c, y, TLanes.Broadcast(1));

        // Quadrants 0 to 3: (s, c), (c, −s), (−s, −c), (−c, s). Bit 1 of q negates the sine, bit 1 of q + 1 the cosine.
        TVector q = TLanes.Add(quadrant, TLanes.Broadcast(IntegerShift));
        TVector sign = TLanes.Broadcast(-0.0);
        TVector next = TLanes.AddBits(q, TLanes.BroadcastBits(1));
        sine = TLanes.Xor(TLanes.SelectOdd(q, c, s), TLanes.And(TLanes.ShiftLeft(q, 62), sign));
        cosine = TLanes.Xor(TLanes.SelectOdd(q, s, c), TLanes.And(TLanes.ShiftLeft(next, 62), sign));
    }
}
