namespace OneStep.Numerics.Simd;

/// <summary>
/// The vector operations that kernels are written in. Kernels are generic over an implementation, so that one text
/// serves every width; the operations are lane-wise and correctly rounded, so every width gives the same bits.
/// </summary>
/// <typeparam name="TVector">The vector type.</typeparam>
/// <typeparam name="TScalar">The type of a lane.</typeparam>
internal unsafe interface ISimd<TVector, TScalar> : ILoads<TVector, TScalar>
    where TVector : struct
    where TScalar : unmanaged
{
    /// <summary>Lanes a vector.</summary>
    static abstract int Count { get; }

    /// <summary>How many rows of two accumulators fit the register file beside their operands.</summary>
    static abstract int MaximumRows { get; }

    static abstract TVector Zero { get; }

    static abstract void Store(TVector vector, TScalar* destination);

    static abstract TVector Broadcast(TScalar value);

    /// <summary>left × right + addend, rounded once.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>relu: the lane where it is above zero, else +0.</summary>
    static abstract TVector PositivePart(TVector vector);
}

/// <summary>Loads lanes from memory where they may be stored in a narrower type; widening is exact.</summary>
internal unsafe interface ILoads<TVector, TStored>
    where TVector : struct
    where TStored : unmanaged
{
    static abstract TVector Load(TStored* source);
}

/// <summary>The operations that only float32 kernels need: lane masks as bits, lane j in bit j.</summary>
internal unsafe interface IFloatSimd<TVector> : ISimd<TVector, float>
    where TVector : struct
{
    /// <summary>Bit j is set where lane j is above zero.</summary>
    static abstract uint PositiveBits(TVector vector);

    /// <summary>Lane j where bit j is set, else +0.</summary>
    static abstract TVector KeepBits(TVector vector, uint bits);

    /// <summary>Lane j of <paramref name="chosen"/> where bit j is set, else of <paramref name="otherwise"/>.</summary>
    static abstract TVector ChooseByBits(uint bits, TVector chosen, TVector otherwise);

    /// <summary><paramref name="value"/> in every lane j for which <c>words[j]</c> has <paramref name="bit"/> set, else +0.</summary>
    static abstract TVector SelectByBit(uint* words, int bit, float value);

    /// <summary>q where a neuron is active just behind the start of its ray (p > 0, or p = 0 and q > 0), else +0.</summary>
    static abstract TVector StartSlope(TVector p, TVector q);

    /// <summary>Bit j is set where p + t q changes sign at a t in (0, <paramref name="horizon"/>].</summary>
    static abstract uint KinkBits(TVector p, TVector q, TVector horizon);
}
