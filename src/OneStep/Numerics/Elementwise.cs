using System.Numerics;

namespace OneStep.Numerics;

/// <summary>Lane-wise loops over arrays; every element is computed on its own, so the vector width does not matter.</summary>
internal static unsafe class Elementwise
{
    /// <summary>destination[i] = source[i], widened to float64.</summary>
    public static void Widen(float* source, double* destination, nint count)
    {
        nint i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(source + i), out Vector<double> low, out Vector<double> high);
            low.Store(destination + i);
            high.Store(destination + i + Vector<double>.Count);
        }

        for (; i < count; i++)
        {
            destination[i] = source[i];
        }
    }

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

    /// <summary>total[i] += source[i], the source widened to float64.</summary>
    public static void AddWidened(float* source, double* total, nint count)
    {
        nint i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(source + i), out Vector<double> low, out Vector<double> high);
            (Vector.Load(total + i) + low).Store(total + i);
            (Vector.Load(total + i + Vector<double>.Count) + high).Store(total + i + Vector<double>.Count);
        }

        for (; i < count; i++)
        {
            total[i] += source[i];
        }
    }

    /// <summary>squares[i] += (a[i] − b[i])², in float64; b may be null for zero.</summary>
    public static void AddSquaredDifferences(float* a, float* b, double* squares, nint count)
    {
        nint i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(a + i), out Vector<double> low, out Vector<double> high);
            if (b is not null)
            {
                Vector.Widen(Vector.Load(b + i), out Vector<double> lowB, out Vector<double> highB);
                low -= lowB;
                high -= highB;
            }

            (Vector.Load(squares + i) + (low * low)).Store(squares + i);
            (Vector.Load(squares + i + Vector<double>.Count) + (high * high)).Store(squares + i + Vector<double>.Count);
        }

        for (; i < count; i++)
        {
            double difference = b is null ? a[i] : (double)a[i] - b[i];
            squares[i] += difference * difference;
        }
    }

    /// <summary>values[i] = center[i] + factors[i] (values[i] − center[i]), in float64 and rounded once; where the factor is
    /// 1 the value is not touched.</summary>
    public static void MoveTowards(float* values, float* center, double* factors, nint count)
    {
        nint i = 0;
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(Vector.Load(values + i), out Vector<double> low, out Vector<double> high);
            Vector.Widen(Vector.Load(center + i), out Vector<double> lowCenter, out Vector<double> highCenter);
            low = Moved(low, lowCenter, Vector.Load(factors + i));
            high = Moved(high, highCenter, Vector.Load(factors + i + Vector<double>.Count));
            Vector.Narrow(low, high).Store(values + i);
        }

        for (; i < count; i++)
        {
            if (factors[i] != 1)
            {
                values[i] = (float)(center[i] + (factors[i] * ((double)values[i] - center[i])));
            }
        }
    }

    private static Vector<double> Moved(Vector<double> value, Vector<double> center, Vector<double> factor) =>
        Vector.ConditionalSelect(Vector.Equals(factor, Vector<double>.One), value, center + (factor * (value - center)));
}
