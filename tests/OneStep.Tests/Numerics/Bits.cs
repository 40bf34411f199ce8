namespace OneStep.Tests.Numerics;

/// <summary>Equality to the last bit, the sign of zero included.</summary>
internal static class Bits
{
    public static void AssertSame(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.SingleToUInt32Bits(expected[i]) != BitConverter.SingleToUInt32Bits(actual[i]))
            {
                Assert.Fail($"At {i}: {actual[i]:R}, not {expected[i]:R}.");
            }
        }
    }

    public static void AssertSame(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (BitConverter.DoubleToUInt64Bits(expected[i]) != BitConverter.DoubleToUInt64Bits(actual[i]))
            {
                Assert.Fail($"At {i}: {actual[i]:R}, not {expected[i]:R}.");
            }
        }
    }
}
