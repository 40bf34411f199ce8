using OneStep.Attacks;
using OneStep.Reports;

namespace OneStep.Tests.Reports;

public sealed class ExampleSelectionTests
{
    [Fact]
    public void Both_labels_show_their_smallest_median_and_largest()
    {
        AttackedExample[] rows = [.. Enumerable.Range(0, 10).Select(i => Flipped(i, label: i < 5 ? -1 : 1, size: 1 + (i * 3 % 5)))];
        Assert.Equal(
            [(-1, 1.0, "smallest"), (1, 1.0, "smallest"), (-1, 3.0, "median"), (1, 3.0, "median"), (-1, 5.0, "largest"), (1, 5.0, "largest")],
            ExampleSelection.Of(rows).Select(chosen => (chosen.Example.Label, chosen.Example.PerturbationNorm!.Value, chosen.Place)));
    }

    [Fact]
    public void One_label_alone_shows_six_quantiles() =>
        Assert.Equal(
            [0, 2, 4, 6, 8, 10],
            ExampleSelection.Of(Enumerable.Range(0, 11).Select(i => Flipped(i, label: 1, size: i + 1))).Select(chosen => chosen.Example.Index));

    [Fact]
    public void No_image_is_shown_twice() =>
        Assert.Single(ExampleSelection.Of([Flipped(0, 1, 1)]));

    [Fact]
    public void Images_that_were_not_flipped_are_not_shown() =>
        Assert.Empty(ExampleSelection.Of([Flipped(0, 1, 1) with { Status = ExampleStatus.Unverified }, Flipped(1, 1, 1) with { Status = ExampleStatus.NotFlipped }]));

    private static AttackedExample Flipped(int index, int label, double size) => new()
    {
        Index = index,
        Label = label,
        Status = ExampleStatus.Flipped,
        Score = label,
        InputNorm = 1,
        GradientNorm = 1,
        PerturbationNorm = size,
        AdversarialScore = -label * 1e-9,
    };
}
