namespace OneStep.Numerics.Tiles;

/// <summary>Where a product goes; known when the kernel is compiled.</summary>
internal interface ITarget
{
    /// <summary>Whether it is added to rows that lie in any order in a matrix, or written to a tile of its own.</summary>
    static abstract bool IsInPlace { get; }
}

internal readonly struct OwnTile : ITarget
{
    public static bool IsInPlace => false;
}

internal readonly struct RowsInPlace : ITarget
{
    public static bool IsInPlace => true;
}
