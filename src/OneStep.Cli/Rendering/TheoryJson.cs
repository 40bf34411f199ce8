using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OneStep.Theory;

namespace OneStep.Cli.Rendering;

/// <summary>What <c>theory --json</c> answers.</summary>
internal static class TheoryJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The document.</summary>
    public static string Of(TheoryForecast forecast)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteStartObject();
            WriteParameters(json, forecast.Parameters);
            json.WriteStartObject("meanField");
            WriteBand(json, "margin", forecast.Margin);
            WriteBand(json, "gradientNorm", forecast.GradientNorm);
            WriteBand(json, "stepSize", forecast.StepSize);
            WriteBand(json, "perturbationNorm", forecast.PerturbationNorm);
            json.WriteEndObject();
            json.WriteStartObject("certificates");
            WriteBand(json, "alongGradient", forecast.AlongGradient, forecast.LargestC0AlongGradient);
            WriteBand(json, "alongOutputWeights", forecast.AlongOutputWeights, forecast.LargestC0AlongOutputWeights);
            WriteBand(json, "ownStep", forecast.OwnStep);
            json.WriteEndObject();
            WriteWindow(json, forecast);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    private static void WriteParameters(Utf8JsonWriter json, TheoryParameters parameters)
    {
        json.WriteStartObject("parameters");
        json.WriteNumber("dimension", parameters.InputDimension);
        json.WriteNumber("width", parameters.Width);
        json.WriteNumber("c0", parameters.C0);
        json.WriteNumber("gamma", parameters.FailureProbability);
        json.WriteNumber("radius", parameters.Radius);
        json.WriteEndObject();
    }

    private static void WriteBand(Utf8JsonWriter json, string name, PredictionBand band, double? largestC0 = null)
    {
        json.WriteStartObject(name);
        WriteNumber(json, "mean", band.Mean);
        WriteNumber(json, "low", band.Low);
        WriteNumber(json, "median", band.Median);
        WriteNumber(json, "high", band.High);
        json.WriteNumber("share", band.Share);
        if (largestC0 is double c0)
        {
            json.WriteNumber("largestC0", c0);
        }

        json.WriteEndObject();
    }

    private static void WriteWindow(Utf8JsonWriter json, TheoryForecast forecast)
    {
        json.WriteStartObject("window");
        json.WriteNumber("smallestWidth", forecast.Window.SmallestWidth);
        json.WriteNumber("largestWidth", forecast.Window.LargestWidth);
        json.WriteBoolean("isEmpty", forecast.Window.IsEmpty);
        json.WriteBoolean("containsWidth", forecast.Window.Contains(forecast.Parameters.Width));
        json.WriteNumber("smallestDimension", forecast.SmallestDimension);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
