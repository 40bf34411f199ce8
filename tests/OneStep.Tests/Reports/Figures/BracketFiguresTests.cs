using OneStep.Reports;
using OneStep.Studies;

namespace OneStep.Tests.Reports.Figures;

/// <summary>The figures of studies of what flips networks and what provably cannot.</summary>
public sealed class BracketFiguresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_proved_stands_beside_what_was_found_against_the_dimension()
    {
        StudyResults results = Run(SyntheticMeasurement.Bracket);
        foreach (string width in new[] { "100", "1000" })
        {
            Figure shares = Named(results, $"bracket-share-width-{width}");
            Assert.Equal(["trained", "antisymmetric"], shares.Table.Skip(1).Select(row => row[0]).Distinct());
            Assert.Equal(["25", "100", "400"], shares.Table.Skip(1).Select(row => row[1]).Distinct());
            Assert.All(shares.Table.Skip(1), row => Assert.Equal(
                (0.9, 0.9 * Proved(row)), (SyntheticStudy.Number(row[2]), SyntheticStudy.Number(row[^1]))));
            Assert.All(Named(results, $"bracket-size-width-{width}").Table.Skip(1), row => Assert.Equal(
                0.9 * Proved(row), SyntheticStudy.Number(row[^1]) / SyntheticStudy.Number(row[2]), 1e-12));
        }
    }

    [Fact]
    public void Bounds_stand_against_the_width_at_the_largest_dimension()
    {
        StudyResults results = Run(SyntheticMeasurement.Bracket);
        foreach (string network in new[] { "trained", "antisymmetric" })
        {
            Figure figure = Named(results, $"proved-share-network-{network}");
            Assert.Contains("d\u00A0=\u00A0400", figure.Title, StringComparison.Ordinal);

            // What was not asked for has no curve.
            Assert.Equal(["linear", "quadratic"], figure.Table.Skip(1).Select(row => row[0]).Distinct());
            Assert.All(figure.Table.Skip(1), row => Assert.Equal(
                row[0] == "linear" ? 1 / Math.Sqrt(SyntheticStudy.Number(row[1])) : SyntheticMeasurement.Proved(20, network == "antisymmetric"),
                SyntheticStudy.Number(row[2]),
                1e-12));
        }
    }

    [Fact]
    public void Bounds_stand_against_the_dimension_where_the_width_does_not_vary()
    {
        Figure figure = Named(Run(SyntheticMeasurement.Bracket.Replace("width: [100, 1000], ", string.Empty, StringComparison.Ordinal)), "proved-share-network-trained");
        Assert.Equal(["25", "100", "400"], figure.Table.Skip(1).Select(row => row[1]).Distinct());
    }

    [Fact]
    public void Without_the_quadratic_bound_there_are_still_the_others()
    {
        StudyResults results = Run("title: Radii\nexperiment: bracket\nparameters: {lower-bounds: linear}\naxes: {c0: [2, 5, 10]}\nseeds: 1");
        Assert.Contains(All(results), figure => figure.Name == "proved-share");
        Assert.DoesNotContain(All(Run("title: Counts\nexperiment: bracket\naxes: {count: [1, 2]}\nseeds: 1")), figure => figure.Name == "proved-share");
    }

    private static double Proved(IReadOnlyList<string> row) => SyntheticMeasurement.Proved(Math.Sqrt(SyntheticStudy.Number(row[1])), row[0] == "antisymmetric");

    private StudyResults Run(string yaml) => SyntheticStudy.Run(_folder.At($"{yaml.Length}-{yaml[7..10]}"), yaml);

    private static Figure[] All(StudyResults results) => [.. StudyFigures.Of(results).SelectMany(set => set.Figures)];

    private static Figure Named(StudyResults results, string name) => All(results).Single(figure => figure.Name == name);
}
