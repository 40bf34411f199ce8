using OneStep.Claims;
using OneStep.Data;
using OneStep.Experiments;
using OneStep.Statistics;
using OneStep.Studies;

namespace OneStep.Reproduction;

/// <summary>
/// Measures the claims of the poster, of the systems that it builds on, and our own: runs the studies of a profile one after the other, judges the claims by what is
/// finished, and attacks the network that is shown. Interrupted, it goes on where it was.
/// </summary>
/// <param name="plan">What is measured.</param>
/// <param name="dataset">The images that the plan was made for.</param>
/// <param name="store">Where finished cells are and go to.</param>
public sealed class ReproductionRunner(ReproductionPlan plan, ImageDataset dataset, CellStore store)
{
    /// <summary>Runs everything. Cells that cannot be computed are told of, and the claims are judged by the others.</summary>
    /// <param name="execution">Threads, memory, progress, cancellation; studies are run as a whole, not in parts.</param>
    /// <exception cref="OneStepException">The store cannot be read or written, or the network that is shown does not fit into memory.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; finished cells stay in the store.</exception>
    public ReproductionResult Run(StudyExecution execution)
    {
        ArgumentNullException.ThrowIfNull(execution);
        ReproductionRelay? relay = RelayFor(execution);
        relay?.Begin();
        List<CellFailure> failures = [];
        List<string> warnings = [];
        foreach (PlannedStudy study in plan.Studies)
        {
            StudyOutcome outcome = new StudyRunner(study.Plan, dataset, store).Run(execution with { Progress = relay?.For(study) });
            failures.AddRange(outcome.Failures);
            warnings.AddRange(outcome.Warnings);
        }

        ReproducedStudy[] studies =
            [.. plan.Studies.Select(study => new ReproducedStudy(study.Study, StudyResults.Read(study.Plan, store, execution.Cancellation)))];
        ClaimEvidence evidence = ReproductionEvidence.Of(studies, execution.Cancellation);
        EarlierEvidence earlier = ReproductionEarlierEvidence.Of(studies, execution.Cancellation);
        CertifiedEvidence certified = ReproductionCertifiedEvidence.Of(studies, evidence);
        var bootstrap = new SeedBootstrap();
        return new()
        {
            Plan = plan,
            Studies = studies,
            Evidence = evidence,
            EarlierEvidence = earlier,
            CertifiedEvidence = certified,
            Claims =
            [
                .. PosterClaims.Judge(evidence, bootstrap, execution.Cancellation),
                .. EarlierClaims.Judge(earlier, bootstrap, execution.Cancellation),
                .. CertifiedClaims.Judge(certified),
            ],
            Representative = RunRepresentative(execution, relay?.ForShown()),

            // A cell that two studies share fails in both.
            Failures = [.. failures.DistinctBy(failure => failure.Cell.Key)],
            Warnings = warnings,
        };
    }

    private ReproductionRelay? RelayFor(StudyExecution execution)
    {
        if (execution.Progress is not { } listener)
        {
            return null;
        }

        var cost = new CellCost(dataset);
        return new(plan, IsFinished, cost.Flops, listener);

        bool IsFinished(StudyCell cell)
        {
            execution.Cancellation.ThrowIfCancellationRequested();
            return store.Contains(cell.Key, out _);
        }
    }

    private ExperimentRun RunRepresentative(StudyExecution execution, IProgress<ExperimentProgress>? progress) => Experiment.Run(plan.Representative, dataset, new()
    {
        Threads = execution.Threads,
        AvailableMemory = execution.AvailableMemory,
        Progress = progress,
        Cancellation = execution.Cancellation,
    });
}
