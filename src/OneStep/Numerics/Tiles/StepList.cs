namespace OneStep.Numerics.Tiles;

/// <summary>Whether a kernel takes all k or those in a list; known when the kernel is compiled.</summary>
internal interface IStepOrder
{
    static abstract bool IsList { get; }
}

internal readonly struct AllSteps : IStepOrder
{
    public static bool IsList => false;
}

internal readonly struct ListedSteps : IStepOrder
{
    public static bool IsList => true;
}

/// <summary>The k that a product takes, in ascending order, in memory that goes on for <see cref="Padding"/> more entries, so
/// that a kernel may look ahead.</summary>
internal readonly unsafe struct StepList(int* pointer, int count)
{
    /// <summary>How many valid entries must follow the last one.</summary>
    public const int Padding = 24;

    /// <summary>The first entry.</summary>
    public int* Pointer { get; } = pointer;

    /// <summary>How many entries count.</summary>
    public int Count { get; } = count;
}
