namespace OneStep.TangentKernel;

/// <summary>How a kernel is fitted or a margin solved for; nothing here changes a result.</summary>
public sealed record KernelExecution
{
    /// <summary>How many threads may be used.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Told, from the calling thread, after every part of the work.</summary>
    public IProgress<KernelProgress>? Progress { get; init; }

    /// <summary>Ends the work early with an <see cref="OperationCanceledException"/>.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>How far a fit or a margin is.</summary>
/// <param name="Step">Steps taken: 0 once the matrix is there, then a Newton step or one of SGD each.</param>
/// <param name="Residual">How far from optimal: of a fit the largest violation of its optimality condition, with SGD among the last
/// minibatch, of a margin the relative gap; NaN before the first step.</param>
public readonly record struct KernelProgress(int Step, double Residual);
