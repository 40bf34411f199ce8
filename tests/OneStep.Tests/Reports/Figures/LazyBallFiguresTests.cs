using System.Globalization;
using OneStep.Reports;
using OneStep.Studies;

namespace OneStep.Tests.Reports.Figures;

/// <summary>The figures of studies of all networks of a lazy ball.</summary>
public sealed class LazyBallFiguresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ball_wide_sizes_stand_against_the_dimension_beside_theory_and_one_step()
    {
        StudyResults results = Run(SyntheticMeasurement.Certify);
        Figure figure = Named(results, "ball-wide-size");
        Assert.Equal(["series", "x", "mean", "low", "high", "seeds", "predicted", "beside"], figure.Table[0]);
        Assert.Equal(6, figure.Table.Count - 1);
        Assert.All(figure.Table.Skip(1), row =>
        {
            double c0 = SyntheticStudy.Number(row[0][5..]);
            double dimension = SyntheticStudy.Number(row[1]);
            Assert.Equal(SyntheticMeasurement.BallWide(Math.Sqrt(dimension), c0), SyntheticStudy.Number(row[2]), 1e-12);
            Assert.Equal("3", row[5]);
            Assert.Equal(1 / Math.Sqrt(dimension), SyntheticStudy.Number(row[7]), 1e-12);
            Assert.Equal(c0 * c0 > dimension ? string.Empty : Text(1.25 * SyntheticMeasurement.BallWide(Math.Sqrt(dimension), c0)), row[6]);
        });
        Assert.All(Named(results, "ball-wide-ratio").Table.Skip(1), row => Assert.Equal((SyntheticStudy.Number(row[0][5..]), 1.5), (SyntheticStudy.Number(row[2]), SyntheticStudy.Number(row[^1]))));
    }

    [Fact]
    public void Shares_are_of_certified_images_beside_universal_ones()
    {
        Figure figure = Named(Run(SyntheticMeasurement.Certify), "certified-share");
        Assert.All(figure.Table.Skip(1), row => Assert.Equal((row[1] == "25" ? 0.5 : 1, 0.25), (SyntheticStudy.Number(row[2]), SyntheticStudy.Number(row[^1]))));
    }

    [Fact]
    public void Widths_are_the_abscissa_where_the_dimension_does_not_vary()
    {
        Figure figure = Named(Run(SyntheticMeasurement.Certify.Replace("side: [5, 10, 20]", "width: [100, 1000]", StringComparison.Ordinal)), "ball-wide-size");
        Assert.Equal(["100", "1000"], figure.Table.Skip(1).Select(row => row[1]).Distinct());
    }

    [Fact]
    public void Bounds_stand_against_the_radius_beside_the_most_robust_of_the_explicit_networks()
    {
        StudyResults results = Run(SyntheticMeasurement.Corollary);
        foreach (double budget in new[] { 0.2, 0.3 })
        {
            Figure figure = Named(results, $"robust-bound-budget-{Text(budget)}");
            Assert.Equal(15, figure.Table.Count - 1);
            Assert.All(figure.Table.Skip(1), row =>
            {
                double mean = Enumerable.Range(0, 3).Average(seed => SyntheticMeasurement.Bound(SyntheticStudy.Number(row[1]), budget, SyntheticStudy.Factor((ulong)seed)));
                Assert.Equal(mean, SyntheticStudy.Number(row[2]), 1e-12);
                Assert.Equal(0.2, SyntheticStudy.Number(row[^1]), 1e-12);
            });
            Assert.All(Named(results, $"single-input-bound-budget-{Text(budget)}").Table.Skip(1), row => Assert.Equal(.95, SyntheticStudy.Number(row[2]), 1e-12));
        }
    }

    [Fact]
    public void The_frontier_is_where_the_bound_of_each_seed_passes_a_level()
    {
        Figure figure = Named(Run(SyntheticMeasurement.Corollary), "certified-frontier-budget-0.2");
        IReadOnlyList<string>[] rows = [.. figure.Table.Skip(1).Where(row => row[0].StartsWith("below", StringComparison.Ordinal))];
        Assert.Equal(["below 80 %", "below 90 %", "below 99 %"], rows.Select(row => row[0]).Distinct());
        Assert.Equal(9, rows.Length);

        // The synthetic bound is linear in log C0, so the crossing is exact below the kink at 1.
        Assert.All(rows.Where(row => row[0] == "below 80 %"), row =>
        {
            double crossing = Enumerable.Range(0, 3).Average(seed => SyntheticStudy.Factor((ulong)seed) * 20 * 0.2 * Math.Pow(2, 0.3 / 0.2));
            Assert.Equal(crossing / Math.Sqrt(SyntheticStudy.Number(row[1])), SyntheticStudy.Number(row[2]), 1e-9);
            Assert.Equal("3", row[5]);
        });
        Assert.Equal(2, figure.Table.Count(row => row[0] == "V = c/√m"));
        Assert.Contains("times ε√d", figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void A_level_that_one_seed_does_not_pass_has_no_point()
    {
        // Up to C0 = 16 the bound of the last seed stays below 90 %.
        Figure figure = Named(Run(SyntheticMeasurement.Corollary.Replace(", 32]", "]", StringComparison.Ordinal)), "certified-frontier-budget-0.2");
        Assert.Equal(["below 80 %"], figure.Table.Skip(1).Select(row => row[0]).Distinct());
    }

    [Fact]
    public void One_width_has_bounds_and_no_frontier()
    {
        StudyResults results = Run(SyntheticMeasurement.Corollary.Replace("width: [100, 400, 1600], ", string.Empty, StringComparison.Ordinal));
        Assert.DoesNotContain(All(results), figure => figure.Name.StartsWith("certified-frontier", StringComparison.Ordinal));
        Assert.Contains(All(results), figure => figure.Name.StartsWith("robust-bound", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_more_budgets_than_radii_were_bounded_they_are_the_abscissa()
    {
        StudyResults results = Run("title: Budgets\nexperiment: corollary\naxes: {c0: [5, 10], side: [10, 14], budget: [0.1, 0.2, 0.3]}\nseeds: 2");
        Figure figure = Named(results, "robust-bound-c0-5");
        Assert.Equal(["d = 100", "d = 196"], figure.Table.Skip(1).Select(row => row[0]).Distinct());
        Assert.Equal(["0.1", "0.2", "0.3"], figure.Table.Skip(1).Take(3).Select(row => row[1]));
        Assert.DoesNotContain(All(results), figure => figure.Name.StartsWith("certified-frontier", StringComparison.Ordinal));
    }

    [Fact]
    public void Multiples_stand_beside_the_true_scale_the_ball_and_what_is_certified()
    {
        StudyResults results = Run(SyntheticMeasurement.Cone);
        Assert.All(Named(results, "cone-scale").Table.Skip(1), row =>
        {
            Assert.Equal(1, SyntheticStudy.Number(row[2]) * SyntheticStudy.Number(row[1]), 1e-9);
            Assert.Equal(1, SyntheticStudy.Number(row[6]) * SyntheticStudy.Number(row[1]), 1e-9);
        });
        Assert.All(Named(results, "cone-position").Table.Skip(1), row =>
        {
            double c0 = SyntheticStudy.Number(row[0][5..]);
            Assert.Equal(SyntheticMeasurement.ConeC0(c0), SyntheticStudy.Number(row[2]), 1e-9);
            Assert.Equal(c0 * SyntheticStudy.Number(row[1]), SyntheticStudy.Number(row[^1]), 1e-9);
        });
        Assert.All(Named(results, "cone-flipped").Table.Skip(1), row => Assert.Equal((1.0, 0.75), (SyntheticStudy.Number(row[2]), SyntheticStudy.Number(row[^1]))));
    }

    [Fact]
    public void Where_nothing_varies_that_a_figure_needs_there_is_that_of_anything()
    {
        Assert.All(All(Run("title: Counts\nexperiment: cone\naxes: {count: [10, 20]}\nseeds: 1")), figure => Assert.DoesNotContain("cone-scale", figure.Name, StringComparison.Ordinal));
        Assert.DoesNotContain(All(Run("title: Widths\nexperiment: corollary\naxes: {width: [100, 200]}\nseeds: 1")), figure => figure.Name.StartsWith("robust-bound", StringComparison.Ordinal));
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);

    private StudyResults Run(string yaml) => SyntheticStudy.Run(_folder.At($"{yaml.Length}-{yaml[7..10]}"), yaml);

    private static Figure[] All(StudyResults results) => [.. StudyFigures.Of(results).SelectMany(set => set.Figures)];

    private static Figure Named(StudyResults results, string name) => All(results).Single(figure => figure.Name == name);
}
