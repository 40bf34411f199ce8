using System.Text;
using OneStep.Formats;

namespace OneStep.Tests.Formats;

public class CsvTextTests
{
    [Fact]
    public void Only_fields_that_need_them_have_quotation_marks()
    {
        var text = new StringBuilder();
        CsvText.AppendLine(text, ["plain", "", "0,1", "say \"so\"", "two\nlines"]);
        Assert.Equal("plain,,\"0,1\",\"say \"\"so\"\"\",\"two\nlines\"\n", text.ToString());
    }
}
