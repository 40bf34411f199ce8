using OneStep.Studies;

namespace OneStep.Tests.Studies;

public class StudyChangeTests
{
    private static readonly StudyDefinition Study = StudyScenes.Definition();

    [Theory]
    [InlineData("side=5,7,9", "side:5,7,9 c0:1,2", "width=16 epochs=1")]
    [InlineData("side=5", "side:5 c0:1,2", "width=16 epochs=1")]
    [InlineData("width=32", "side:4,6 c0:1,2", "epochs=1 width=32")]
    [InlineData("width=32, 64", "side:4,6 c0:1,2 width:32,64", "epochs=1")]
    [InlineData("batch=8", "side:4,6 c0:1,2", "width=16 epochs=1 batch=8")]
    [InlineData("digits=\"0,1\",\"3,5\"", "side:4,6 c0:1,2 digits:0,1,3,5", "width=16 epochs=1")]
    [InlineData("deviation=0.5,1", "side:4,6 deviation:0.5,1", "width=16 epochs=1")]
    public void Several_values_make_an_axis_and_one_fixes(string change, string axes, string settings)
    {
        StudyDefinition changed = StudyChange.Apply(Study, change);

        Assert.Equal(axes, string.Join(' ', changed.Axes.Select(a => $"{a.Parameter}:{string.Join(',', a.Values.Select(v => v.Text))}")));
        Assert.Equal(settings, string.Join(' ', changed.Settings.Select(s => $"{s.Parameter}={s.Value.Text}")));
        Assert.Equal(Study.Seeds, changed.Seeds);
    }

    [Theory]
    [InlineData("seeds=4", new ulong[] { 0, 1, 2, 3 })]
    [InlineData("seeds=4,9", new ulong[] { 4, 9 })]
    public void Seeds_are_counted_or_listed(string change, ulong[] seeds) => Assert.Equal(seeds, StudyChange.Apply(Study, change).Seeds);

    [Theory]
    [InlineData("side", "--set side: a change has the form NAME=VALUE,VALUE.")]
    [InlineData("=5", "--set =5: a change has the form NAME=VALUE,VALUE.")]
    [InlineData("", "--set '': a change has the form NAME=VALUE,VALUE.")]
    [InlineData("side=", "--set side=: 'side' is empty; it must have at least one value.")]
    [InlineData("side=5,5", "--set side=5,5: 'side' has the value 5 twice.")]
    [InlineData("side=]", "--set side=]: this is not YAML")]
    [InlineData("side=[5]", "--set side=[5]: 'side' must be one value here.")]
    [InlineData("colour=5", "--set colour=5: there is no parameter 'colour'")]
    [InlineData("seed=5", "--set seed=5: the parameter 'seed' is given by the key 'seeds'.")]
    [InlineData("seeds=x", "--set seeds=x: 'seeds' is x; it must be a list of seeds or their number, from 1 to 10000.")]
    public void What_is_wrong_is_said_in_one_sentence(string change, string sentence)
    {
        StudyFormatException exception = Assert.Throws<StudyFormatException>(() => StudyChange.Apply(Study, change));

        Sentences.AssertOneSentence(exception.Message);
        Assert.StartsWith(sentence, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_out_of_range_is_found_with_the_change_that_it_came_from() => Assert.Equal(
        "--set width=0: parameter 'width' has the value 0; it must be an integer from 1 to 10000000.",
        Assert.Throws<StudyFormatException>(() => StudyPlan.Of(StudyChange.Apply(Study, "width=0"), string.Empty)).Message);
}
