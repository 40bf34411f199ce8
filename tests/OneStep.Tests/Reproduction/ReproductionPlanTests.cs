using OneStep.Reproduction;

namespace OneStep.Tests.Reproduction;

public class ReproductionPlanTests
{
    [Fact]
    public void A_cell_that_two_studies_share_stands_there_once()
    {
        ReproductionPlan plan = ReproductionScenes.Plan();

        // Six of the networks over widths, those of 32 neurons with two seeds in three dimensions, are those over radii at C0 = 10.
        Assert.Equal(plan.Studies.Sum(study => study.Plan.Cells.Count) - 6, plan.Cells.Count);
    }

    [Fact]
    public void A_seed_shifts_all_seeds()
    {
        ReproductionPlan plain = ReproductionScenes.Plan();
        ReproductionPlan shifted = ReproductionScenes.Plan(seed: 7);

        Assert.Equal(plain.Cells.Select(cell => cell.Parameters with { Seed = cell.Parameters.Seed + 7 }), shifted.Cells.Select(cell => cell.Parameters));
        Assert.Equal(7u, shifted.Representative.Seed);
        Assert.Empty(plain.Cells.Select(cell => cell.Key).Intersect(shifted.Cells.Select(cell => cell.Key)));
    }

    [Fact]
    public void Cells_without_images_do_not_depend_on_the_data()
    {
        ReproductionPlan own = ReproductionScenes.Plan(profile: ReproductionScenes.Earlier);
        ReproductionPlan other = ReproductionPlan.Of(ReproductionScenes.Earlier, ReproductionScenes.Find, new string('b', 64));

        HashSet<string> keys = [.. own.Cells.Select(cell => cell.Key)];
        Assert.All(other.Cells, cell => Assert.Equal(!cell.Experiment.Kind.NeedsImages, keys.Contains(cell.Key)));
    }

    [Fact]
    public void The_largest_shift_wraps_around()
    {
        ReproductionPlan plan = ReproductionScenes.Plan(seed: ulong.MaxValue);

        Assert.Equal([ulong.MaxValue, 0ul], plan.Studies[0].Plan.Definition.Seeds);
    }
}
