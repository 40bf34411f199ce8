using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OneStep.Experiments;

namespace OneStep.Claims;

/// <summary>
/// Judged claims as a JSON document. The names are a contract; statistics of nothing are null, as is every number that is not
/// finite, and an interval is a list of its two ends.
/// </summary>
public static class ClaimsJson
{
    // The relaxed encoder keeps "‖δ‖" readable; the document is never pasted into a web page as it is.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document <c>{"claims": […]}</c> as indented text without a final line break.</summary>
    public static string Format(IEnumerable<Claim> claims)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WritePropertyName("claims");
            Write(json, claims);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Writes the claims as one JSON array.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(claims);
        json.WriteStartArray();
        foreach (Claim claim in claims)
        {
            Write(json, claim);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Claim claim)
    {
        json.WriteStartObject();
        json.WriteString("id", claim.Id);
        json.WriteString("group", JsonNamingPolicy.KebabCaseLower.ConvertName(claim.Group.ToString()));
        json.WriteString("statement", claim.Statement);
        json.WriteNumber("expected", claim.Expected);
        json.WriteString("expectedText", claim.ExpectedText);
        ExperimentJson.WriteNumber(json, "measured", claim.Measured);
        if (claim.Interval is { } interval && double.IsFinite(interval.Low) && double.IsFinite(interval.High))
        {
            json.WriteStartArray("interval");
            json.WriteNumberValue(interval.Low);
            json.WriteNumberValue(interval.High);
            json.WriteEndArray();
        }
        else
        {
            json.WriteNull("interval");
        }

        json.WriteString("intervalKind", claim.IntervalKind is { } kind ? JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()) : null);
        json.WriteString("verdict", claim.Verdict.Name());
        json.WriteString("rule", claim.Rule);
        json.WriteString("basis", claim.Basis);
        json.WriteEndObject();
    }
}
