using System.Numerics;

namespace OneStep.Numerics;

/// <summary>Lane-wise loops over arrays; every element is computed on its own, so the vector width does not matter.</summary>
internal static unsafe class Elementwise
{
    /// <summary>total[i] += source[i].</summary>
    public static void Add(double* source, double* total, nint count)
    {
        nint i = 0;
        for (; i <= count - Vector<double>.Count; i += Vector<double>.Count)
        {
            (Vector.Load(total + i) + Vector.Load(source + i)).Store(total + i);
        }

        for (; i < count; i++)
        {
            total[i] += source[i];
        }
    }
}
