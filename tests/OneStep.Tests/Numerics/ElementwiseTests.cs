using OneStep.Numerics;
using OneStep.Tests.Numerics.Tiles;

namespace OneStep.Tests.Numerics;

/// <summary>Vector loops with every length of their scalar rest, against one element at a time, to the bit.</summary>
public unsafe class ElementwiseTests
{
    private const int MostElements = 70;

    [Fact]
    public void Widening_is_exact()
    {
        for (int count = 0; count <= MostElements; count++)
        {
            using NativeBuffer<float> source = Engines.Floats(MostElements + 1, seed: count);
            using NativeBuffer<double> destination = Engines.Doubles(MostElements + 1, seed: 1);
            double[] expected = destination.Span().ToArray();
            for (int i = 0; i < count; i++)
            {
                expected[i] = source.Pointer[i];
            }

            Elementwise.Widen(source.Pointer, destination.Pointer, count);
            Bits.AssertSame(expected, destination.Span());
        }
    }

    [Fact]
    public void Sums_are_those_of_the_elements()
    {
        for (int count = 0; count <= MostElements; count++)
        {
            using NativeBuffer<float> floats = Engines.Floats(MostElements + 1, seed: count);
            using NativeBuffer<double> doubles = Engines.Doubles(MostElements + 1, seed: count);
            using NativeBuffer<double> total = Engines.Doubles(MostElements + 1, seed: 1);
            double[] expected = total.Span().ToArray();
            for (int i = 0; i < count; i++)
            {
                expected[i] = expected[i] + doubles.Pointer[i] + floats.Pointer[i];
            }

            Elementwise.Add(doubles.Pointer, total.Pointer, count);
            Elementwise.AddWidened(floats.Pointer, total.Pointer, count);
            Bits.AssertSame(expected, total.Span());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Squared_differences_are_taken_in_double(bool hasOther)
    {
        for (int count = 0; count <= MostElements; count++)
        {
            using NativeBuffer<float> a = Engines.Floats(MostElements + 1, seed: count);
            using NativeBuffer<float> b = Engines.Floats(MostElements + 1, seed: 100 + count);
            using NativeBuffer<double> total = Engines.Doubles(MostElements + 1, seed: 1);
            double[] expected = total.Span().ToArray();
            for (int i = 0; i < count; i++)
            {
                double difference = (double)a.Pointer[i] - (hasOther ? b.Pointer[i] : 0);
                double square = difference * difference;
                expected[i] += square;
            }

            Elementwise.AddSquaredDifferences(a.Pointer, hasOther ? b.Pointer : null, total.Pointer, count);
            Bits.AssertSame(expected, total.Span());
        }
    }

    [Fact]
    public void Values_move_towards_a_center_unless_their_factor_is_one()
    {
        for (int count = 0; count <= MostElements; count++)
        {
            using NativeBuffer<float> values = Engines.Floats(MostElements + 1, seed: count);
            using NativeBuffer<float> center = Engines.Floats(MostElements + 1, seed: 100 + count);
            using NativeBuffer<double> factors = Engines.Doubles(MostElements + 1, seed: 1);
            float[] expected = values.Span().ToArray();
            for (int i = 0; i < count; i++)
            {
                factors.Pointer[i] = i % 3 == 0 ? 1 : factors.Pointer[i];
                expected[i] = i % 3 == 0
                    ? expected[i]
                    : (float)(center.Pointer[i] + (factors.Pointer[i] * ((double)expected[i] - center.Pointer[i])));
            }

            Elementwise.MoveTowards(values.Pointer, center.Pointer, factors.Pointer, count);
            Bits.AssertSame(expected, values.Span());
        }
    }
}
