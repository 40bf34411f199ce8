using OneStep.Numerics;

namespace OneStep.Tests.Numerics;

public unsafe class NativeBufferTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(1000)]
    [InlineData(131_071)]
    [InlineData(131_072)]
    [InlineData(400_000)]
    public void Memory_is_aligned_and_zero(int length)
    {
        using var buffer = new NativeBuffer<double>(length);
        Assert.Equal(0, (nint)buffer.Pointer % 64);
        Assert.Equal(length, buffer.Length);
        Assert.Equal(new double[length], new Span<double>(buffer.Pointer, length).ToArray());
    }

    [Fact]
    public void Clear_sets_every_element_to_zero()
    {
        using var buffer = new NativeBuffer<uint>(37);
        new Span<uint>(buffer.Pointer, 37).Fill(uint.MaxValue);
        buffer.Clear();
        Assert.Equal(new uint[37], new Span<uint>(buffer.Pointer, 37).ToArray());
    }

    [Fact]
    public void Disposing_twice_is_harmless()
    {
        var buffer = new NativeBuffer<float>(3);
        buffer.Dispose();
        buffer.Dispose();
        Assert.True(buffer.Pointer is null);
    }

    [Fact]
    public void A_length_beyond_the_address_space_is_an_overflow_and_not_a_small_buffer()
    {
        Assert.Throws<OverflowException>(() => new NativeBuffer<double>(-1));
        Assert.ThrowsAny<Exception>(() => new NativeBuffer<decimal>(nint.MaxValue));
    }
}
