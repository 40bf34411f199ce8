using OneStep.Studies;

namespace OneStep.Tests.Studies;

public class StudyWriterTests
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        StudyDefinition definition = StudyFile.Parse(
            "title: \"Back\\\\slash, \\\"quotes\\\" and: a colon # no comment\"\n"
            + "description: |\n  two\n  lines\tand a tab\n"
            + "parameters: {digits: \"3,5\", c0: 2.5}\n"
            + "axes: {side: [7, 10], width: [64, 128]}\n"
            + "seeds: [3, 1]\n",
            "odd",
            "odd.yaml");

        StudyDefinition read = StudyFile.Parse(StudyWriter.Text(definition), "odd", "again.yaml");

        Assert.Equal((definition.Title, definition.Description), (read.Title, read.Description));
        Assert.Equal(definition.Settings.Select(s => (s.Parameter, s.Value.Text)), read.Settings.Select(s => (s.Parameter, s.Value.Text)));
        Assert.Equal(
            definition.Axes.Select(a => (a.Parameter, string.Join(' ', a.Values.Select(v => v.Text)))),
            read.Axes.Select(a => (a.Parameter, string.Join(' ', a.Values.Select(v => v.Text)))));
        Assert.Equal(definition.Seeds, read.Seeds);
        Assert.Equal(StudyPlan.Of(definition, "x").Cells.Select(c => c.Key), StudyPlan.Of(read, "x").Cells.Select(c => c.Key));
    }

    [Theory]
    [InlineData("a\u2028b\u2029c\u0085d")]
    [InlineData("\uFEFFmark")]
    [InlineData("bell \u0007, ε ≤ 1, 𝛿")]
    [InlineData("  blanks  ")]
    public void Any_description_is_read_back(string text)
    {
        StudyDefinition definition = StudyScenes.Definition() with { Description = $"x{text}x" };
        Assert.Equal($"x{text}x", StudyFile.Parse(StudyWriter.Text(definition), "x", "x.yaml").Description);
    }
}
