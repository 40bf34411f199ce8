using OneStep.Data;

namespace OneStep.Tests.Data;

public class ClassSplitTests
{
    [Fact]
    public void Two_groups_are_the_labels_minus_one_and_one()
    {
        var split = ClassSplit.Parse("2+0,1+3");
        Assert.Equal((true, 2, "0+2,1+3"), (split.IsBinary, split.Count, split.ToString()));
        Assert.Equal([-1, 1, -1, 1], Enumerable.Range(0, 4).Select(split.LabelOf));
        Assert.Equal(("0+2", "1+3"), (split.TextOf(-1), split.TextOf(1)));
        Assert.Equal(-1, split.GroupOf(4));
    }

    [Fact]
    public void Three_groups_or_more_are_the_labels_from_zero_on()
    {
        var split = ClassSplit.Parse("7,0+1,4");
        Assert.Equal((false, 3, "7,0+1,4"), (split.IsBinary, split.Count, split.ToString()));
        Assert.Equal([0, 1, 1, 2], new[] { 7, 0, 1, 4 }.Select(split.LabelOf));
        Assert.Equal("0+1", split.TextOf(1));
        Assert.Equal(split, ClassSplit.Parse("7,1+0,4"));
        Assert.NotEqual(split, ClassSplit.Parse("0+1,7,4"));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("0,")]
    [InlineData("0,1,1")]
    [InlineData("0,10")]
    [InlineData("0;1")]
    [InlineData("")]
    public void Anything_else_is_an_error_that_names_the_digits(string text) =>
        Assert.Equal("digits", Assert.Throws<InvalidParameterException>(() => ClassSplit.Parse(text)).Parameter);

    [Fact]
    public void A_task_of_three_classes_has_labels_from_zero_on_and_leaves_other_classes_out()
    {
        ImageSet images = new(1, 1, [1, 2, 3, 4, 5], [5, 0, 9, 1, 5]);
        ClassificationTask task = ClassificationTaskBuilder.Build(new ImageDataset(images, images, "f"), ClassSplit.Parse("0,1,5"), 1, antialias: false, normalize: false);
        Assert.Equal([2, 0, 1, 2], task.Train.Labels);
        Assert.Equal([5f / 255, 1f / 255], task.Train.Select([3, 0], label: 1).Inputs.Data.ToArray());
        Assert.Equal([1, 1], task.Train.Select([3, 0], label: 1).Labels);
    }
}
