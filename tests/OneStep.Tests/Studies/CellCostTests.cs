using OneStep.Data;
using OneStep.Experiments;
using OneStep.Studies;
using OneStep.Training;

namespace OneStep.Tests.Studies;

public class CellCostTests
{
    private static readonly CellCost Cost = new(StudyScenes.Dataset);
    private static readonly ExperimentParameters Base = new() { Width = 100_000, Side = 10, Training = new() { Ball = BallMode.Project, Epochs = 3 } };

    // 80 training and 20 test images at m d = 10^7, and what every cell costs.
    private const double Weights = 1e7;

    [Fact]
    public void Training_counts_two_products_a_pass_and_image() =>
        Assert.Equal(Weights * 3 * 80 * 4, Cost.Flops(Base) - Cost.Flops(Base with { Untrained = true }), 1.0);

    [Fact]
    public void Attacks_count_the_images_that_are_attacked() =>
        Assert.Equal(Weights * 16 * (20 - 5), Cost.Flops(Base) - Cost.Flops(Base with { Limit = 5 }), 1.0);

    [Theory]
    [InlineData(2, 0.051)]
    [InlineData(10, 0.44)]
    [InlineData(20, 2.29)]
    [InlineData(30, 8.91)]
    public void Training_that_ends_on_the_ball_takes_about_as_many_passes_as_was_measured(double c0, double passes)
    {
        ExperimentParameters stop = Base with { C0 = c0, Training = new() { Ball = BallMode.Stop, Epochs = 20 } };
        double estimate = (Cost.Flops(stop) - Cost.Flops(stop with { Untrained = true })) / (Weights * 80 * 4);

        Assert.InRange(estimate / passes, 0.8, 1.25);
    }

    [Fact]
    public void Training_never_takes_more_than_its_epochs()
    {
        ExperimentParameters stop = Base with { C0 = 1e6, Training = new() { Ball = BallMode.Stop, Epochs = 20 } };
        Assert.Equal(Weights * 20 * 80 * 4, Cost.Flops(stop) - Cost.Flops(stop with { Untrained = true }), 1.0);
    }

    [Fact]
    public void Stronger_attacks_cost_more() => Assert.True(Cost.Flops(Base with { Strong = true }) > 2 * Cost.Flops(Base with { Untrained = true }));

    [Fact]
    public void Adversarial_training_counts_a_gradient_an_inner_step_and_what_is_watched()
    {
        ExperimentParameters attacked = Base with { Adversarial = new() { Budget = 0.1, Steps = 7 }, RobustBudgets = new([0.1]) };
        double plain = Cost.Flops(Base with { RobustBudgets = new([0.1]) });
        Assert.Equal(Weights * 3 * 80 * 7 * 4, Cost.Flops(attacked) - plain, 1.0);

        // 20 test images, twice an epoch: seven gradients and a look.
        ExperimentParameters watched = attacked with { Adversarial = attacked.Adversarial with { Patience = 5 } };
        Assert.Equal(Weights * 3 * 20 * 2 * 8 * 4, Cost.Flops(watched) - Cost.Flops(attacked), 1.0);
        Assert.Equal(Cost.Flops(attacked with { Untrained = true }), Cost.Flops(watched with { Untrained = true }));
    }

    [Fact]
    public void Every_budget_counts_its_steps_and_twice_with_clipping()
    {
        ExperimentParameters robust = Base with { RobustBudgets = new([0.1, 0.2]), RobustSteps = 9 };
        Assert.Equal(Weights * 20 * 2 * 9 * 4, Cost.Flops(robust) - Cost.Flops(Base), 1.0);
        Assert.Equal(Weights * 20 * 4 * 9 * 4, Cost.Flops(robust with { RobustClip = true }) - Cost.Flops(Base), 1.0);
    }

    [Fact]
    public void Moving_outputs_costs_more_the_more_of_them_there_are()
    {
        ExperimentParameters binary = new() { Side = 4, Hidden = HiddenWidths.Parse("8"), Untrained = true, Training = new() { Ball = BallMode.None } };
        ExperimentParameters three = binary with { Digits = ClassSplit.Parse("0,1,2") };
        double Moves(ExperimentParameters p) => (Cost.Flops(p with { OutputMoves = true }) - Cost.Flops(p)) / p.WeightCount;
        Assert.True(Moves(binary) > 0);
        Assert.True(Moves(three) > 2.5 * Moves(binary));
    }

    [Fact]
    public void Seconds_are_proportional() =>
        Assert.Equal(Cost.Flops(Base) / Cost.Flops(Base with { Width = 10 }), Cost.Seconds(Base) / Cost.Seconds(Base with { Width = 10 }), 1e-9);
}
