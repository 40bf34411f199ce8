using OneStep.Numerics;
using OneStep.Tests.Numerics.Tiles;

namespace OneStep.Tests.Numerics;

/// <summary>Vector loops with every length of their scalar rest, against one element at a time, to the bit.</summary>
public unsafe class ElementwiseTests
{
    private const int MostElements = 70;

    [Fact]
    public void Sums_are_those_of_the_elements()
    {
        for (int count = 0; count <= MostElements; count++)
        {
            using NativeBuffer<double> doubles = Engines.Doubles(MostElements + 1, seed: count);
            using NativeBuffer<double> total = Engines.Doubles(MostElements + 1, seed: 1);
            double[] expected = total.Span().ToArray();
            for (int i = 0; i < count; i++)
            {
                expected[i] += doubles.Pointer[i];
            }

            Elementwise.Add(doubles.Pointer, total.Pointer, count);
            Bits.AssertSame(expected, total.Span());
        }
    }
}
