using OneStep.Data;
using OneStep.Experiments;
using OneStep.Networks;
using OneStep.Training;

namespace OneStep.Tests.Experiments;

public class HiddenWidthsTests
{
    [Fact]
    public void What_is_written_is_read_back_in_its_order()
    {
        var widths = HiddenWidths.Parse("512,256,512");
        Assert.Equal([512, 256, 512], widths);
        Assert.Equal(widths, HiddenWidths.Parse(widths.ToString()));
        Assert.Equal(widths.GetHashCode(), HiddenWidths.Parse("512,256,512").GetHashCode());
        Assert.NotEqual(widths, HiddenWidths.Parse("512,512,256"));
        Assert.Equal(HiddenWidths.None, HiddenWidths.Parse(string.Empty));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100001")]
    [InlineData("-1")]
    [InlineData("1,,2")]
    [InlineData("1.5")]
    [InlineData("1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1")]
    public void Anything_else_is_an_error_that_names_the_option(string text) =>
        Assert.Equal("hidden", Assert.Throws<InvalidParameterException>(() => HiddenWidths.Parse(text)).Parameter);

    [Fact]
    public void A_deep_network_has_an_output_for_two_classes_and_one_a_class_for_more()
    {
        var parameters = new ExperimentParameters { Side = 4, Hidden = HiddenWidths.Parse("5,3"), Training = new() { Ball = BallMode.None } };
        Assert.Equal([16, 5, 3, 1], parameters.LayerWidths);
        Assert.Equal((16 * 5) + (5 * 3) + 3, parameters.WeightCount);
        Assert.Equal([16, 5, 3, 4], (parameters with { Digits = ClassSplit.Parse("0,1,2,3") }).LayerWidths);
        parameters.Validate();
    }

    [Fact]
    public void What_belongs_to_the_lazy_ball_is_refused_for_deep_networks_and_many_classes_without_one()
    {
        var deep = new ExperimentParameters { Hidden = HiddenWidths.Parse("5"), Training = new() { Ball = BallMode.None } };
        (string Name, ExperimentParameters Parameters)[] wrong =
        [
            ("width", deep with { Width = 10 }),
            ("c0", deep with { C0 = 3 }),
            ("ball", deep with { Training = new() }),
            ("initialization", deep with { Initialization = InitializationKind.Antisymmetric }),
            ("adversarial-budget", deep with { Adversarial = new() { Budget = 0.1 } }),
            ("digits", new() { Digits = ClassSplit.Parse("0,1,2") }),
        ];
        Assert.All(wrong, one => Assert.Equal(one.Name, Assert.Throws<InvalidParameterException>(one.Parameters.Validate).Parameter));
    }
}
