using System.Runtime.InteropServices;

namespace OneStep.Numerics;

/// <summary>
/// Native memory for kernels, zero at first. Large blocks ask for pages of 2 MiB: a product that leaves out zero pixels jumps
/// through a panel of weights, and with pages of 4 KiB the processor spends as long on finding the page as on the product.
/// </summary>
internal static unsafe partial class NativeAllocation
{
    private const nuint CacheLine = 64;
    private const nuint HugePage = 2 << 20;

    // MADV_HUGEPAGE of Linux.
    private const int AdviseHugePages = 14;

    /// <summary>Allocates memory that is aligned to a cache line; to be freed by <see cref="Free"/>.</summary>
    /// <param name="bytes">How much.</param>
    /// <exception cref="OutOfMemoryException">There is not enough.</exception>
    public static void* Allocate(nuint bytes)
    {
        void* memory = bytes < HugePage / 2 ? NativeMemory.AlignedAlloc(Math.Max(bytes, CacheLine), CacheLine) : AllocatePages(bytes);
        NativeMemory.Clear(memory, bytes);
        return memory;
    }

    /// <summary>Frees what <see cref="Allocate"/> gave.</summary>
    public static void Free(void* memory) => NativeMemory.AlignedFree(memory);

    // Whole pages, so that the last one is large, too.
    private static void* AllocatePages(nuint bytes)
    {
        nuint whole = checked(bytes + HugePage - 1) / HugePage * HugePage;
        void* memory = NativeMemory.AlignedAlloc(whole, HugePage);
        if (OperatingSystem.IsLinux())
        {
            // Advice: a system that does not take it is slower and nothing else. It must come before the memory is touched.
            _ = Advise(memory, whole, AdviseHugePages);
        }

        return memory;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint length, int advice);
}
