using OneStep.Experiments;

namespace OneStep.Cli.Verbs;

/// <summary>Does the work with the library. Until the pipeline is part of it, every call says so.</summary>
internal sealed class LibraryAttackBackend : IAttackBackend
{
    /// <inheritdoc/>
    public IAttackData ReadData(string? folder) => throw Missing();

    /// <inheritdoc/>
    public LoadedNetwork Load(string path, CancellationToken cancellation) => throw Missing();

    /// <inheritdoc/>
    public void Save(string path, ExperimentRun run, CancellationToken cancellation) => throw Missing();

    /// <inheritdoc/>
    public void WriteReport(string path, ExperimentRun run, string command, int threads) => throw Missing();

    private static OneStepException Missing() => new("This build does not contain the experiment pipeline.");
}
