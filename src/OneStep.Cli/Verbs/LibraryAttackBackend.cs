using System.Runtime.InteropServices;
using System.Text;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Formats;
using OneStep.Reports;

namespace OneStep.Cli.Verbs;

/// <summary>Does the work with the library.</summary>
internal sealed class LibraryAttackBackend : IAttackBackend
{
    /// <inheritdoc/>
    public ExperimentRun Rehearse() => ExperimentWarmup.Run();

    /// <inheritdoc/>
    public ImageDataset ReadData(string? folder) => folder is null ? EmbeddedMnist.Load() : ImageDataset.FromDirectory(folder);

    /// <inheritdoc/>
    public LoadedExperiment Load(string path, CancellationToken cancellation) =>
        ExperimentFile.Load(path, cancellation, AvailableMemory.Bytes());

    /// <inheritdoc/>
    public ExperimentRun Run(ExperimentParameters parameters, ImageDataset data, ExperimentExecution execution) =>
        Experiment.Run(parameters, data, execution);

    /// <inheritdoc/>
    public ExperimentRun Attack(ExperimentParameters parameters, ImageDataset data, TrainedModel model, ExperimentExecution execution) =>
        Experiment.Attack(parameters, data, model, execution);

    /// <inheritdoc/>
    public void Save(string path, ExperimentRun run, CancellationToken cancellation) => ExperimentFile.Save(path, run, cancellation);

    /// <inheritdoc/>
    public void WriteReport(string path, ExperimentRun run, string command, int threads)
    {
        var provenance = new ReportProvenance
        {
            Version = ProgramVersion.Text,
            Command = command,
            InstructionSet = ProgramVersion.InstructionSet,
            Threads = threads,
            OperatingSystem = RuntimeInformation.OSDescription,
        };
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
            AttackReport.Render(run, provenance, writer);
        });
    }
}
