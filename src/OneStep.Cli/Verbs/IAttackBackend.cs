using OneStep.Experiments;
using OneStep.Training;

namespace OneStep.Cli.Verbs;

/// <summary>The work behind the verb <c>attack</c>, so that what a person sees can be tested without doing it.</summary>
internal interface IAttackBackend
{
    /// <summary>Reads the images.</summary>
    /// <param name="folder">A folder of IDX files; null for the MNIST that comes with the program.</param>
    /// <exception cref="OneStepException">A file is missing or damaged.</exception>
    IAttackData ReadData(string? folder);

    /// <summary>Reads a network that <see cref="Save"/> wrote, and what it was made with.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">The file is missing or damaged.</exception>
    LoadedNetwork Load(string path, CancellationToken cancellation);

    /// <summary>Writes the network and its perturbations, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="run">What is kept.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">The file cannot be written.</exception>
    void Save(string path, ExperimentRun run, CancellationToken cancellation);

    /// <summary>Writes the report, whole or not at all.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="run">What the report is about.</param>
    /// <param name="command">The command line that makes the same numbers again.</param>
    /// <param name="threads">How many threads were used.</param>
    /// <exception cref="OneStepException">The file cannot be written.</exception>
    void WriteReport(string path, ExperimentRun run, string command, int threads);
}

/// <summary>Images to run experiments on.</summary>
internal interface IAttackData
{
    /// <summary>Names the images by their content; see <see cref="Data.BinaryTask.DatasetFingerprint"/>.</summary>
    string Fingerprint { get; }

    /// <summary>Makes a network, trains it unless told otherwise, and attacks it.</summary>
    ExperimentRun Run(ExperimentParameters parameters, AttackConditions conditions);

    /// <summary>Attacks a network that exists.</summary>
    ExperimentRun Attack(ExperimentParameters parameters, TrainedNetwork network, AttackConditions conditions);
}

/// <summary>How the work is done; nothing here changes a number.</summary>
/// <param name="Threads">How many threads may be used.</param>
/// <param name="Progress">Told how far the work is, from any thread.</param>
/// <param name="Cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
internal sealed record AttackConditions(int Threads, IProgress<ExperimentProgress> Progress, CancellationToken Cancellation);

/// <summary>A network from a file.</summary>
/// <param name="Parameters">What it was made with.</param>
/// <param name="DatasetFingerprint">Names the images it was made with.</param>
/// <param name="Network">The network and its initial weights.</param>
internal sealed record LoadedNetwork(ExperimentParameters Parameters, string DatasetFingerprint, TrainedNetwork Network);
