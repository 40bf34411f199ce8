using System.Text.Json;
using OneStep.Certificates.Vulnerability;
using OneStep.Statistics;

namespace OneStep.Experiments.Certification;

/// <summary>
/// Certificates as a JSON document: what <c>certify --json</c> prints. The names are a contract; statistics of nothing are null, and
/// so is ‖δ‖ where no perturbation was found.
/// </summary>
public static class CertificationJson
{
    /// <summary>The document as indented text without a final line break.</summary>
    public static string Format(CertificationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return ExperimentJson.Format(json => Write(json, result));
    }

    /// <summary>The name of a kind.</summary>
    public static string Name(PerturbationKind kind) => JsonNamingPolicy.CamelCase.ConvertName(kind.ToString());

    private static void Write(Utf8JsonWriter json, CertificationResult result)
    {
        json.WriteStartObject();
        json.WritePropertyName("parameters");
        ExperimentJson.WriteParameters(json, result.Parameters, result.DatasetFingerprint);
        WriteNumbers(json, result, withInputs: true);
        json.WriteEndObject();
    }

    /// <summary>Writes what was measured, the seconds last, as members of an object.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="result">The numbers.</param>
    /// <param name="withInputs">Whether the single inputs are among them; else a table has them.</param>
    internal static void WriteNumbers(Utf8JsonWriter json, CertificationResult result, bool withInputs)
    {
        WriteNetwork(json, result);
        WriteCertified(json, result);
        WriteCone(json, "cone", result.Cone);
        WriteFound(json, result, withInputs);
    }

    /// <summary>Writes what became of the network.</summary>
    internal static void WriteNetwork(Utf8JsonWriter json, CertifiedNetworkResult result)
    {
        ExperimentJson.WriteTraining(json, result.Training);
        ExperimentJson.WriteNumber(json, "deviation", result.Deviation);
        ExperimentJson.WriteNumber(json, "cleanAccuracy", result.CleanAccuracy);
        json.WriteNumber("examined", result.Examined);
    }

    private static void WriteCertified(Utf8JsonWriter json, CertificationResult result)
    {
        json.WriteStartObject("certified");
        json.WriteNumber("count", result.Options.Count);
        json.WriteNumber("inputs", result.Inputs.Count);
        json.WriteString("radii", JsonNamingPolicy.CamelCase.ConvertName(result.Options.Radii.ToString()));
        ExperimentJson.WriteNumber(json, "c0", result.CertifiedC0);
        ExperimentJson.WriteNumber(json, "longestRelativeNorm", result.Options.LongestRelativeNorm);
        json.WriteBoolean("holdsTrained", result.IsInBall);
        json.WriteEndObject();
    }

    /// <summary>Writes where a network lies.</summary>
    internal static void WriteCone(Utf8JsonWriter json, string name, ConeFacts cone)
    {
        json.WriteStartObject(name);
        ExperimentJson.WriteNumber(json, "c0", cone.C0);
        ExperimentJson.WriteNumber(json, "scale", cone.Scale);
        json.WriteBoolean("attained", cone.IsAttained);
        json.WriteEndObject();
    }

    /// <summary>Writes what was found, the seconds last.</summary>
    internal static void WriteFound(Utf8JsonWriter json, CertifiedNetworkResult result, bool withInputs)
    {
        json.WriteStartObject("summary");
        foreach (SizeMeasurement size in result.Sizes)
        {
            WriteSize(json, size);
        }

        LowerBoundJson.WriteSummary(json, result);
        json.WriteEndObject();
        if (withInputs)
        {
            WriteInputs(json, result);
        }

        WriteViolations(json, result);
        WriteSeconds(json, result);
    }

    /// <summary>Writes the members of a summary.</summary>
    internal static void WriteSummary(Utf8JsonWriter json, Summary summary)
    {
        ExperimentJson.WriteNumber(json, "median", summary.Median);
        ExperimentJson.WriteNumber(json, "mean", summary.Mean);
        ExperimentJson.WriteNumber(json, "std", summary.Std);
        ExperimentJson.WriteNumber(json, "min", summary.Min);
        ExperimentJson.WriteNumber(json, "max", summary.Max);
    }

    private static void WriteSize(Utf8JsonWriter json, SizeMeasurement size)
    {
        json.WriteStartObject(Name(size.Kind));
        WriteSummary(json, size.Size);
        ExperimentJson.WriteNumber(json, "overOneStep", size.OverOneStep.Median);
        json.WriteNumber("found", size.Found);
        json.WriteNumber("flipped", size.Flipped);
        ExperimentJson.WriteNumber(json, "foundShare", size.FoundShare);
        ExperimentJson.WriteNumber(json, "flippedShare", size.FlippedShare);
        json.WriteStartObject("notFound");
        foreach ((CertificateOutcome reason, int count) in size.NotFound)
        {
            json.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()), count);
        }

        json.WriteEndObject();
        if (size.Prediction is not { } prediction)
        {
            json.WriteNull("prediction");
        }
        else
        {
            json.WriteStartObject("prediction");
            json.WriteNumber("inputs", prediction.Inputs);
            ExperimentJson.WriteNumber(json, "median", prediction.Median);
            ExperimentJson.WriteNumber(json, "ratio", prediction.Ratio.Median);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteInputs(Utf8JsonWriter json, CertifiedNetworkResult result)
    {
        json.WriteStartArray("inputs");
        foreach (CertifiedInput input in result.Inputs)
        {
            json.WriteStartObject();
            json.WriteNumber("index", input.Index);
            json.WriteNumber("label", input.Label);
            ExperimentJson.WriteNumber(json, "margin", input.Margin);
            ExperimentJson.WriteNumber(json, "initialMargin", input.InitialMargin);
            foreach (PerturbationKind kind in result.Sizes.Select(size => size.Kind))
            {
                ExperimentJson.WriteNumber(json, Name(kind), input[kind]);
            }

            LowerBoundJson.WriteInput(json, input, result);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteViolations(Utf8JsonWriter json, CertifiedNetworkResult result)
    {
        json.WriteStartArray("violations");
        foreach (CertificateViolation violation in result.Violations)
        {
            json.WriteStartObject();
            json.WriteString("kind", Name(violation.Kind));
            json.WriteNumber("index", violation.Index);
            ExperimentJson.WriteNumber(json, "score", violation.Score);
            json.WriteEndObject();
        }

        LowerBoundJson.WriteViolations(json, result);
        json.WriteEndArray();
    }

    private static void WriteSeconds(Utf8JsonWriter json, CertifiedNetworkResult result)
    {
        json.WriteStartObject("seconds");
        ExperimentJson.WriteNumber(json, "train", result.TrainSeconds);
        foreach (SizeMeasurement size in result.Sizes)
        {
            ExperimentJson.WriteNumber(json, Name(size.Kind), size.Seconds);
        }

        ExperimentJson.WriteNumber(json, "check", result.CheckSeconds);
        LowerBoundJson.WriteSeconds(json, result);
        json.WriteEndObject();
    }
}
