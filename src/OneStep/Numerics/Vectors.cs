using System.Runtime.Intrinsics;

namespace OneStep.Numerics;

/// <summary>Inner products and norms of single vectors, in float64.</summary>
public static class Vectors
{
    /// <summary>‖v‖.</summary>
    public static double Norm(ReadOnlySpan<float> vector) => Math.Sqrt(Dot(vector, vector));

    /// <summary>a · b, in eight chains, the k that are equal mod 8, added in one order: the same on every machine.</summary>
    public static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector512<double> sums = Vector512<double>.Zero;
        int k = 0;
        for (; k <= a.Length - Vector512<double>.Count; k += Vector512<double>.Count)
        {
            (Vector256<double> lowA, Vector256<double> highA) = Vector256.Widen(Vector256.Create(a[k..]));
            (Vector256<double> lowB, Vector256<double> highB) = Vector256.Widen(Vector256.Create(b[k..]));
            sums += Vector512.Create(lowA * lowB, highA * highB);
        }

        double sum = SumLanes(sums);
        for (; k < a.Length; k++)
        {
            sum += (double)a[k] * b[k];
        }

        return sum;
    }

    /// <summary>max |v_k|, ‖v‖_∞.</summary>
    public static float LargestMagnitude(ReadOnlySpan<float> vector)
    {
        Vector512<float> largest = Vector512<float>.Zero;
        int k = 0;
        for (; k <= vector.Length - Vector512<float>.Count; k += Vector512<float>.Count)
        {
            largest = Vector512.Max(largest, Vector512.Abs(Vector512.Create(vector[k..])));
        }

        float most = 0;
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
        {
            most = Math.Max(most, largest[lane]);
        }

        for (; k < vector.Length; k++)
        {
            most = Math.Max(most, Math.Abs(vector[k]));
        }

        return most;
    }

    /// <summary>Σ |v_k|, ‖v‖₁, in eight chains as <see cref="Dot"/>.</summary>
    public static double SumOfMagnitudes(ReadOnlySpan<float> vector)
    {
        Vector512<double> sums = Vector512<double>.Zero;
        int k = 0;
        for (; k <= vector.Length - Vector512<double>.Count; k += Vector512<double>.Count)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Create(vector[k..]));
            sums += Vector512.Abs(Vector512.Create(low, high));
        }

        double sum = SumLanes(sums);
        for (; k < vector.Length; k++)
        {
            sum += Math.Abs((double)vector[k]);
        }

        return sum;
    }

    /// <summary>destination = scale · v/‖v‖; zero for v = 0.</summary>
    /// <returns>‖v‖.</returns>
    public static double SetUnit(ReadOnlySpan<float> vector, double scale, Span<float> destination)
    {
        double norm = Norm(vector);
        double factor = norm > 0 ? scale / norm : 0;
        for (int k = 0; k < vector.Length; k++)
        {
            destination[k] = (float)(factor * vector[k]);
        }

        return norm;
    }

    /// <summary>destination = scale · v, rounded to float32 once; the two may be the same.</summary>
    public static void Scale(ReadOnlySpan<float> vector, float scale, Span<float> destination)
    {
        int k = 0;
        for (; k <= vector.Length - Vector512<float>.Count; k += Vector512<float>.Count)
        {
            (Vector512.Create(vector[k..]) * scale).CopyTo(destination[k..]);
        }

        for (; k < vector.Length; k++)
        {
            destination[k] = vector[k] * scale;
        }
    }

    /// <summary>total += scale · v in float32, product and sum rounded each.</summary>
    public static void AddScaled(ReadOnlySpan<float> vector, float scale, Span<float> total)
    {
        int k = 0;
        for (; k <= vector.Length - Vector512<float>.Count; k += Vector512<float>.Count)
        {
            (Vector512.Create<float>(total[k..]) + (Vector512.Create(vector[k..]) * scale)).CopyTo(total[k..]);
        }

        for (; k < vector.Length; k++)
        {
            // Kept apart, so that no compiler fuses them.
            float product = vector[k] * scale;
            total[k] += product;
        }
    }

    /// <summary>destination = scale · sign(v), with sign(0) = 0.</summary>
    public static void SetSigns(ReadOnlySpan<float> vector, float scale, Span<float> destination)
    {
        for (int k = 0; k < vector.Length; k++)
        {
            destination[k] = vector[k] > 0 ? scale : vector[k] < 0 ? -scale : 0;
        }
    }

    /// <summary>total += scale · sign(v) in float32, with sign(0) = 0.</summary>
    public static void AddSigns(ReadOnlySpan<float> vector, float scale, Span<float> total)
    {
        for (int k = 0; k < vector.Length; k++)
        {
            total[k] += vector[k] > 0 ? scale : vector[k] < 0 ? -scale : 0;
        }
    }

    /// <summary>Moves every coordinate to the nearest number of [−bound, bound].</summary>
    public static void Clamp(Span<float> vector, float bound)
    {
        for (int k = 0; k < vector.Length; k++)
        {
            vector[k] = Math.Clamp(vector[k], -bound, bound);
        }
    }

    /// <summary>destination = a + b in float32.</summary>
    public static void Sum(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> destination)
    {
        int k = 0;
        for (; k <= a.Length - Vector512<float>.Count; k += Vector512<float>.Count)
        {
            (Vector512.Create(a[k..]) + Vector512.Create(b[k..])).CopyTo(destination[k..]);
        }

        for (; k < a.Length; k++)
        {
            destination[k] = a[k] + b[k];
        }
    }

    /// <summary>destination = a + b in float64; b may be empty for zero.</summary>
    public static void Sum(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<double> destination)
    {
        for (int k = 0; k < a.Length; k++)
        {
            destination[k] = b.IsEmpty ? a[k] : (double)a[k] + b[k];
        }
    }

    /// <summary>The sum of eight lanes, from the first to the last.</summary>
    internal static double SumLanes(Vector512<double> vector)
    {
        double sum = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            sum += vector[lane];
        }

        return sum;
    }
}
