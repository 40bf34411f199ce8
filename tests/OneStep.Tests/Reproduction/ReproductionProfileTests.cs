using OneStep.Experiments;
using OneStep.Reproduction;
using OneStep.Studies;

namespace OneStep.Tests.Reproduction;

public class ReproductionProfileTests
{
    public static TheoryData<ProfileName> Names => [.. Enum.GetValues<ProfileName>()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_study_exists_and_every_parameter_is_valid(ProfileName name)
    {
        ReproductionPlan plan = Plan(name);

        Assert.Equal(Enum.GetValues<StudyRole>(), plan.Studies.Select(study => study.Study.Role));
        Assert.All(plan.Cells.Where(cell => cell.Experiment.Kind.IsAttack), cell => cell.Parameters.Validate());
        Assert.Equal(plan.Cells.Count, plan.Cells.DistinctBy(cell => cell.Key).Count());
        Assert.Equal(new ExperimentParameters(), plan.Representative);
    }

    [Theory]
    [InlineData(ProfileName.Quick, 684)]
    [InlineData(ProfileName.Standard, 3883)]
    [InlineData(ProfileName.Full, 4963)]
    public void The_number_of_experiments_is_known(ProfileName name, int cells) => Assert.Equal(cells, Plan(name).Cells.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void Slopes_have_dimensions_and_widths_enough(ProfileName name)
    {
        ReproductionPlan plan = Plan(name);

        Assert.All(
            Of(plan, StudyRole.Widths).GroupBy(cell => cell.Width), width => Assert.Equal([25, 49, 100, 196, 400, 784], width.Select(cell => cell.Dimension).Distinct().Order()));
        Assert.All(Of(plan, StudyRole.Widths), cell => Assert.Equal(10, cell.C0));
        Assert.Equal(name == ProfileName.Quick ? [1, 5, 10, 20, 30] : [1, 2, 5, 10, 20, 30], Of(plan, StudyRole.Radii).Select(cell => cell.C0).Distinct().Order());
        Assert.True(Of(plan, StudyRole.Budgets).Select(cell => cell.Dimension).Distinct().Count() >= 3);
        Assert.True(Of(plan, StudyRole.Phase).Select(cell => cell.Width).Distinct().Count() >= 3);
        Assert.True(Of(plan, StudyRole.Deviation).Select(cell => cell.Width).Distinct().Count() >= 3);
        Assert.All(plan.Studies.Where(study => study.Study.Role <= StudyRole.Deviation), study => Assert.True(study.Plan.Definition.Seeds.Count >= 2, study.Study.Study));
    }

    // docs/studies.md: half of the images survive 1.3 to 2.2 over sqrt(d) at C0 = 5, and 2.6 to 4 at C0 = 10.
    [Theory]
    [MemberData(nameof(Names))]
    public void Budgets_lie_on_both_sides_of_one_half_in_every_dimension(ProfileName name)
    {
        foreach (IGrouping<(double C0, int Side), ExperimentParameters> group in Of(Plan(name), StudyRole.Budgets).GroupBy(cell => (cell.C0, cell.Side)))
        {
            (double low, double high) = group.Key.C0 == 5 ? (1.3, 2.2) : (2.6, 3.75);
            Assert.True(group.Min(cell => cell.Adversarial.Budget) < 0.9 * low / group.Key.Side, $"{group.Key}");
            Assert.True(group.Max(cell => cell.Adversarial.Budget) >= high / group.Key.Side, $"{group.Key}");
        }
    }

    // The transition at d = 100 lies where V sqrt(m) passes 5 to 6 (from 10 % on) and 11 to 15 (80 %) at a budget of 0.3.
    [Theory]
    [MemberData(nameof(Names))]
    public void Radii_lie_on_both_sides_of_the_phase_transition_at_most_widths(ProfileName name)
    {
        IGrouping<int, ExperimentParameters>[] widths = [.. Of(Plan(name), StudyRole.Phase).GroupBy(cell => cell.Width)];

        int bracketed = widths.Count(width => width.Min(cell => cell.C0) < 5 && width.Max(cell => cell.C0) > 9.5);

        Assert.Equal(widths.Length, bracketed);
    }

    // docs/claims.md: the claims of the earlier systems ask for three dimensions or widths, and for seeds.
    [Theory]
    [MemberData(nameof(Names))]
    public void Experiments_on_the_earlier_systems_are_enough_for_a_verdict(ProfileName name)
    {
        ReproductionPlan plan = Plan(name);
        void Has(StudyRole role, params string[] columns)
        {
            StudyPlan study = plan.StudyOf(role)!.Plan;
            Assert.True(study.Definition.Seeds.Count >= 3, study.Definition.Name);
            Assert.All(columns, column =>
            {
                int index = study.Columns.ToList().IndexOf(column);
                Assert.True(study.Cells.Select(cell => cell.Values[index]).Distinct().Count() >= 3, $"{study.Definition.Name} {column}");
            });
        }

        Has(StudyRole.RandomTwoLayer, "dimension", "width");
        Has(StudyRole.Activations, "dimension", "width");
        Has(StudyRole.RandomDeep, "dimension");
        Has(StudyRole.Flow, "dimension");
        Has(StudyRole.KernelLimit, "width");
        Has(StudyRole.Initialization, "side");
    }

    [Fact]
    public void The_full_profile_has_the_shipped_grids()
    {
        HashSet<string> full = [.. Plan(ProfileName.Full).Cells.Select(cell => cell.Key)];

        foreach (ProfileStudy study in ReproductionProfile.Of(ProfileName.Full).Studies)
        {
            Assert.All(StudyPlan.Of(Shipped(study.Study), string.Empty).Cells, cell => Assert.Contains(cell.Key, full));
        }
    }

    [Fact]
    public void Experiments_of_the_quick_profile_serve_the_standard_one()
    {
        HashSet<string> standard = [.. Plan(ProfileName.Standard).Cells.Select(cell => cell.Key)];

        Assert.All(
            Plan(ProfileName.Quick).Studies.Where(study => study.Study.Role is StudyRole.Widths or StudyRole.Phase or StudyRole.RandomTwoLayer or StudyRole.Activations or StudyRole.RandomDeep or StudyRole.Flow),
            study => Assert.All(study.Plan.Cells, cell => Assert.Contains(cell.Key, standard)));
    }

    private static StudyDefinition Shipped(string name) => StudyFile.Read(Path.Combine(RepositoryFiles.Root, "studies", name + ".yaml"));

    private static ReproductionPlan Plan(ProfileName name) => ReproductionPlan.Of(ReproductionProfile.Of(name), Shipped, string.Empty);

    private static IEnumerable<ExperimentParameters> Of(ReproductionPlan plan, StudyRole role) => plan.StudyOf(role)!.Plan.Cells.Select(cell => cell.Parameters);
}
