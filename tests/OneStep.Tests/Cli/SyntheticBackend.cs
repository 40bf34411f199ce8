using OneStep.Attacks;
using OneStep.Cli.Verbs;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Experiments.Certification;

namespace OneStep.Tests.Cli;

/// <summary>Answers with <see cref="SyntheticExperiment"/> and remembers what it was asked for.</summary>
internal sealed class SyntheticBackend : IAttackBackend
{
    public string Fingerprint { get; init; } = SyntheticExperiment.Fingerprint;

    /// <summary>What a file that is loaded was made with.</summary>
    public ExperimentParameters Stored { get; init; } = new();

    /// <summary>Runs instead of the experiment where it is set.</summary>
    public Action<ExperimentExecution>? Work { get; init; }

    public bool DiskIsFull { get; init; }

    /// <summary>What a comparison finds wrong.</summary>
    public IReadOnlyList<AttackViolation> Violations { get; init; } = [];

    /// <summary>Certificates that the trained network withstands.</summary>
    public IReadOnlyList<CertificateViolation> Withstood { get; init; } = [];

    /// <summary>Lower bounds that a flip contradicts.</summary>
    public IReadOnlyList<LowerBoundViolation> Broken { get; init; } = [];

    /// <summary>What the answering network of a corollary keeps at the perturbations of the bound.</summary>
    public double KeptAtBound { get; init; } = 0.5;

    public ExperimentParameters? Asked { get; private set; }

    public CertificationOptions? Certified { get; private set; }

    public BracketOptions? Bracketed { get; private set; }

    public (int Count, double Budget)? Bounded { get; private set; }

    public IReadOnlyList<string>? Methods { get; private set; }

    public ExperimentExecution? Execution { get; private set; }

    public bool AttackedLoaded { get; private set; }

    public string? ReadFolder { get; private set; }

    public string? ReportCommand { get; private set; }

    public ExperimentRun? Rehearse() => null;

    public ImageDataset ReadData(string? folder)
    {
        ReadFolder = folder;
        var nothing = new ImageSet(28, 28, [], []);
        return new ImageDataset(nothing, nothing, Fingerprint);
    }

    public LoadedExperiment Load(string path, CancellationToken cancellation)
    {
        Stored.Validate();
        return new(Stored, SyntheticExperiment.Fingerprint, new LazyModel(SyntheticExperiment.Network()));
    }

    public void Save(string path, ExperimentRun run, CancellationToken cancellation)
    {
        if (DiskIsFull)
        {
            throw new OneStepException($"Cannot write '{path}': the disk is full.");
        }

        File.WriteAllText(path, "saved");
    }

    public void WriteReport(string path, ExperimentRun run, string command, int threads)
    {
        ReportCommand = command;
        File.WriteAllText(path, "report");
    }

    public ExperimentRun Run(ExperimentParameters parameters, ImageDataset data, ExperimentExecution execution) =>
        Answer(parameters, execution, isLoaded: false);

    public ExperimentRun Attack(ExperimentParameters parameters, ImageDataset data, TrainedModel model, ExperimentExecution execution)
    {
        AttackedLoaded = true;
        return Answer(parameters, execution, isLoaded: true);
    }

    public ComparisonRun Compare(
        ExperimentParameters parameters, IReadOnlyList<string> methods, ImageDataset data, TrainedModel? model, ExperimentExecution execution)
    {
        Asked = parameters;
        Methods = methods;
        Execution = execution;
        AttackedLoaded = model is not null;
        Work?.Invoke(execution);
        return SyntheticExperiment.Compare(parameters, methods, Violations);
    }

    public CertificationRun Certify(
        ExperimentParameters parameters, CertificationOptions options, ImageDataset data, TrainedModel? model, ExperimentExecution execution)
    {
        Asked = parameters;
        Certified = options;
        Execution = execution;
        AttackedLoaded = model is not null;
        Work?.Invoke(execution);
        return SyntheticCertification.Run(parameters, options, Withstood, Broken);
    }

    public BracketRun Bracket(ExperimentParameters parameters, BracketOptions options, ImageDataset data, TrainedModel? model, ExperimentExecution execution)
    {
        Asked = parameters;
        Bracketed = options;
        AttackedLoaded = model is not null;
        return SyntheticCertification.Bracket(parameters, options, Broken);
    }

    public CorollaryResult Bound(
        ExperimentParameters parameters, int count, double budget, ImageDataset data, TrainedModel? model, ExperimentExecution execution)
    {
        Asked = parameters;
        Bounded = (count, budget);
        AttackedLoaded = model is not null;
        return SyntheticCertification.Bound(parameters, count, budget, KeptAtBound);
    }

    public void WriteReport(string path, CertificationRun run, string command, int threads)
    {
        ReportCommand = command;
        File.WriteAllText(path, "report");
    }

    public void WriteReport(string path, BracketRun run, string command, int threads)
    {
        ReportCommand = command;
        File.WriteAllText(path, "report");
    }

    public void WriteReport(string path, ComparisonRun run, string command, int threads)
    {
        ReportCommand = command;
        File.WriteAllText(path, "report");
    }

    private ExperimentRun Answer(ExperimentParameters parameters, ExperimentExecution execution, bool isLoaded)
    {
        Asked = parameters;
        Execution = execution;
        Work?.Invoke(execution);
        return SyntheticExperiment.Run(parameters, isLoaded);
    }
}
