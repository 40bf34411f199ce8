using System.Text;
using OneStep.Cli;

namespace OneStep.Tests.Cli;

public class TextStreamTests
{
    [Fact]
    public void Characters_may_be_cut_anywhere()
    {
        const string text = "a, ε ≤ 0.1, 𝛿\n";
        using var writer = new StringWriter();
        using (var stream = new TextStream(writer))
        {
            foreach (byte one in Encoding.UTF8.GetBytes(text))
            {
                stream.Write([one], 0, 1);
            }
        }

        Assert.Equal(text, writer.ToString());
    }
}
