using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OneStep.Claims;
using OneStep.Studies;

namespace OneStep.Reproduction;

/// <summary>A reproduction as a JSON document. The names are a contract; claims are as <see cref="ClaimsJson"/> writes them.</summary>
public static class ReproductionJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What was measured and what follows, without times: the same numbers give the same document.</summary>
    public static string Format(ReproductionResult result) => Document(result, _ => { });

    /// <summary>The same with what it cost.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="estimate">What was expected before it began.</param>
    /// <param name="seconds">The wall time of this run.</param>
    public static string Format(ReproductionResult result, ReproductionEstimate estimate, double seconds)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return Document(result, json =>
        {
            json.WriteStartObject("estimate");
            json.WriteNumber("cells", estimate.Cells);
            json.WriteNumber("finished", estimate.Finished);
            json.WriteNumber("seconds", estimate.Seconds);
            json.WriteNumber("memoryBytes", estimate.MemoryBytes);
            json.WriteEndObject();
            json.WriteNumber("seconds", seconds);
        });
    }

    private static string Document(ReproductionResult result, Action<Utf8JsonWriter> writeCost)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            json.WriteString("profile", result.Plan.Profile.Name.ToString().ToLowerInvariant());
            json.WriteNumber("seed", result.Plan.Seed);
            json.WriteString("datasetFingerprint", result.Plan.DatasetFingerprint);
            json.WritePropertyName("claims");
            ClaimsJson.Write(json, result.Claims);
            json.WriteStartArray("studies");
            foreach (ReproducedStudy study in result.Studies)
            {
                json.WriteStartObject();
                json.WriteString("study", study.Study.Study);
                json.WriteNumber("cells", study.Results.Plan.Cells.Count);
                json.WriteNumber("finished", study.Results.Cells.Count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("failed");
            foreach (CellFailure failure in result.Failures)
            {
                json.WriteStartObject();
                json.WriteString("key", failure.Cell.Key);
                json.WriteString("cell", failure.Cell.Label);
                json.WriteString("error", failure.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            writeCost(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }
}
