using OneStep.Reports;

namespace OneStep.Tests.Reports;

public sealed class HtmlTests
{
    [Fact]
    public void Values_are_text_and_never_markup()
    {
        const string Hostile = "</p><script>alert('1 & 2')</script>\"";
        Assert.Equal(
            "<p title=\"&lt;/p&gt;&lt;script&gt;alert(&#39;1 &amp; 2&#39;)&lt;/script&gt;&quot;\">",
            Html.Of($"""<p title="{Hostile}">""").Markup);
    }

    [Fact]
    public void Pieces_of_markup_stay_markup()
    {
        Html[] items = [Html.Of($"<li>{"a<b"}</li>"), Html.Of($"<li>{1.5}</li>")];
        Assert.Equal("<ul><li>a&lt;b</li><li>1.5</li></ul>", Html.Of($"<ul>{items}</ul>").Markup);
    }

    [Fact]
    public void Numbers_keep_all_their_digits() => Assert.Equal("0.1234567890123456", Html.Of($"{0.1234567890123456}").Markup);

    [Fact]
    public void No_text_is_nothing() => Assert.Equal("[]", Html.Of($"[{(string?)null}]").Markup);
}
