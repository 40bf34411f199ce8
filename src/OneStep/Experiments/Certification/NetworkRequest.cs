namespace OneStep.Experiments.Certification;

/// <summary>A network in its lazy ball, and what is asked about the ball.</summary>
/// <typeparam name="TOptions">What is asked.</typeparam>
/// <param name="Network">The network.</param>
/// <param name="Options">What is asked.</param>
internal sealed record NetworkRequest<TOptions>(ExperimentParameters Network, TOptions Options)
    where TOptions : class;
