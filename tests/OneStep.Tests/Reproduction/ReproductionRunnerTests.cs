using OneStep.Claims;
using OneStep.Experiments;
using OneStep.Experiments.Certification;
using OneStep.Experiments.RandomNetworks;
using OneStep.Networks;
using OneStep.Reproduction;
using OneStep.Studies;

namespace OneStep.Tests.Reproduction;

public sealed class ReproductionRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_claim_is_judged_by_the_networks_of_its_study()
    {
        using ReproductionResult result = ReproductionScenes.Run(new CellStore(_folder.FullName));

        Assert.Empty(result.Failures);
        Assert.All(result.Studies, study => Assert.Empty(study.Results.Missing));
        Assert.Equal(
            [
                ClaimIds.SingleStepSuffices, ClaimIds.PerturbationSlope, ClaimIds.GradientSlope, ClaimIds.StepSlope, ClaimIds.RobustErrorCorollary,
                ClaimIds.DeviationSlope, ClaimIds.SharpDrop, ClaimIds.PhaseThresholdSlope, ClaimIds.LazyBallRespected,
                ClaimIds.RandomTwoLayerFlat, ClaimIds.RandomDeepFlat, ClaimIds.GradientFlowFlips, ClaimIds.KernelConverges, ClaimIds.InitializationMatters,
                ClaimIds.BallWideCertificate, ClaimIds.CertifiedRobustError, ClaimIds.ConeInvariance, ClaimIds.Bracket, ClaimIds.OneStepNearOptimal,
            ],
            result.Claims.Select(claim => claim.Id));

        // Two seeds, of 12 + 12 networks less the 6 that are shared; 3 budgets in 3 dimensions; 3 widths and 3 radii; 3 widths.
        Assert.Equal(
            (18, 18, 18, 6),
            (result.Evidence.Attacked.Count, result.Evidence.BudgetSweep.Count, result.Evidence.PhaseGrid.Count, result.Evidence.Free.Count));
        Assert.All(result.Evidence.Attacked, network => Assert.Equal(network.PerturbationNorms.Count, network.PerturbationNorms.Count(norm => norm > 0)));
        Assert.Contains(result.Evidence.Attacked, network => network.PerturbationNorms.Count > 0);
        Assert.Equal(Verdict.Holds, result.ClaimOf(ClaimIds.LazyBallRespected).Verdict);
    }

    [Fact]
    public void The_claims_about_certificates_are_judged_by_their_cells_and_by_the_networks_that_were_trained()
    {
        using ReproductionResult result = ReproductionScenes.Run(new CellStore(_folder.FullName), plan: ReproductionScenes.Plan(profile: ReproductionScenes.Certified));
        Assert.Empty(result.Failures);
        CertifiedEvidence evidence = result.CertifiedEvidence;
        Assert.Equal((8, 36, 36, 6, 16), (evidence.BallWide.Count, evidence.Frontier.Count, evidence.Trained.Count, evidence.Multiples.Count, evidence.Bracketed.Count));
        Assert.All(evidence.BallWide, network => Assert.Equal((64, true), (network.Width, network.Images is > 0 and <= 5)));
        Assert.Contains(evidence.BallWide, network => network.Found > 0);
        Assert.All(evidence.Frontier, ball => Assert.InRange(ball.UpperBound, 0, 1));
        Assert.All(evidence.Multiples, network => Assert.Equal((36, 64), (network.Dimension, network.Width)));

        // The bounds are of the W0, images and balls of the trained networks.
        Assert.Contains(evidence.Trained, network => evidence.Frontier.Any(ball => ball.SpeaksOf(network)));
        Assert.All(
            from network in evidence.Trained from ball in evidence.Frontier where ball.SpeaksOf(network) select (network, ball),
            pair => Assert.True(pair.network.RobustAccuracy <= pair.ball.UpperBound + 1e-12));
        CellResult bound = result.StudyOf(StudyRole.BudgetFrontier)!.Results.Cells[^1];
        CertifiedBall last = evidence.Frontier[^1];
        Assert.Equal((36, 16, 5.0, 1ul, 1.0), (last.Dimension, last.Width, last.C0, last.Seed, last.Budget));
        Assert.Equal(bound.Number("corollary.upperBound"), last.UpperBound);
        Assert.NotNull(last.Explicit);

        // What is proved is below what was found, and what was found is not above one step.
        Assert.Equal(Enum.GetValues<BracketedNetwork>(), evidence.Bracketed.Select(network => network.Network).Distinct());
        Assert.All(evidence.Bracketed, network =>
        {
            Assert.InRange(network.ProvedOverBest!.Value, network.Network == BracketedNetwork.Antisymmetric ? 0 : 0.2, 1);
            Assert.InRange(network.ProvedOverOneStep!.Value, 0, network.ProvedOverBest!.Value * 1.0001);
        });
        Assert.Equal(Verdict.NotMeasured, result.ClaimOf(ClaimIds.Bracket).Verdict);
        Assert.All([ClaimIds.BallWideCertificate, ClaimIds.ConeInvariance], id => Assert.Equal(Verdict.Holds, result.ClaimOf(id).Verdict));
    }

    [Fact]
    public void The_claims_of_the_earlier_systems_are_judged_by_the_rows_of_their_cells()
    {
        using ReproductionResult result = ReproductionScenes.Run(new CellStore(_folder.FullName), plan: ReproductionScenes.Plan(profile: ReproductionScenes.Earlier));
        Assert.Empty(result.Failures);
        EarlierEvidence evidence = result.EarlierEvidence;

        // The relu networks of two studies are the same cells.
        Assert.Equal((54, 18, 9, 18, 18), (evidence.TwoLayer.Count, evidence.Deep.Count, evidence.Flow.Count, evidence.Limit.Count, evidence.Initialized.Count));
        Assert.All([.. evidence.TwoLayer, .. evidence.Deep, .. evidence.Flow], (RandomEnsemble ensemble) => Assert.Equal(4, ensemble.Networks));
        Assert.All(result.Claims.Where(claim => claim.Group == ClaimGroup.Earlier), claim => Assert.NotNull(claim.Measured));

        // Means of the rows are those that the cells' documents tell.
        CellResult deep = result.StudyOf(StudyRole.RandomDeep)!.Results.Cells[^1];
        Assert.Equal((WidthProfile.Bottleneck, 32, 2, 16, 2.0), (evidence.Deep[^1].Profile, evidence.Deep[^1].Dimension, evidence.Deep[^1].Depth, evidence.Deep[^1].Width, evidence.Deep[^1].Ratio));
        Assert.Equal(deep.Number("scaledPerturbationNorm.mean")!.Value, evidence.Deep[^1].MeanScaledLength!.Value, 12);
        CellResult flow = result.StudyOf(StudyRole.Flow)!.Results.Cells[0];
        Assert.Equal(flow.Number("exact.scaledLength.mean")!.Value, evidence.Flow[0].MeanScaledLength!.Value, 12);
        Assert.Equal(flow.Number("exact.found"), evidence.Flow[0].ScaledLengths.Count);
        CellResult smooth = result.StudyOf(StudyRole.Activations)!.Results.Cells[0];
        TwoLayerEnsemble tanh = evidence.TwoLayer.First(ensemble => ensemble.Activation == HiddenActivation.Tanh);
        Assert.Equal((smooth.Number("scaledPerturbationNorm.mean")!.Value, smooth.Number("flipped")), (tanh.MeanScaledLength!.Value, tanh.ScaledLengths.Count));
        CellResult limit = result.StudyOf(StudyRole.KernelLimit)!.Results.Cells[0];
        Assert.Equal((16, 16, InitializationKind.Antisymmetric), (evidence.Limit[0].Dimension, evidence.Limit[0].Width, evidence.Limit[0].Initialization));
        Assert.Equal(Math.Abs(limit.Number("relativeDifference")!.Value), evidence.Limit[0].RelativeDifference!.Value, 12);
    }

    [Fact]
    public void Claims_are_judged_from_what_is_left_when_cells_fail()
    {
        var store = new CellStore(_folder.FullName);

        // No network of the phase transition's study is as narrow as the others, so that its widest alone do not fit.
        var execution = new StudyExecution { Threads = 1, AvailableMemory = 40_000 };
        ReproductionPlan plan = ReproductionScenes.Plan(profile: ReproductionScenes.Profile with
        {
            Studies = [.. ReproductionScenes.Profile.Studies.Select(study => study.Role == StudyRole.Deviation ? study with { Changes = ["width=16,32,10000"] } : study)],
            Representative = ReproductionScenes.Profile.Representative with { Width = 16, Side = 4 },
        });
        using ReproductionResult result = ReproductionScenes.Run(store, execution, plan);

        Assert.Equal(2, result.Failures.Count);
        Assert.All(result.Failures, failure => Assert.Contains("memory", failure.Message, StringComparison.Ordinal));
        Assert.Equal(Verdict.NotMeasured, result.ClaimOf(ClaimIds.DeviationSlope).Verdict);
        Assert.Equal(Verdict.Holds, result.ClaimOf(ClaimIds.LazyBallRespected).Verdict);
    }

    [Fact]
    public void Progress_counts_over_all_studies_and_names_the_running_one()
    {
        List<StudyProgress> reports = [];
        ReproductionPlan plan = ReproductionScenes.Plan();
        using (ReproductionScenes.Run(new CellStore(_folder.FullName), new() { Threads = 1, Progress = new SynchronousProgress<StudyProgress>(reports.Add) }, plan))
        {
            Assert.Equal(StudyEvent.Planned, reports[0].Event);
            Assert.Single(reports, report => report.Event == StudyEvent.Planned);
            Assert.All(reports, report => Assert.Equal(plan.Cells.Count, report.Total));
            Assert.Equal(Enumerable.Range(1, plan.Cells.Count), reports.Where(report => report.Event == StudyEvent.CellFinished).Select(report => report.Finished));
            Assert.Equal(reports[^1].WorkInAll, reports[^1].WorkDone, precision: 0);
            Assert.StartsWith("widths ", reports.First(report => report.Cell is not null).Cell!.Label, StringComparison.Ordinal);
            Assert.StartsWith("deviation ", reports.Last(report => report.Event == StudyEvent.CellFinished).Cell!.Label, StringComparison.Ordinal);
            Assert.Equal("the network that is shown", reports[^1].Cell!.Label);
            Assert.Equal(ExperimentStage.Verify, reports[^1].Stage!.Stage);
        }
    }

    [Fact]
    public void The_work_of_a_cell_that_fails_in_two_studies_counts_once()
    {
        List<StudyProgress> reports = [];
        StudyExecution execution = new() { Threads = 1, AvailableMemory = 1, Progress = new SynchronousProgress<StudyProgress>(reports.Add) };
        Assert.Throws<OneStepException>(() => ReproductionScenes.Run(new CellStore(_folder.FullName), execution));
        Assert.True(reports.Count(report => report.Event == StudyEvent.CellFailed) > ReproductionScenes.Plan().Cells.Count, "No cell is shared.");
        Assert.Equal(1, reports.Max(report => report.WorkDone) / reports[0].WorkInAll, 9);
    }

    [Fact]
    public void A_second_run_computes_nothing()
    {
        var store = new CellStore(_folder.FullName);
        ReproductionScenes.Run(store).Dispose();
        List<StudyProgress> reports = [];

        ReproductionScenes.Run(store, new() { Threads = 1, Progress = new SynchronousProgress<StudyProgress>(reports.Add) }).Dispose();

        Assert.All(reports, report => Assert.Equal((report.Total, 0.0), (report.Finished, report.WorkInAll)));
        Assert.DoesNotContain(reports, report => report.Event is StudyEvent.CellStarted or StudyEvent.CellFinished);
    }
}
