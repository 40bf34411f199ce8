using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace OneStep.Numerics;

/// <summary>Native scratch memory, aligned to a cache line, zero at first.</summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Allocates <paramref name="length"/> elements.</summary>
    public NativeBuffer(nint length)
    {
        nuint bytes = checked((nuint)length * (nuint)Unsafe.SizeOf<T>());
        Pointer = (T*)NativeAllocation.Allocate(bytes);
        Length = length;
    }

    ~NativeBuffer() => Free();

    /// <summary>The first element.</summary>
    public T* Pointer { get; private set; }

    /// <summary>The number of elements.</summary>
    public nint Length { get; }

    /// <summary>Sets every element to zero.</summary>
    public void Clear() => Clear(Length);

    /// <summary>Sets the first <paramref name="count"/> elements to zero.</summary>
    public void Clear(nint count) => NativeMemory.Clear(Pointer, (nuint)count * (nuint)Unsafe.SizeOf<T>());

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Pointer is not null)
        {
            NativeAllocation.Free(Pointer);
            Pointer = null;
        }
    }
}
