using System.Text.Json;
using OneStep.Data;
using OneStep.Experiments;

namespace OneStep.Studies;

/// <summary>A cell that attacks a trained network: what the verb <c>attack</c> runs.</summary>
/// <param name="Parameters">What to do.</param>
public sealed record AttackCell(ExperimentParameters Parameters) : CellExperiment
{
    /// <inheritdoc/>
    public override CellKind Kind => CellKind.Attack;

    /// <inheritdoc/>
    public override ulong Seed => Parameters.Seed;

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, string>> Entries => ExperimentMetadata.Parameters(Parameters);

    /// <inheritdoc/>
    internal override ExperimentParameters AttackParameters => Parameters;

    /// <inheritdoc/>
    internal override long NeededBytes => ExperimentMemory.NeededBytes(Parameters);

    /// <inheritdoc/>
    internal override void RequireMemory(long? availableBytes) => ExperimentMemory.Require(Parameters, NeededBytes, availableBytes);

    /// <inheritdoc/>
    internal override TaskKey Task => TaskKey.Of(Parameters);

    /// <inheritdoc/>
    internal override double Flops(CellCost cost) => cost.Flops(Parameters);

    /// <inheritdoc/>
    internal override FinishedCell Run(ImageDataset images, TaskCache tasks, ExperimentExecution execution)
    {
        ExperimentRun run = Experiment.Run(Parameters, tasks.Of(Task), execution);
        using (run.Model)
        {
            return FinishedCell.Of(run.Result);
        }
    }

    /// <inheritdoc/>
    internal override ExperimentResult ReadResult(JsonElement json) => ExperimentJsonReader.Read(json, Parameters);
}
