using OneStep.Cli.Verbs;
using OneStep.Experiments;
using OneStep.Training;

namespace OneStep.Tests.Cli;

/// <summary>Answers with <see cref="SyntheticExperiment"/> and remembers what it was asked for.</summary>
internal sealed class SyntheticBackend : IAttackBackend, IAttackData
{
    public string Fingerprint { get; init; } = SyntheticExperiment.Fingerprint;

    /// <summary>What a file that is loaded was made with.</summary>
    public ExperimentParameters Stored { get; init; } = new();

    /// <summary>Runs instead of the experiment where it is set.</summary>
    public Action<AttackConditions>? Work { get; init; }

    public ExperimentParameters? Asked { get; private set; }

    public AttackConditions? Conditions { get; private set; }

    public bool AttackedLoaded { get; private set; }

    public string? ReadFolder { get; private set; }

    public string? ReportCommand { get; private set; }

    public IAttackData ReadData(string? folder)
    {
        ReadFolder = folder;
        return this;
    }

    public LoadedNetwork Load(string path, CancellationToken cancellation)
    {
        Stored.Validate();
        return new(Stored, SyntheticExperiment.Fingerprint, SyntheticExperiment.Network());
    }

    public void Save(string path, ExperimentRun run, CancellationToken cancellation) => File.WriteAllText(path, "saved");

    public void WriteReport(string path, ExperimentRun run, string command, int threads)
    {
        ReportCommand = command;
        File.WriteAllText(path, "report");
    }

    public ExperimentRun Run(ExperimentParameters parameters, AttackConditions conditions) => Answer(parameters, conditions, isLoaded: false);

    public ExperimentRun Attack(ExperimentParameters parameters, TrainedNetwork network, AttackConditions conditions)
    {
        AttackedLoaded = true;
        return Answer(parameters, conditions, isLoaded: true);
    }

    private ExperimentRun Answer(ExperimentParameters parameters, AttackConditions conditions, bool isLoaded)
    {
        Asked = parameters;
        Conditions = conditions;
        Work?.Invoke(conditions);
        return SyntheticExperiment.Run(parameters, isLoaded);
    }
}
