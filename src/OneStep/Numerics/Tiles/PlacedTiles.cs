namespace OneStep.Numerics.Tiles;

/// <summary>A matrix A cut into tiles of <see cref="TileEngine.TileRows"/> rows, each of which has its own list of k: what
/// <see cref="TileEngine.AddInPlace"/> multiplies.</summary>
internal readonly unsafe struct PlacedTiles
{
    /// <summary>How many rows A has; the last tile may be lower than the others.</summary>
    public required int Rows { get; init; }

    /// <summary>The most k a tile.</summary>
    public required int Capacity { get; init; }

    /// <summary>A: a tile has room for <see cref="Capacity"/> k, <c>[tile][k][rows of the tile]</c>.</summary>
    public required float* Values { get; init; }

    /// <summary>The k of each tile, <c>[tile][Capacity + StepList.Padding]</c>.</summary>
    public required int* Lists { get; init; }

    /// <summary>How many k each tile has.</summary>
    public required int* Counts { get; init; }

    /// <summary>Where each row lies in C, in numbers, and behind the last one as many more as a tile has.</summary>
    public required nint* Places { get; init; }
}
