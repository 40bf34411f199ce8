using OneStep.Studies;

namespace OneStep.Tests.Studies;

public class StudyFileTests
{
    private const string Title = "title: T\n";

    [Fact]
    public void A_study_is_read_in_the_order_in_which_it_was_written()
    {
        StudyDefinition study = StudyFile.Parse(
            """
            title: What is studied
            description: >
              More
              about it.
            parameters:
              width: 64
              digits: "0+2,1+3"
            axes:
              side: [7, 5]
              c0:
                - 10
                - 1
            seeds: [7, 18446744073709551615]
            """,
            "study",
            "study.yaml");

        Assert.Equal(("study", "What is studied", "More about it."), (study.Name, study.Title, study.Description));
        Assert.Equal(
            [new("width", new("64", "study.yaml:6")), new("digits", new("0+2,1+3", "study.yaml:7"))],
            study.Settings);
        Assert.Equal(["side", "c0"], study.Axes.Select(a => a.Parameter));
        Assert.Equal([new("7", "study.yaml:9"), new("5", "study.yaml:9")], study.Axes[0].Values);
        Assert.Equal([new("10", "study.yaml:11"), new("1", "study.yaml:12")], study.Axes[1].Values);
        Assert.Equal([7UL, ulong.MaxValue], study.Seeds);
        Assert.Equal(8, study.CellCount);
    }

    [Fact]
    public void Seeds_may_be_counted_or_left_out()
    {
        Assert.Equal([0UL, 1UL, 2UL], StudyFile.Parse(Title + "seeds: 3", "x", "x").Seeds);
        Assert.Equal([0UL], StudyFile.Parse(Title, "x", "x").Seeds);
    }

    [Theory]
    [InlineData("", "x.yaml:1: a study has the keys title, description, experiment, parameters, axes and seeds.")]
    [InlineData("- a", "x.yaml:1: a study has the keys title, description, experiment, parameters, axes and seeds.")]
    [InlineData("axes: {side: [5]}", "x.yaml:1: the key 'title' is missing.")]
    [InlineData(Title + "axis: {side: [5]}", "x.yaml:2: there is no key 'axis'; the keys are title, description, experiment, parameters, axes and seeds.")]
    [InlineData(Title + "axes:\n  side: [5]\n  colour: [1]", "x.yaml:4: there is no parameter 'colour'; the parameters are digits, side")]
    [InlineData(Title + "axes:\n  side: []", "x.yaml:3: axis 'side' is empty; it must have at least one value.")]
    [InlineData(Title + "axes:\n  side: [5]\n  side: [7]", "x.yaml:4: the axis 'side' stands twice.")]
    [InlineData(Title + "parameters: {side: 5}\naxes: {side: [7]}", "x.yaml:3: 'side' is an axis and a fixed parameter; it must be one of them.")]
    [InlineData(Title + "parameters: {side: 5, side: 7}", "x.yaml:2: the parameter 'side' stands twice.")]
    [InlineData(Title + "title: U", "x.yaml:2: the key 'title' stands twice.")]
    [InlineData(Title + "axes: {side: 5}", "x.yaml:2: axis 'side' must be a list, as in [1, 2, 5].")]
    [InlineData(Title + "axes: {side: [5, 5]}", "x.yaml:2: axis 'side' has the value 5 twice.")]
    [InlineData(Title + "axes: {side: [[5]]}", "x.yaml:2: axis 'side' must be one value here.")]
    [InlineData(Title + "axes: [side]", "x.yaml:2: 'axes' must have parameters and their values below it.")]
    [InlineData(Title + "parameters: {side: [5]}", "x.yaml:2: parameter 'side' must be one value here.")]
    [InlineData(Title + "axes: {seed: [5]}", "x.yaml:2: the parameter 'seed' is given by the key 'seeds'.")]
    [InlineData(Title + "parameters: {c0: 5, deviation: 1}", "x.yaml:2: 'deviation' and 'c0' both give the radius of the ball; only one of them may stand here.")]
    [InlineData(Title + "parameters: {c0: 5}\naxes: {deviation: [1]}", "x.yaml:3: 'deviation' and 'c0' both give the radius")]
    [InlineData(Title + "seeds: 0", "x.yaml:2: 'seeds' is 0; it must be a list of seeds or their number, from 1 to 10000.")]
    [InlineData(Title + "seeds: []", "x.yaml:2: 'seeds' is empty; it must have at least one value.")]
    [InlineData(Title + "seeds: [1, -1]", "x.yaml:2: 'seeds' has the value -1; it must be an integer from 0 to 18446744073709551615.")]
    [InlineData(Title + "seeds: [1, 01]", "x.yaml:2: 'seeds' has the value 1 twice.")]
    [InlineData("title: [T]", "x.yaml:1: 'title' must be one value here.")]
    [InlineData("title: ''", "x.yaml:1: 'title' must be one line of text.")]
    [InlineData(Title + "axes: &a {side: [5]}", "x.yaml:2: a study has no anchors, aliases or tags.")]
    [InlineData(Title + "axes: !set {side: [5]}", "x.yaml:2: a study has no anchors, aliases or tags.")]
    [InlineData(Title + "axes: {[a]: [5]}", "x.yaml:2: a key must be a word.")]
    [InlineData(Title + "axes: {side: [[[[[[5]]]]]]}", "x.yaml:2: this is nested deeper than anything in a study.")]
    [InlineData(Title + "---\n" + Title, "a second one begins.")]
    [InlineData(Title + "axes: {side: [5", ": this is not YAML: ")]
    public void What_is_wrong_is_said_in_one_sentence_with_file_line_and_key(string yaml, string sentence)
    {
        StudyFormatException exception = Assert.Throws<StudyFormatException>(() => StudyFile.Parse(yaml, "x", "x.yaml"));

        Sentences.AssertOneSentence(exception.Message);
        Assert.Contains(sentence, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_gives_the_study_its_name()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Put("mine.yaml", "title: Mine\n"u8.ToArray());

        Assert.Equal(("mine", path), (StudyFile.Read(path).Name, StudyFile.Read(path).Location));
    }

    [Theory]
    [InlineData(".yaml")]
    [InlineData("...yaml")]
    public void No_name_is_that_of_another_folder(string file)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(file, StudyFile.Read(folder.Put(file, "title: Mine\n"u8.ToArray())).Name);
    }

    [Fact]
    public void A_file_that_is_no_text_is_named()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Put("mine.yaml", [(byte)'a', 0xff, 0xfe]);

        Assert.Equal($"{path}: this is not a text in UTF-8.", Assert.Throws<StudyFormatException>(() => StudyFile.Read(path)).Message);
    }

    [Fact]
    public void A_file_that_is_far_too_large_is_named()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Put("mine.yaml", new byte[2_000_000]);

        Assert.StartsWith($"{path}: a study has at most", Assert.Throws<StudyFormatException>(() => StudyFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_one_sentence()
    {
        using var folder = new TemporaryFolder();
        Sentences.AssertFails(() => StudyFile.Read(folder.At("none.yaml")), "none.yaml", "does not exist");
    }
}
