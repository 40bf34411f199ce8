using OneStep.Experiments;
using OneStep.Experiments.Certification;
using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Tests.Experiments.Certification;

public class BracketExperimentTests
{
    private const int Count = 12;

    private static readonly LowerBoundKind[] TwoLayer = [.. LowerBoundSet.All.For(isDeep: false).Kinds];

    private static readonly ExperimentParameters Small = new() { Side = 7, Width = 200, C0 = 1.5, TrainLimit = 500 };

    [Fact]
    public void Every_bound_is_below_every_flip_which_flips()
    {
        BracketResult result = Bracket(Small, LowerBoundSet.All);
        Assert.Equal([PerturbationKind.OneStep, PerturbationKind.Best], result.Sizes.Select(size => size.Kind));
        Assert.Equal(TwoLayer, result.LowerBounds.Select(bound => bound.Kind));
        Assert.All(result.Sizes, size => Assert.Equal((Count, Count), (size.Found, size.Flipped)));
        Assert.All(result.Inputs, input =>
        {
            Assert.True(input[PerturbationKind.Best] <= input[PerturbationKind.OneStep]);
            Assert.All(TwoLayer, bound => Assert.InRange(input[bound]!.Value, 1e-6, input[PerturbationKind.Best]!.Value));
        });
        Assert.InRange(result.LowerBounds[^1].OverBest.Median!.Value, 0.9, 1);
        Assert.Empty(result.Violations);
        Assert.Empty(result.BrokenBounds);
    }

    [Fact]
    public void A_cell_with_a_bound_above_something_that_flips_is_refused()
    {
        BracketResult result = Bracket(Small);
        LazyBallKind<BracketRequest>.RequireNone(result);
        var broken = new LowerBoundViolation(LowerBoundKind.Spectral, 0.5, PerturbationKind.Best, 3, 0.25);
        OneStepException exception = Assert.Throws<OneStepException>(() => LazyBallKind<BracketRequest>.RequireNone(result with { BrokenBounds = [broken] }));
        Assert.Equal("Internal error: the spectral bound says that nothing below 0.5 flips image 3, but the best perturbation of 0.25 does.", exception.Message);
    }

    [Fact]
    public void The_numbers_are_those_of_certificates_without_the_ball()
    {
        BracketResult result = Bracket(Small);
        CertificationRun run = CertificationExperiment.Run(
            Small, new() { Count = Count, LowerBounds = new BracketOptions().LowerBounds }, MnistData.All, new() { Threads = 1 });
        run.Model.Dispose();
        Assert.Equal((run.Result.Deviation, run.Result.CleanAccuracy, run.Result.Examined), (result.Deviation, result.CleanAccuracy, result.Examined));
        Assert.Equal(run.Result[PerturbationKind.OneStep] with { Seconds = 0 }, result[PerturbationKind.OneStep] with { Seconds = 0, NotFound = run.Result[PerturbationKind.OneStep].NotFound });
        Assert.All(run.Result.Inputs.Zip(result.Inputs), pair =>
        {
            Assert.Equal((pair.First.Index, pair.First.Label, pair.First.Margin, pair.First.InitialMargin), (pair.Second.Index, pair.Second.Label, pair.Second.Margin, pair.Second.InitialMargin));
            Assert.Equal((pair.First[PerturbationKind.Best], pair.First.Ratio), (pair.Second[PerturbationKind.Best], pair.Second.Ratio));
            Assert.Null(pair.Second[PerturbationKind.BallWide]);
        });
    }

    [Fact]
    public void Networks_outside_their_ball_or_as_drawn_are_bracketed_as_well()
    {
        BracketResult outside = Bracket(Small with { Training = new() { Ball = BallMode.None, Epochs = 2 } });
        Assert.True(outside.Deviation > Small.Radius);
        BracketResult drawn = Bracket(Small with { Untrained = true });
        Assert.Null(drawn.Training);
        Assert.Equal(0, drawn.Deviation);
        Assert.All(drawn.Inputs, input => Assert.Equal(input.Margin, input.InitialMargin));
        Assert.All(new[] { outside, drawn }, result => Assert.All(result.Inputs, input => Assert.InRange(input.Ratio!.Value, 0.5, 1)));
    }

    [Fact]
    public void Without_bounds_there_is_no_ratio_and_margins_of_cancelling_pairs_begin_at_zero()
    {
        BracketResult result = Bracket(Small with { Initialization = InitializationKind.Antisymmetric }, LowerBoundSet.None);
        Assert.Empty(result.LowerBounds);
        Assert.All(result.Inputs, input => Assert.Null(input.Ratio));
        Assert.All(result.Inputs, input => Assert.Equal(0, input.InitialMargin!.Value, 1e-12));
    }

    [Fact]
    public void Bounds_for_other_networks_and_no_inputs_are_refused()
    {
        Assert.Contains("for a deep network", Assert.Throws<InvalidParameterException>(() => Bracket(DeepBracketTests.Network("0,1"))).Message, StringComparison.Ordinal);
        Assert.Contains("for a two-layer network", Assert.Throws<InvalidParameterException>(() => Bracket(Small, new([LowerBoundKind.Product]))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidParameterException>(() => BracketExperiment.Run(Small, new() { Count = 0 }, MnistData.All, new()));
    }

    private static BracketResult Bracket(ExperimentParameters parameters, LowerBoundSet? bounds = null) => BracketExperiment.Run(
        parameters, new() { Count = Count, LowerBounds = bounds ?? new BracketOptions().LowerBounds }, MnistData.All, new() { Threads = 2 });
}
