using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace OneStep.Reports;

/// <summary>
/// A piece of HTML. <see cref="Of"/> escapes every value put into it, so that markup can only come from the program's own
/// literals: what a file or a command line says is always text.
/// </summary>
/// <param name="Markup">The HTML.</param>
internal readonly record struct Html(string Markup)
{
    /// <summary>Nothing.</summary>
    public static Html Empty { get; } = new(string.Empty);

    /// <summary>Joins literal markup and escaped values.</summary>
    public static Html Of(HtmlInterpolation content) => new(content.ToMarkup());

    /// <inheritdoc/>
    public override string ToString() => Markup;
}

/// <summary>Builds an <see cref="Html"/> from an interpolated string: literals as they are, values escaped.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlInterpolation
{
    private readonly StringBuilder _markup;

    /// <summary>Called by the compiler.</summary>
    public HtmlInterpolation(int literalLength, int formattedCount) =>
        _markup = new(literalLength + (16 * formattedCount));

    /// <summary>Called by the compiler for literal markup.</summary>
    public void AppendLiteral(string literal) => _markup.Append(literal);

    /// <summary>Puts in HTML that is escaped already.</summary>
    public void AppendFormatted(Html html) => _markup.Append(html.Markup);

    /// <summary>Puts in pieces of HTML that are escaped already.</summary>
    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (Html piece in pieces)
        {
            _markup.Append(piece.Markup);
        }
    }

    /// <summary>Puts in text.</summary>
    public void AppendFormatted(string? text) => _markup.Append(WebUtility.HtmlEncode(text));

    /// <summary>Puts in a number, exactly: attributes and script data are read by machines.</summary>
    public void AppendFormatted<T>(T number)
        where T : struct, IFormattable => _markup.Append(WebUtility.HtmlEncode(number.ToString(null, CultureInfo.InvariantCulture)));

    /// <summary>The HTML.</summary>
    internal string ToMarkup() => _markup.ToString();
}
