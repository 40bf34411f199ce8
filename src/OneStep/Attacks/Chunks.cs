using OneStep.Networks.Passes;

namespace OneStep.Attacks;

/// <summary>Cuts a set of inputs into chunks: what bounds memory.</summary>
internal static class Chunks
{
    // Groups of the kernels a chunk: enough to keep all threads busy to the end, and no more memory than a few million numbers.
    private const int FewestGroups = 5;
    private const int MostGroups = 20;
    private const int MostNumbers = 2_000_000;

    /// <summary>The first index and the length of each chunk of <paramref name="count"/> inputs of a dimension; all but the
    /// last are of one length, whole groups of the kernels.</summary>
    public static IEnumerable<(int First, int Length)> Of(int count, int dimension)
    {
        int most = Math.Clamp(MostNumbers / dimension / NetworkShape.GroupSize, FewestGroups, MostGroups);
        int groups = NetworkShape.Ceiling(count, NetworkShape.GroupSize);
        int chunks = NetworkShape.Ceiling(groups, most);
        int length = chunks == 0 ? 0 : NetworkShape.Ceiling(groups, chunks) * NetworkShape.GroupSize;
        for (int first = 0; first < count; first += length)
        {
            yield return (first, Math.Min(length, count - first));
        }
    }
}
