namespace OneStep.Numerics.Simd;

/// <summary>
/// Vectors of 64-bit lanes that hold now a double, now its bits, now a 32-bit word: what the elementary functions and
/// the generator of random numbers are written in, once for every width. Every operation is exact or rounded once, so
/// every width, one lane included, gives the same bits.
/// </summary>
/// <typeparam name="TVector">The vector type; <see cref="double"/> itself for one lane.</typeparam>
internal unsafe interface IDoubleLanes<TVector>
    where TVector : struct
{
    /// <summary>Lanes a vector.</summary>
    static abstract int Count { get; }

    static abstract TVector Broadcast(double value);

    static abstract TVector BroadcastBits(ulong bits);

    /// <summary>Loads the bits of every lane.</summary>
    static abstract TVector LoadBits(ulong* source);

    /// <summary>Rounds every lane to float32 and stores it.</summary>
    static abstract void StoreSingle(TVector vector, float* destination);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    /// <summary>left × right + addend, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract TVector SquareRoot(TVector vector);

    /// <summary>To the nearest integer, ties to even.</summary>
    static abstract TVector Round(TVector vector);

    /// <summary><paramref name="yes"/> where left &lt; right, else <paramref name="no"/>.</summary>
    static abstract TVector SelectLess(TVector left, TVector right, TVector yes, TVector no);

    /// <summary><paramref name="yes"/> where the lowest bit of <paramref name="bits"/> is set, else <paramref name="no"/>.</summary>
    static abstract TVector SelectOdd(TVector bits, TVector yes, TVector no);

    static abstract TVector And(TVector left, TVector right);

    static abstract TVector Or(TVector left, TVector right);

    static abstract TVector Xor(TVector left, TVector right);

    static abstract TVector ShiftLeft(TVector bits, int count);

    static abstract TVector ShiftRight(TVector bits, int count);

    /// <summary>The sum of the lanes as 64-bit integers.</summary>
    static abstract TVector AddBits(TVector left, TVector right);

    /// <summary>The 64-bit product of the lower 32 bits of every lane.</summary>
    static abstract TVector MultiplyWords(TVector left, TVector right);
}
