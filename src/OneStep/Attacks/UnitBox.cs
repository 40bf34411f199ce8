using System.Runtime.Intrinsics;
using OneStep.Numerics;

namespace OneStep.Attacks;

/// <summary>
/// The box 0 ≤ x + δ ≤ 1 around an input x inside it, eight coordinates at a time and in one order of adding: the same bits
/// on every machine. What lies behind the last coordinate counts as zero.
/// </summary>
internal static class UnitBox
{
    private const int Lanes = 8;

    /// <summary>δ ← clip(s δ): the nearest point of the box to s δ; stored δ with x + δ in [0, 1] to the last bit.</summary>
    /// <param name="input">x.</param>
    /// <param name="scale">s.</param>
    /// <param name="perturbation">δ, changed in place.</param>
    public static void ClipScaled(ReadOnlySpan<float> input, double scale, Span<float> perturbation)
    {
        Span<float> stored = stackalloc float[Lanes];
        for (int k = 0; k < perturbation.Length; k += Lanes)
        {
            (Vector256<float> low, Vector256<float> high) = Bounds(Load(input, k));
            Vector256<float> value = Narrow(Wide(Load(perturbation, k)) * scale);
            value = Vector256.ConditionalSelect(Vector256.LessThan(value, low), low, value);
            value = Vector256.ConditionalSelect(Vector256.GreaterThan(value, high), high, value);
            value.CopyTo(stored);
            stored[..Math.Min(Lanes, perturbation.Length - k)].CopyTo(perturbation[k..]);
        }
    }

    /// <summary>‖·‖² over the coordinates that s δ takes to the edge of the box, and over the others of δ itself.</summary>
    /// <param name="input">x.</param>
    /// <param name="perturbation">δ.</param>
    /// <param name="scale">s.</param>
    public static (double AtEdge, double Free) SquaredNorms(ReadOnlySpan<float> input, ReadOnlySpan<float> perturbation, double scale)
    {
        Vector512<double> atEdge = Vector512<double>.Zero;
        Vector512<double> free = Vector512<double>.Zero;
        for (int k = 0; k < perturbation.Length; k += Lanes)
        {
            (Vector256<float> low, Vector256<float> high) = Bounds(Load(input, k));
            (Vector512<double> lowest, Vector512<double> highest) = (Wide(low), Wide(high));
            Vector512<double> own = Wide(Load(perturbation, k));
            Vector512<double> value = own * scale;
            Vector512<double> below = Vector512.LessThan(value, lowest);
            Vector512<double> outside = below | Vector512.GreaterThan(value, highest);
            Vector512<double> edge = Vector512.ConditionalSelect(below, lowest, highest);
            atEdge += Vector512.ConditionalSelect(outside, edge * edge, Vector512<double>.Zero);
            free += Vector512.ConditionalSelect(outside, Vector512<double>.Zero, own * own);
        }

        return (Vectors.SumLanes(atEdge), Vectors.SumLanes(free));
    }

    /// <summary>The least and the greatest float32 that δ may be.</summary>
    private static (Vector256<float> Low, Vector256<float> High) Bounds(Vector256<float> input)
    {
        Vector512<double> room = Vector512<double>.One - Wide(input);
        Vector256<float> high = Narrow(room);

        // Rounded up, it is one unit too high: a positive float32 and the one below it are neighbors as integers, too.
        Vector512<long> above = Vector512.GreaterThan(Wide(high), room).AsInt64();
        Vector256<int> correction = Vector256.Narrow(above.GetLower(), above.GetUpper());
        return (-input, (high.AsInt32() + correction).AsSingle());
    }

    private static Vector256<float> Load(ReadOnlySpan<float> vector, int first)
    {
        if (first + Lanes <= vector.Length)
        {
            return Vector256.Create(vector[first..]);
        }

        Span<float> padded = stackalloc float[Lanes];
        padded.Clear();
        vector[first..].CopyTo(padded);
        return Vector256.Create<float>(padded);
    }

    private static Vector512<double> Wide(Vector256<float> vector)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(vector);
        return Vector512.Create(low, high);
    }

    private static Vector256<float> Narrow(Vector512<double> vector) => Vector256.Narrow(vector.GetLower(), vector.GetUpper());
}
