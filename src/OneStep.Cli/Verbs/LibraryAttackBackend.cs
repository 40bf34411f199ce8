using System.Runtime.InteropServices;
using System.Text;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Experiments.Certification;
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
    public ComparisonRun Compare(
        ExperimentParameters parameters, IReadOnlyList<string> methods, ImageDataset data, TrainedModel? model, ExperimentExecution execution) =>
        model is null ? MethodComparison.Run(parameters, methods, data, execution) : MethodComparison.Run(parameters, methods, data, model, execution);

    /// <inheritdoc/>
    public CertificationRun Certify(
        ExperimentParameters parameters, CertificationOptions options, ImageDataset data, TrainedModel? model, ExperimentExecution execution) =>
        model is null ? CertificationExperiment.Run(parameters, options, data, execution) : CertificationExperiment.Run(parameters, options, data, model, execution);

    /// <inheritdoc/>
    public BracketRun Bracket(ExperimentParameters parameters, BracketOptions options, ImageDataset data, TrainedModel? model, ExperimentExecution execution) =>
        model is null ? BracketExperiment.Find(parameters, options, data, execution) : BracketExperiment.Find(parameters, options, data, model, execution);

    /// <inheritdoc/>
    public CorollaryResult Bound(
        ExperimentParameters parameters, int count, double budget, ImageDataset data, TrainedModel? model, ExperimentExecution execution)
    {
        var options = new CorollaryOptions { Count = count, Budget = budget };
        return model is null ? CorollaryExperiment.Run(parameters, options, data, execution) : CorollaryExperiment.Run(parameters, options, data, model, execution);
    }

    /// <inheritdoc/>
    public void WriteReport(string path, ExperimentRun run, string command, int threads) =>
        WritePage(path, writer => AttackReport.Render(run, Provenance(command, threads), writer));

    /// <inheritdoc/>
    public void WriteReport(string path, ComparisonRun run, string command, int threads) =>
        WritePage(path, writer => ComparisonReport.Render(run, Provenance(command, threads), writer));

    /// <inheritdoc/>
    public void WriteReport(string path, CertificationRun run, string command, int threads) =>
        WritePage(path, writer => CertificationReport.Render(run, Provenance(command, threads), writer));

    /// <inheritdoc/>
    public void WriteReport(string path, BracketRun run, string command, int threads) =>
        WritePage(path, writer => BracketReport.Render(run, Provenance(command, threads), writer));

    private static ReportProvenance Provenance(string command, int threads) => new()
    {
        Version = ProgramVersion.Text,
        Command = command,
        InstructionSet = ProgramVersion.InstructionSet,
        Threads = threads,
        OperatingSystem = RuntimeInformation.OSDescription,
    };

    private static void WritePage(string path, Action<TextWriter> render) => AtomicFile.Write(path, stream =>
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        render(writer);
    });
}
