namespace OneStep.Attacks;

/// <summary>Cuts a set of inputs into chunks: what bounds memory and lets progress be told.</summary>
internal static class Chunks
{
    /// <summary>Inputs a chunk: a multiple of the kernels' group, large enough to keep them busy.</summary>
    public const int Size = 480;

    /// <summary>The first index and the length of each chunk of <paramref name="count"/> inputs.</summary>
    public static IEnumerable<(int First, int Length)> Of(int count)
    {
        for (int first = 0; first < count; first += Size)
        {
            yield return (first, Math.Min(Size, count - first));
        }
    }
}
