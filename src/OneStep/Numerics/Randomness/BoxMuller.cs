using System.Runtime.CompilerServices;
using OneStep.Numerics.Elementary;
using OneStep.Numerics.Simd;

namespace OneStep.Numerics.Randomness;

/// <summary>
/// Two independent N(0, 1) numbers from two uniform words (u, v): √(−2 log U) cos 2πV and √(−2 log U) sin 2πV with
/// U = (u + ½)/2³² and V = v/2³².
/// </summary>
internal static class BoxMuller<TLanes, TVector>
    where TLanes : struct, IDoubleLanes<TVector>
    where TVector : struct
{
    private const double TwoToMinus32 = 1.0 / 4294967296.0;

    /// <summary>The two numbers of every lane, from the words in the lower halves of the lanes of u and v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Gaussians(TVector u, TVector v, out TVector cosine, out TVector sine)
    {
        TVector word = TLanes.BroadcastBits(uint.MaxValue);
        TVector uniform = ElementaryLanes<TLanes, TVector>.ToDouble(TLanes.And(u, word));
        TVector turn = ElementaryLanes<TLanes, TVector>.ToDouble(TLanes.And(v, word));
        TVector scaled = TLanes.Multiply(TLanes.Add(uniform, TLanes.Broadcast(0.5)), TLanes.Broadcast(TwoToMinus32));
        TVector radius = TLanes.SquareRoot(TLanes.Multiply(TLanes.Broadcast(-2), ElementaryLanes<TLanes, TVector>.Log(scaled)));
        ElementaryLanes<TLanes, TVector>.SinCosPi(TLanes.Multiply(turn, TLanes.Broadcast(2 * TwoToMinus32)), out sine, out cosine);
        cosine = TLanes.Multiply(radius, cosine);
        sine = TLanes.Multiply(radius, sine);
    }
}
