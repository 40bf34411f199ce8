using System.Runtime.CompilerServices;
using OneStep.Numerics.Simd;

namespace OneStep.Numerics.Randomness;

/// <summary>
/// The counter-based generator Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3",
/// SC 2011): a bijection of 128-bit counters under a 64-bit key. There is no state, so any number of any stream is at
/// hand without the ones before it.
/// </summary>
public static class Philox4x32
{
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;
    private const int Rounds = 10;

    /// <summary>Four uniform 32-bit words for one counter and key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint W0, uint W1, uint W2, uint W3) Block(uint c0, uint c1, uint c2, uint c3, ulong key)
    {
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong product0 = (ulong)Multiplier0 * c0;
            ulong product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 += Weyl0;
            k1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }

    /// <summary>The same in every lane. Counters and words stand in the lower halves of the lanes; the upper halves count
    /// for nothing, and hold nothing of use afterwards.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Blocks<TLanes, TVector>(ref TVector c0, ref TVector c1, ref TVector c2, ref TVector c3, ulong key)
        where TLanes : struct, IDoubleLanes<TVector>
        where TVector : struct
    {
        uint k0 = (uint)key;
        uint k1 = (uint)(key >> 32);
        TVector multiplier0 = TLanes.BroadcastBits(Multiplier0);
        TVector multiplier1 = TLanes.BroadcastBits(Multiplier1);
        for (int round = 0; round < Rounds; round++)
        {
            TVector product0 = TLanes.MultiplyWords(c0, multiplier0);
            TVector product1 = TLanes.MultiplyWords(c2, multiplier1);
            c0 = TLanes.Xor(TLanes.Xor(TLanes.ShiftRight(product1, 32), c1), TLanes.BroadcastBits(k0));
            c2 = TLanes.Xor(TLanes.Xor(TLanes.ShiftRight(product0, 32), c3), TLanes.BroadcastBits(k1));
            c1 = product1;
            c3 = product0;
            k0 += Weyl0;
            k1 += Weyl1;
        }
    }
}
