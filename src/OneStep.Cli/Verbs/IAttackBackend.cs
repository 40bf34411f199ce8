using OneStep.Data;
using OneStep.Experiments;
using OneStep.Experiments.Certification;

namespace OneStep.Cli.Verbs;

/// <summary>The work behind the verbs <c>attack</c>, <c>compare</c> and <c>certify</c>, so that what a person sees can be tested without doing it.</summary>
internal interface IAttackBackend
{
    /// <summary>Runs the smallest experiment there is, so that everything is compiled when it is needed; null for none.</summary>
    ExperimentRun? Rehearse();

    /// <summary>Reads the images.</summary>
    /// <param name="folder">A folder of IDX files; null for the MNIST that comes with the program.</param>
    /// <exception cref="OneStepException">A file is missing or damaged.</exception>
    ImageDataset ReadData(string? folder);

    /// <summary>Reads a network that <see cref="Save"/> wrote, and what it was made with.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="OneStepException">The file is missing or damaged.</exception>
    LoadedExperiment Load(string path, CancellationToken cancellation);

    /// <summary>Makes a network, trains it unless told otherwise, and attacks it.</summary>
    ExperimentRun Run(ExperimentParameters parameters, ImageDataset data, ExperimentExecution execution);

    /// <summary>Attacks a network that exists.</summary>
    ExperimentRun Attack(ExperimentParameters parameters, ImageDataset data, TrainedModel model, ExperimentExecution execution);

    /// <summary>Runs several attacks on a network.</summary>
    /// <param name="parameters">The network and the inputs.</param>
    /// <param name="methods">The attacks.</param>
    /// <param name="data">The images.</param>
    /// <param name="model">A network that exists; null to make one.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    ComparisonRun Compare(ExperimentParameters parameters, IReadOnlyList<string> methods, ImageDataset data, TrainedModel? model, ExperimentExecution execution);

    /// <summary>Certifies perturbations against the ball of a network.</summary>
    /// <param name="parameters">The network and the task.</param>
    /// <param name="options">What is certified.</param>
    /// <param name="data">The images.</param>
    /// <param name="model">A network that exists; null to make one.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    CertificationRun Certify(
        ExperimentParameters parameters, CertificationOptions options, ImageDataset data, TrainedModel? model, ExperimentExecution execution);

    /// <summary>Brackets the smallest flips of a network.</summary>
    /// <param name="parameters">The network and the task.</param>
    /// <param name="options">What is bracketed.</param>
    /// <param name="data">The images.</param>
    /// <param name="model">A network that exists; null to make one.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    BracketRun Bracket(ExperimentParameters parameters, BracketOptions options, ImageDataset data, TrainedModel? model, ExperimentExecution execution);

    /// <summary>Bounds the robust accuracy of every network of a ball.</summary>
    /// <param name="parameters">The ball and the task.</param>
    /// <param name="count">How many test inputs.</param>
    /// <param name="budget">ε.</param>
    /// <param name="data">The images.</param>
    /// <param name="model">A network whose initial weights are the centre; null to draw them.</param>
    /// <param name="execution">Threads, progress, cancellation.</param>
    CorollaryResult Bound(
        ExperimentParameters parameters, int count, double budget, ImageDataset data, TrainedModel? model, ExperimentExecution execution);

    /// <summary>Writes the report of a comparison, whole or not at all.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="run">What the report is about.</param>
    /// <param name="command">The command line that makes the same numbers again.</param>
    /// <param name="threads">How many threads were used.</param>
    /// <exception cref="OneStepException">The file cannot be written.</exception>
    void WriteReport(string path, ComparisonRun run, string command, int threads);

    /// <summary>Writes the report of certificates, whole or not at all.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="run">What the report is about.</param>
    /// <param name="command">The command line that makes the same numbers again.</param>
    /// <param name="threads">How many threads were used.</param>
    /// <exception cref="OneStepException">The file cannot be written.</exception>
    void WriteReport(string path, CertificationRun run, string command, int threads);

    /// <summary>Writes the report of a bracket, whole or not at all.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="run">What the report is about.</param>
    /// <param name="command">The command line that makes the same numbers again.</param>
    /// <param name="threads">How many threads were used.</param>
    /// <exception cref="OneStepException">The file cannot be written.</exception>
    void WriteReport(string path, BracketRun run, string command, int threads);

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
