using System.Text.Json.Nodes;
using OneStep.Experiments.Kinds;
using OneStep.Reports;
using OneStep.Reports.Figures;
using OneStep.Studies;
using OneStep.Theory;

namespace OneStep.Tests.Reports.Figures;

public sealed class KindFiguresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_kind_of_experiment_has_figures_of_its_own()
    {
        string[] kinds = [RandomTwoLayerFigures.Kind, RandomDeepFigures.Kind, GradientFlowFigures.Kind, KernelLimitFigures.Kind, KernelFigures.Kind, CertifyFigures.Kind, CorollaryFigures.Kind, ConeFigures.Kind, BracketFigures.Kind];
        Assert.Equal(ExperimentKinds.All.Select(kind => kind.Name).Order(), kinds.Order());
    }

    [Theory]
    [InlineData(SyntheticMeasurement.TwoLayer)]
    [InlineData(SyntheticMeasurement.Deep)]
    [InlineData(SyntheticMeasurement.Flow)]
    [InlineData(SyntheticMeasurement.Limit)]
    [InlineData(SyntheticMeasurement.Kernel)]
    [InlineData(SyntheticMeasurement.Certify)]
    [InlineData(SyntheticMeasurement.Corollary)]
    [InlineData(SyntheticMeasurement.Cone)]
    [InlineData(SyntheticMeasurement.Bracket)]
    public void Where_nothing_is_finished_there_is_no_figure(string yaml) => Assert.Empty(StudyFigures.Of(SyntheticStudy.Run(_folder.At("empty"), yaml, _ => false)));

    [Theory]
    [InlineData(SyntheticMeasurement.TwoLayer)]
    [InlineData(SyntheticMeasurement.Deep)]
    [InlineData(SyntheticMeasurement.Flow)]
    [InlineData(SyntheticMeasurement.Limit)]
    [InlineData(SyntheticMeasurement.Kernel)]
    [InlineData(SyntheticMeasurement.Certify)]
    [InlineData(SyntheticMeasurement.Corollary)]
    [InlineData(SyntheticMeasurement.Cone)]
    [InlineData(SyntheticMeasurement.Bracket)]
    public void Figures_need_not_all_cells_and_do_not_depend_on_how_they_were_computed(string yaml)
    {
        Assert.NotEmpty(All(SyntheticStudy.Run(_folder.At("partial"), yaml, cell => cell.Index % 5 != 1)));
        string[] first = [.. All(SyntheticStudy.Run(_folder.At("first"), yaml, seconds: 1)).Select(figure => figure.Specification.ToJsonString())];
        Assert.Equal(first, All(SyntheticStudy.Run(_folder.At("second"), yaml, seconds: 99)).Select(figure => figure.Specification.ToJsonString()));
    }

    [Fact]
    public void Steps_on_two_layers_stand_against_width_and_dimension_beside_their_limit()
    {
        StudyResults results = Run(SyntheticMeasurement.TwoLayer);
        foreach ((string name, string series, string abscissa) in new[] { ("against-width", "d = ", "width"), ("against-dimension", "m = ", "dimension") })
        {
            Figure figure = Named(results, name + "-activation-relu");
            Assert.Equal(["series", "x", "mean", "low", "high", "seeds"], figure.Table[0]);
            IReadOnlyList<string>[] measured = [.. figure.Table.Skip(1).Where(row => row[0].StartsWith(series, StringComparison.Ordinal))];
            Assert.Equal(6, measured.Length);
            Assert.All(measured, row =>
            {
                double own = SyntheticStudy.Number(row[0][4..]);
                double x = SyntheticStudy.Number(row[1]);
                Assert.Equal(abscissa == "width" ? SyntheticMeasurement.ScaledStep(own, x) : SyntheticMeasurement.ScaledStep(x, own), SyntheticStudy.Number(row[2]), 1e-12);
                Assert.Equal("3", row[5]);
            });

            // √(2/π); of tanh 0.7354 by another quadrature.
            Assert.Equal(["limit 0.798", "limit 0.798"], figure.Table.Skip(7).Select(row => row[0]));
            Assert.All(figure.Table.Skip(7), row => Assert.Equal(Math.Sqrt(2 / Math.PI), SyntheticStudy.Number(row[2]), 1e-12));
            Assert.All(Named(results, name + "-activation-tanh").Table.Skip(7), row => Assert.Equal("limit 0.735", row[0]));
        }

        // Of 36 ensembles of 20, two networks of each of the 12 with d = 25 do not flip.
        Assert.Contains("The step flips 696 of 720 networks.", StudyFigures.Of(results)[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_overshoot_of_relu_stands_beside_its_prediction_at_the_networks_own_margins()
    {
        StudyResults results = Run(SyntheticMeasurement.TwoLayer);
        Figure relu = Named(results, "overshoot-activation-relu");
        Assert.Equal("predicted", relu.Table[0][^1]);
        Assert.All(relu.Table.Skip(1), row =>
        {
            double dimension = SyntheticStudy.Number(row[1]);
            Assert.Equal(1 + (1 / Math.Sqrt(dimension)), SyntheticStudy.Number(row[2]), 1e-12);
            Assert.Equal(SyntheticMeasurement.Margins.Average(margin => MeanField.Overshoot((int)dimension, margin)), SyntheticStudy.Number(row[^1]), 1e-12);
        });
        Assert.DoesNotContain("predicted", Named(results, "overshoot-activation-tanh").Table[0]);
        Assert.DoesNotContain("prediction", Named(results, "overshoot-activation-tanh").Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Shares_are_shown_where_a_network_does_not_flip()
    {
        Figure figure = Named(Run(SyntheticMeasurement.TwoLayer), "flipped-share-activation-relu");
        Assert.All(figure.Table.Skip(1), row => Assert.Equal(row[1] == "25" ? 0.9 : 1, SyntheticStudy.Number(row[2]), 1e-12));
        Assert.DoesNotContain(All(Run(SyntheticMeasurement.TwoLayer.Replace("25, ", string.Empty, StringComparison.Ordinal))), other => other.Name.StartsWith("flipped-share", StringComparison.Ordinal));
    }

    [Fact]
    public void Deep_networks_stand_against_depth_and_dimension_for_every_profile()
    {
        StudyResults results = Run(SyntheticMeasurement.Deep);
        foreach (string profile in new[] { "constant", "bottleneck" })
        {
            Figure byDepth = Named(results, "against-depth-profile-" + profile);
            Assert.Equal($"The size of the flip against the depth, {profile} widths", byDepth.Title);
            Assert.Equal(["d = 25", "d = 100"], byDepth.Table.Skip(1).Select(row => row[0]).Distinct());
            Assert.All(byDepth.Table.Skip(1), row => Assert.Equal(.95 * (1 + (1 / SyntheticStudy.Number(row[0][4..]))), SyntheticStudy.Number(row[2]), 1e-12));
            Assert.Equal(["L = 1", "L = 2", "L = 8"], Named(results, "against-dimension-profile-" + profile).Table.Skip(1).Select(row => row[0]).Distinct());
            Assert.All(Named(results, "flipped-share-profile-" + profile).Table.Skip(1), row => Assert.Equal(SyntheticMeasurement.DeepShare((int)SyntheticStudy.Number(row[1])), SyntheticStudy.Number(row[2])));
        }
    }

    [Fact]
    public void Cosines_are_those_of_the_deepest_network_of_each_profile_layer_by_layer()
    {
        Figure figure = Named(Run(SyntheticMeasurement.Deep), "cosines");
        Assert.Equal(["constant widths", "bottleneck widths"], figure.Table.Skip(1).Select(row => row[0]).Distinct());
        Assert.Equal(2 * 9, figure.Table.Count - 1);
        Assert.All(figure.Table.Skip(1), row =>
        {
            double cosine = .95 * SyntheticMeasurement.Cosine((int)SyntheticStudy.Number(row[1]));
            Assert.Equal(cosine, SyntheticStudy.Number(row[2]), 1e-12);
            Assert.Equal(1.1 * cosine, SyntheticStudy.Number(row[^1]), 1e-12);
        });
        Assert.Contains("L = 8 at d = 100", figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void The_flow_stands_beside_the_single_step()
    {
        StudyResults results = Run(SyntheticMeasurement.Flow);
        IReadOnlyList<string>[] lengths = [.. Named(results, "flow-length-depth-2").Table.Skip(1)];
        Assert.Equal([("flow in small steps", 1.1), ("exact flow", 1.0), ("one exact step", 1.5)], lengths.Select(row => (row[0], Math.Round(SyntheticStudy.Number(row[2]), 9))).Distinct());
        Assert.Equal(["100", "200", "800"], lengths.Select(row => row[1]).Distinct());
        Assert.All(
            Named(results, "flow-steps-depth-2").Table.Skip(1),
            row => Assert.Equal(row[0] == "exact flow" ? 2 * Math.Sqrt(SyntheticStudy.Number(row[1])) : 50, SyntheticStudy.Number(row[2]), 1e-9));
        Assert.All(
            Named(results, "flipped-share-depth-1").Table.Skip(1),
            row => Assert.Equal(row[0] == "one exact step" && row[1] == "100" ? 0.5 : 1, SyntheticStudy.Number(row[2])));
    }

    [Fact]
    public void Networks_stand_beside_the_kernel_and_differences_have_slopes()
    {
        StudyResults results = Run(SyntheticMeasurement.Limit);
        Figure size = Named(results, "limit-size");
        Assert.Equal(3, size.Table.Count(row => row[0] == "kernel, infinite width" && SyntheticStudy.Number(row[2]) == SyntheticMeasurement.KernelStep));
        Assert.All(size.Table.Skip(1).Where(row => row[0] != "kernel, infinite width"), row => Assert.Equal(
            SyntheticMeasurement.KernelStep * (1 + SyntheticMeasurement.Difference(SyntheticStudy.Number(row[1]), row[0] == "antisymmetric")), SyntheticStudy.Number(row[2]), 1e-12));

        Assert.Equal(["standard: slope 0.00 ± 0.00", "antisymmetric: slope −0.50 ± 0.00"], Legend(Named(results, "limit-difference")));
        Assert.Equal(["standard: slope 0.00 ± 0.00", "antisymmetric: slope −0.50 ± 0.00"], Legend(Named(results, "score-difference")));
        Assert.Equal(["standard: slope 0.00 ± 0.00", "antisymmetric: slope −0.25 ± 0.00"], Legend(Named(results, "gradient-difference")));

        // The line of the expected slope goes through the curve that converges.
        IReadOnlyList<string>[] line = [.. Named(results, "limit-difference").Table.Where(row => row[0] == "slope −1/2")];
        Assert.All(line, row => Assert.Equal(5 / Math.Sqrt(SyntheticStudy.Number(row[1])), SyntheticStudy.Number(row[2]), 1e-9));
    }

    [Fact]
    public void What_a_theorem_asks_for_stands_beside_what_descent_took()
    {
        Figure figure = Named(Run(SyntheticMeasurement.Limit), "measured-c0");
        Assert.Equal(["series", "x", "mean", "low", "high", "seeds", "steps", "trainLoss", "marginAtLeast", "askedWidth", "askedC0", "askedSteps"], figure.Table[0]);
        Assert.All(figure.Table.Skip(1), row => Assert.All(
            new (int Column, double Value)[] { (2, 12), (6, 160), (7, .11), (8, .1), (9, 2e14), (10, 12345), (11, 234567) },
            expected => Assert.Equal(1, SyntheticStudy.Number(row[expected.Column]) / expected.Value, 1e-12)));
        Assert.Contains("a training loss of 0.11 in 160 steps", figure.Caption, StringComparison.Ordinal);
        Assert.Contains($"a width of 2.0·10¹⁴ and {NumberText.Count(230000)} steps, and allows C₀ = {NumberText.Count(12000)}", figure.Caption, StringComparison.Ordinal);
    }

    [Fact]
    public void Predictors_have_a_curve_each_and_no_regularization_of_zero()
    {
        StudyResults results = Run(SyntheticMeasurement.Kernel);
        Figure figure = Named(results, "kernel-size");
        Assert.Equal(["ridge, L = 1", "ridge, L = 3", "descent, L = 1", "descent, L = 3"], Legend(figure));
        Assert.Equal(["0.001", "0.1"], figure.Table.Skip(1).Select(row => row[1]).Distinct());
        Assert.All(figure.Table.Skip(1), row => Assert.Equal((0.3 + SyntheticStudy.Number(row[1])) * SyntheticStudy.Number(row[0][^1..]), SyntheticStudy.Number(row[2]), 1e-12));
        Assert.Contains("λ = 0", StudyFigures.Of(results)[0].Text, StringComparison.Ordinal);
        Assert.NotNull(Named(results, "kernel-accuracy"));
    }

    [Fact]
    public void Initializations_are_compared_by_medians_and_only_the_random_function_is_predicted()
    {
        StudyResults results = Run(SyntheticStudy.Initialization);
        Figure figure = Named(results, "median-perturbation-width-10000");
        Assert.Equal("How small a step flips the label, m\u00a0=\u00a010000", figure.Title);
        Assert.Equal(["standard", "antisymmetric"], figure.Table.Skip(1).Select(row => row[0]).Distinct());
        Assert.Equal(["standard", "antisymmetric"], Legend(figure).Select(label => label[..label.IndexOf(':', StringComparison.Ordinal)]));
        Assert.All(figure.Table.Skip(1), row => Assert.Equal(row[0] == "standard", row[^1].Length > 0));
        CellResult first = results.Cells.First(cell => cell.Parameters is { Width: 10000, Side: 7, Seed: 1 });
        Assert.Equal(first.Result.RelativePerturbationNorm.Median!.Value, SyntheticStudy.Number(figure.Table[1][2]), 1e-9);
    }

    private StudyResults Run(string yaml) => SyntheticStudy.Run(_folder.At($"{yaml.Length}-{yaml[7..10]}"), yaml);

    private static Figure[] All(StudyResults results) => [.. StudyFigures.Of(results).SelectMany(set => set.Figures)];

    private static Figure Named(StudyResults results, string name) => All(results).Single(figure => figure.Name == name);

    private static string[] Legend(Figure figure) =>
        [.. ((JsonArray)((JsonArray)figure.Specification["layer"]!)[^1]!["encoding"]!["shape"]!["scale"]!["domain"]!).Select(label => (string)label!)];
}
