using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OneStep.Cli.Parsing;
using OneStep.Cli.Verbs;
using OneStep.Studies;
using OneStep.Studies.Slurm;

namespace OneStep.Cli.Rendering;

/// <summary>What the verbs below <c>study</c> answer with <c>--json</c>.</summary>
internal static class StudyJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The studies that there are.</summary>
    public static string Of(IReadOnlyList<StudyDefinition> studies) => Document(json =>
    {
        json.WriteStartArray("studies");
        foreach (StudyDefinition study in studies)
        {
            json.WriteStartObject();
            json.WriteString("name", study.Name);
            json.WriteString("title", study.Title);
            json.WriteString("description", study.Description);
            json.WriteString("experiment", study.Kind.Name);
            json.WriteNumber("cells", (long)study.CellCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    /// <summary>What a run did.</summary>
    public static string Of(StudyRequest request, StudyOutcome outcome) => Document(json =>
    {
        WriteStudy(json, request);
        json.WriteNumber("cells", outcome.Total);
        json.WriteNumber("finished", outcome.Finished);
        json.WriteNumber("computed", outcome.Computed);
        WriteFailures(json, request, outcome.Failures);
        WriteTexts(json, "warnings", outcome.Warnings);
    });

    /// <summary>Which cells there are.</summary>
    public static string Of(StudyRequest request, StudyInventory inventory, SlurmStatus? cluster) => Document(json =>
    {
        WriteStudy(json, request);
        json.WriteNumber("cells", request.Plan.Cells.Count);
        json.WriteNumber("finished", inventory.Finished.Count);
        if (cluster is not null)
        {
            json.WriteStartObject("cluster");
            foreach (SlurmCellState state in Enum.GetValues<SlurmCellState>())
            {
                json.WriteNumber(Options.Word(state), cluster.Count(state));
            }

            json.WriteEndObject();
        }

        json.WriteStartArray("missing");
        foreach (StudyCell cell in inventory.Missing.Except(inventory.Failed.Select(failure => failure.Cell)))
        {
            WriteCell(json, request.Plan, cell, message: null);
        }

        json.WriteEndArray();
        WriteFailures(json, request, inventory.Failed);
        WriteTexts(json, "damaged", inventory.Damaged);
    });

    /// <summary>What a report was made of, and its files.</summary>
    public static string Of(StudyRequest request, StudyResults results, string page, IReadOnlyList<string> files) => Document(json =>
    {
        WriteStudy(json, request);
        json.WriteNumber("cells", request.Plan.Cells.Count);
        json.WriteNumber("finished", results.Cells.Count);
        json.WriteString("report", page);
        WriteTexts(json, "files", files);
        WriteTexts(json, "damaged", results.Damaged);
    });

    /// <summary>What was submitted, or with <c>--dry-run</c> would be.</summary>
    public static string Of(StudyRequest request, SlurmSubmission submission, IReadOnlyList<string> jobs) => Document(json =>
    {
        WriteStudy(json, request);
        json.WriteNumber("cells", submission.Scripts.Sum(script => script.Tasks.Sum(task => task.Keys.Count)));
        json.WriteStartArray("arrays");
        for (int i = 0; i < submission.Scripts.Count; i++)
        {
            json.WriteStartObject();
            json.WriteString("job", jobs.ElementAtOrDefault(i));
            json.WriteNumber("tasks", submission.Scripts[i].Tasks.Count);
            json.WriteString("script", submission.Scripts[i].Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static void WriteStudy(Utf8JsonWriter json, StudyRequest request)
    {
        json.WriteString("study", request.Plan.Definition.Name);
        json.WriteString("store", request.Store.Folder);
        json.WriteString("datasetFingerprint", request.Plan.DatasetFingerprint);
    }

    private static void WriteFailures(Utf8JsonWriter json, StudyRequest request, IReadOnlyList<CellFailure> failures)
    {
        json.WriteStartArray("failed");
        foreach (CellFailure failure in failures)
        {
            WriteCell(json, request.Plan, failure.Cell, failure.Message);
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static void WriteCell(Utf8JsonWriter json, StudyPlan plan, StudyCell cell, string? message)
    {
        json.WriteStartObject();
        json.WriteString("key", cell.Key);
        json.WriteStartObject("values");
        foreach ((string column, string value) in plan.Columns.Zip(cell.Values))
        {
            json.WriteString(column, value);
        }

        json.WriteEndObject();
        if (message is not null)
        {
            json.WriteString("error", message);
        }

        json.WriteEndObject();
    }

    private static string Document(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }
}
